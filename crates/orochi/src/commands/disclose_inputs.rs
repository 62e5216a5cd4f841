//! What a disclosure takes besides native files, checked before anything is done.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use orochi_analysis::{attribution, lines, next, quantity, roles, succession, tenancy};
use orochi_case::Case;
use orochi_evidence::disclosure::{inputs::Inputs, replay::METHODS};
use orochi_layout::Library;
use orochi_model::problem::Problem;

use super::colocate::model;
use crate::settings_file;

/// The files a person names; layout profiles come with the case ([`own_profiles`]).
pub fn inputs(dir: Option<&Path>, fitted: Option<&Path>, anchors: Option<&Path>) -> Result<Inputs, Problem> {
    let mut settings = BTreeMap::new();
    if let Some(dir) = dir {
        let wrong = |error| Problem::io("read the folder of settings", dir, &error);
        for entry in std::fs::read_dir(dir).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            let Some(method) = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else { continue };
            if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
                continue;
            }
            check_settings(&method, &path)?;
            settings.insert(method, path);
        }
    }
    model(fitted)?;
    Ok(Inputs { settings, model: fitted.map(Path::to_owned), anchors: anchors.map(Path::to_owned), profiles: None })
}

/// Thresholds that a method refuses would stop the work late.
fn check_settings(method: &str, path: &Path) -> Result<(), Problem> {
    let file = Some(path);
    match method {
        "lines" => settings_file::read::<lines::Settings>(file).map(drop),
        "next" => settings_file::read::<next::Settings>(file).map(drop),
        "succession" => settings_file::read::<succession::Settings>(file).map(drop),
        "tenancy" => settings_file::read::<tenancy::Settings>(file).map(drop),
        "roles" => settings_file::read::<roles::Settings>(file).map(drop),
        "attribute" => settings_file::read::<attribution::Settings>(file).map(drop),
        "quantity" => {
            let (settings, sources) =
                settings_file::read_with_sources::<quantity::Settings>(file, serde_json::Map::new())?;
            quantity::check(&settings, &sources)
        }
        _ => Err(Problem::user(format!("there is no method {method} to take settings"))
            .at(path.display())
            .hint(format!("the methods are: {}", METHODS.join(", ")))),
    }
}

/// The ledger says who is who: it must not lie in what is given away.
pub fn apart(ledger: &Path, out: &Path) -> Result<(), Problem> {
    let whole = |path: &Path| std::path::absolute(path).map_err(|error| Problem::io("find", path, &error));
    if whole(ledger)?.starts_with(whole(out)?) {
        return Err(Problem::user("the ledger would lie in the disclosure it explains")
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
                    .hint("name its folder with --profiles: without it nobody could take the file in again"));
            }
        }
    }
    Ok(dir.filter(|_| !needed.is_empty()).map(|dir| (dir.to_owned(), needed)))
}
