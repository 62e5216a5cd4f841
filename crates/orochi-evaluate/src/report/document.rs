//! `docs/validation/lines.md`: text by hand, figures between two markers, plots beside it.

use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;
use serde::Serialize;

use super::{plots, tables};
use crate::summary::Summary;

/// Where the figures begin.
pub const BEGIN: &str = "<!-- figures: made by the command below; do not edit -->";
/// Where they end.
pub const END: &str = "<!-- /figures -->";

/// Writes the figures between the markers of a document, and the plots and the summary (JSON) beside it.
/// Returns what was written.
///
/// # Errors
/// User kind when the document is not there or has no markers; input and output.
pub fn write(document: &Path, summary: &Summary, command: &str) -> Result<Vec<PathBuf>, Problem> {
    let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let new = with(document, &figures(summary, &name, command))?;
    let folder = document.parent().unwrap_or(Path::new("."));
    let mut written = plots::write(folder, &format!("{name}-"), summary)?;
    let json = document.with_extension("json");
    put_json(&json, summary)?;
    write_text(document, &new)?;
    written.extend([json, document.to_path_buf()]);
    Ok(written)
}

/// Writes tables between the markers of a document, and their figures as JSON beside it. Returns what was written.
///
/// # Errors
/// User kind when the document is not there or has no markers; input and output.
pub fn write_tables(
    document: &Path,
    tables: &str,
    figures: &impl Serialize,
    command: &str,
) -> Result<Vec<PathBuf>, Problem> {
    let new = with(document, &made_by(command, tables))?;
    let json = document.with_extension("json");
    put_json(&json, figures)?;
    write_text(document, &new)?;
    Ok(vec![json, document.to_path_buf()])
}

/// A document's text with new figures.
fn with(document: &Path, figures: &str) -> Result<String, Problem> {
    let text = std::fs::read_to_string(document).map_err(|error| Problem::io("read", document, &error))?;
    filled(&text, figures).ok_or_else(|| {
        Problem::user("the document has no place for figures")
            .at(document.display())
            .hint(format!("write two lines: {BEGIN} and {END}"))
    })
}

/// The text with new figures; none when a marker is missing.
pub fn filled(text: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{figures}\n{END}{after}"))
}

/// What stands between the markers.
pub fn figures(summary: &Summary, name: &str, command: &str) -> String {
    let mut text = made_by(command, &tables::tables(summary));
    for plot in plots::ALL.iter().filter(|plot| (plot.fits)(summary)) {
        let (title, file, caption) = (plot.title, plot.name, plot.caption);
        text.push_str(&format!("\n![{title}]({name}-{file}.svg)\n\n{title}: {caption}\n"));
    }
    text
}

/// Figures under the command that makes them.
fn made_by(command: &str, tables: &str) -> String {
    format!("Made by `{command}`.\n\n{tables}")
}

/// Figures as JSON, for those who reckon on.
fn put_json(path: &Path, figures: &impl Serialize) -> Result<(), Problem> {
    let body = serde_json::to_string_pretty(figures)
        .map_err(|error| Problem::bug("a study cannot be written as JSON").because(error))?;
    write_text(path, &(body + "\n"))
}

pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Problem> {
    std::fs::write(path, text).map_err(|error| Problem::io("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let text = format!("# Title\n{BEGIN}\nold\n{END}\nend\n");
        let new = filled(&text, "new").unwrap();
        assert_eq!(new, format!("# Title\n{BEGIN}\n\nnew\n{END}\nend\n"));
        assert_eq!(filled(&new, "new").unwrap(), new);
        assert_eq!(filled("no markers", "new"), None);
    }
}
