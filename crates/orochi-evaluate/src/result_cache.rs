//! Rows of a study put by, one JSON file for each folder.

use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;
use serde::{Serialize, de::DeserializeOwned};

use crate::{study::sha256, study_row::StudyHead};

/// A file's name: another method, setting or scenario has another one.
pub(crate) fn name(method: &str, head: &StudyHead, source: &str) -> PathBuf {
    let whole = serde_json::to_string(head).unwrap_or_default() + source;
    PathBuf::from(format!("{method}-{}.json", &sha256(whole.as_bytes())[..16]))
}

/// A row as it was kept.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read", path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        Problem::user("a result cannot be read")
            .at(path.display())
            .because(error)
            .hint("delete the file to begin again")
    })
}

/// Whole or not at all.
pub(crate) fn keep(path: &Path, row: &impl Serialize) -> Result<(), Problem> {
    let text = serde_json::to_string(row)
        .map_err(|error| Problem::bug("a result cannot be written as JSON").because(error))?;
    let part = path.with_extension("part");
    std::fs::write(&part, text + "\n").map_err(|error| Problem::io("write", &part, &error))?;
    std::fs::rename(&part, path).map_err(|error| Problem::io("rename", &part, &error))
}
