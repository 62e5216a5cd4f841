//! The log's entries as they stand, to be shown. Whether they can be relied on is [`super::verify()`]'s question.

use std::path::Path;

use orochi_model::problem::Problem;

use super::Entry;

/// The entries of the case in `dir`, in the order of the file.
///
/// # Errors
/// When the log cannot be read; data kind for a line that is no entry.
pub fn entries(dir: &Path) -> Result<Vec<Entry>, Problem> {
    let file = dir.join("audit.jsonl");
    let text = std::fs::read(&file).map_err(|error| Problem::io("read the audit log", &file, &error))?;
    let lines = text.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_slice(line).map_err(|error| {
                Problem::data("the audit log holds a line that is not an entry")
                    .at(format!("{} line {}", file.display(), index + 1))
                    .because(error)
                    .hint("`orochi verify` says what was done to it")
            })
        })
        .collect()
}
