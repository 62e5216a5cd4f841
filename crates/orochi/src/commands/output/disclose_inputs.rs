//! What a disclosure takes besides native files, checked before anything is done.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use orochi_case::Case;
use orochi_layout::Library;
use orochi_model::problem::Problem;

/// The ledger says who is who: it must not lie in what is given away.
pub fn apart(ledger: &Path, out: &Path) -> Result<(), Problem> {
    let whole = |path: &Path| std::path::absolute(path).map_err(|error| Problem::io("find", path, &error));
    if whole(ledger)?.starts_with(whole(out)?) {
        return Err(Problem::user("the ledger would be inside the disclosure that it explains")
            .at(ledger.display())
            .hint("name a file elsewhere"));
    }
    Ok(())
}

/// The folder of own profiles, and the names of those that exhibits were read with and that are not shipped.
pub fn own_profiles(case: &Case, dir: Option<&Path>) -> Result<Option<(PathBuf, Vec<String>)>, Problem> {
    let named = |library: &Library| -> BTreeSet<String> {
        library.profiles().iter().map(|profile| format!("{} {}", profile.name, profile.version)).collect()
    };
    let shipped = named(&Library::open(None)?);
    let own = dir.map(|dir| Library::open(Some(dir))).transpose()?.map(|library| named(&library)).unwrap_or_default();
    let mut needed = Vec::new();
    for exhibit in case.exhibits()? {
        for profile in exhibit.profile.split(", ").filter(|profile| *profile != "proposed") {
            // A user's profile goes before a shipped one of the same name.
            if own.contains(profile) {
                needed.push(profile.to_owned());
            } else if !shipped.contains(profile) {
                return Err(Problem::user(format!("{} was read with the layout profile {profile}", exhibit.label))
                    .at(&exhibit.file)
                    .because("it is neither shipped with this version nor in the folder given")
                    .hint("name its folder with --profiles: without the profile nobody could take the file in again"));
            }
        }
    }
    Ok(dir.filter(|_| !needed.is_empty()).map(|dir| (dir.to_owned(), needed)))
}
