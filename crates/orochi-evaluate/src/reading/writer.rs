//! A draft as the bytes of a file.

pub mod markup;
pub mod packing;
pub mod text;
pub mod workbook;

use orochi_model::problem::Problem;

use super::{draft::Draft, form::Kind};

/// The file's bytes.
///
/// # Errors
/// When an archive cannot be made.
pub fn bytes(draft: &Draft) -> Result<Vec<u8>, Problem> {
    let plain = match draft.form.kind {
        Kind::Text => text::bytes(draft),
        Kind::Workbook => workbook::bytes(draft)?,
        Kind::Page => markup::page(draft).into_bytes(),
        Kind::Mime => markup::mime(draft).into_bytes(),
    };
    packing::packed(draft, plain)
}

/// All rows of the table, top to bottom.
pub fn rows(draft: &Draft) -> Vec<Vec<String>> {
    let mut rows = draft.above.clone();
    if draft.headed {
        rows.push(draft.columns.iter().map(|column| column.heading.clone()).collect());
    }
    rows.extend(draft.lines.iter().map(|line| line.cells.clone()));
    rows
}
