//! What a person entered besides native files, and where it lies in a disclosure.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use orochi_analysis::quantity;
use orochi_casework::{SettingsBook, inputs::Inputs};
use orochi_model::problem::Problem;

/// What a person entered besides native files; each is copied, so that nothing is missing later.
#[derive(Clone, Debug, Default)]
pub struct InputFiles {
    /// Thresholds by method: name and file.
    pub settings: BTreeMap<String, PathBuf>,
    /// A fitted model of co-location in place of the shipped one.
    pub model: Option<PathBuf>,
    /// Event anchors.
    pub anchors: Option<PathBuf>,
    /// The user's own layout profiles, and the names with version of those that are not shipped.
    pub profiles: Option<(PathBuf, Vec<String>)>,
}

impl InputFiles {
    /// Each file's name in the disclosure, and where it is now.
    pub(super) fn files(&self) -> Result<BTreeMap<String, PathBuf>, Problem> {
        let mut all: BTreeMap<String, PathBuf> =
            self.settings.iter().map(|(method, path)| (settings(method), path.clone())).collect();
        all.extend(self.model.iter().map(|path| (MODEL.to_owned(), path.clone())));
        all.extend(self.anchors.iter().map(|path| (ANCHORS.to_owned(), path.clone())));
        if let Some((dir, _)) = &self.profiles {
            let wrong = |error| Problem::io("read the folder of layout profiles", dir, &error);
            for entry in fs::read_dir(dir).map_err(wrong)? {
                let path = entry.map_err(wrong)?.path();
                if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
                    && let Some(name) = path.file_name()
                {
                    all.insert(format!("{PROFILES}/{}", name.to_string_lossy()), path);
                }
            }
        }
        Ok(all)
    }
}

/// A model's name there.
pub(super) const MODEL: &str = "inputs/model.json";
/// Event anchors'.
pub(super) const ANCHORS: &str = "inputs/anchors.csv";
/// The folder of layout profiles.
pub(super) const PROFILES: &str = "inputs/profiles";

/// The folder of thresholds, one TOML file a method.
pub(super) const SETTINGS: &str = "inputs/settings";

/// Where a method's thresholds lie.
fn settings(method: &str) -> String {
    format!("{SETTINGS}/{method}.toml")
}

/// What a case is asked with: settings of all methods, the model and the anchors that were
/// entered, defaults for the rest.
///
/// # Errors
/// User kind when a file cannot be read or holds what may not be in it.
pub fn entered(settings: Option<&Path>, model: Option<&Path>, anchors: Option<&Path>) -> Result<Inputs, Problem> {
    let mut book = SettingsBook::default();
    if let Some(dir) = settings {
        book.take_folder(dir)?;
        if dir.join("quantity.toml").is_file() {
            quantity::check(&book.quantity, &book.sources)?;
        }
    }
    Inputs::new(book)?.with_model(model)?.with_anchors(anchors)
}
