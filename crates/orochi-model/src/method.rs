//! What every analysis declares about itself, so that the command line, documents and disclosure
//! serve all of them alike.

use serde::Serialize;

/// A threshold of a method: its value in this run, and where that value comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// Name as typed in a settings file.
    pub name: &'static str,
    /// Value in this run.
    pub value: f64,
    /// Default value.
    pub default: f64,
    /// Unit in words: `seconds`, `numbers`, `share of texts`.
    pub unit: &'static str,
    /// Smallest and largest value accepted.
    pub range: (f64, f64),
    /// Where the default comes from: a paper, guidance, a court report, or the word `assumed`.
    pub source: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
}

/// A method's identity; its statement is the file of the same name under `docs/methods/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Method {
    /// Short name, also the command's name.
    pub name: &'static str,
    /// Changes whenever the same input could give another output.
    pub version: &'static str,
}

/// A method as it was used in a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Used {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its settings in this run.
    pub settings: Vec<Setting>,
}

impl Method {
    /// This method with the settings of a run.
    pub fn used(self, settings: Vec<Setting>) -> Used {
        Used { name: self.name, version: self.version, settings }
    }
}
