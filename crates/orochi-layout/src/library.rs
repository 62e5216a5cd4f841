//! The profiles at hand: those shipped with the program, and the user's own.

use std::path::Path;

use orochi_model::problem::Problem;

use crate::profile::Profile;

/// Every shipped profile; the files lie in `profiles/` at the root of the source.
const SHIPPED: &[(&str, &str)] = &[
    ("android-call-log", include_str!("../../../profiles/android-call-log.toml")),
    ("adm-telephony", include_str!("../../../profiles/adm-telephony.toml")),
    ("att-us", include_str!("../../../profiles/att-us.toml")),
    ("cell-list-telcell", include_str!("../../../profiles/cell-list-telcell.toml")),
    ("cellyzer-antennas", include_str!("../../../profiles/cellyzer-antennas.toml")),
    ("cellyzer-calls", include_str!("../../../profiles/cellyzer-calls.toml")),
    ("cellyzer-messages", include_str!("../../../profiles/cellyzer-messages.toml")),
    ("code-point-open", include_str!("../../../profiles/code-point-open.toml")),
    ("handset-history", include_str!("../../../profiles/handset-history.toml")),
    ("opencellid", include_str!("../../../profiles/opencellid.toml")),
    ("opencellid-headed", include_str!("../../../profiles/opencellid-headed.toml")),
    ("simulated-area", include_str!("../../../profiles/simulated-area.toml")),
    ("subscriber", include_str!("../../../profiles/subscriber.toml")),
    ("t-mobile-us", include_str!("../../../profiles/t-mobile-us.toml")),
    ("topup", include_str!("../../../profiles/topup.toml")),
    ("uk-call-data", include_str!("../../../profiles/uk-call-data.toml")),
    ("verizon-us", include_str!("../../../profiles/verizon-us.toml")),
];

/// The profiles at hand.
#[derive(Clone, Debug, Default)]
pub struct Library {
    profiles: Vec<Profile>,
}

impl Library {
    /// The shipped profiles, and those in `own` (TOML files) if given; a user's profile beats a
    /// shipped one of the same name.
    ///
    /// # Errors
    /// User kind when a profile cannot be read or contradicts itself: file, line, what was expected.
    pub fn open(own: Option<&Path>) -> Result<Self, Problem> {
        let mut profiles = Vec::new();
        if let Some(folder) = own {
            let entries = std::fs::read_dir(folder)
                .map_err(|error| Problem::io("read the folder of layout profiles", folder, &error))?;
            let mut paths = Vec::new();
            for entry in entries {
                let entry = entry.map_err(|error| Problem::io("read the folder of layout profiles", folder, &error))?;
                if entry.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
                    paths.push(entry.path());
                }
            }
            paths.sort();
            for path in paths {
                let profile = Profile::open(&path)?;
                if let Some(twin) = profiles.iter().find(|known: &&Profile| known.name == profile.name) {
                    return Err(Problem::user(format!("two layout profiles are named {}", twin.name))
                        .at(path.display())
                        .hint("give one of them another name"));
                }
                profiles.push(profile);
            }
        }
        for (name, text) in SHIPPED {
            let profile = Profile::read(text, name)?;
            if !profiles.iter().any(|own| own.name == profile.name) {
                profiles.push(profile);
            }
        }
        Ok(Self { profiles })
    }

    /// A library of the given profiles only.
    pub fn from_profiles(profiles: Vec<Profile>) -> Self {
        Self { profiles }
    }

    /// The profiles, the user's own first.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_file_is_shipped_under_its_own_name() {
        let library = Library::open(None).unwrap();
        let mut names: Vec<_> = library.profiles().iter().map(|profile| profile.name.clone()).collect();
        let shipped: Vec<_> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names, shipped, "a profile's name is its file's");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        names.sort();
        assert_eq!(files, names);
    }

    #[test]
    fn a_users_profile_beats_a_shipped_one_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let text = SHIPPED[0].1.replace("version = 1", "version = 7");
        std::fs::write(folder.path().join("mine.toml"), text).unwrap();
        let library = Library::open(Some(folder.path())).unwrap();
        assert_eq!(library.profiles()[0].version, 7);
        assert_eq!(library.profiles().len(), SHIPPED.len());
    }
}
