//! `orochi row`

use std::path::PathBuf;

use orochi_casework::provenance::{NativeRowPlace, Provenance};
use serde_json::json;

use crate::{case_session, exit::Done, text::fields, ui::Ui};

/// Show a row as received, under its headings, and how it was read
///
/// Every figure in every result names exhibits and rows; this command shows them. Headings and fields are those by
/// which the file was read when it was taken in, whatever profiles exist today; `orochi reading` shows them with
/// everything that was done.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi row heron EX0003 1417")]
pub struct RowArgs {
    /// The case folder
    case: PathBuf,
    /// The exhibit
    exhibit: String,
    /// The row's number, as a spreadsheet shows it: 1 is the first line of the file
    row: u64,
    /// The sheet or archive member, if the exhibit has several
    #[arg(long)]
    sheet: Option<String>,
}

impl RowArgs {
    /// Shows it.
    pub fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        let exhibit = case.exhibit(&self.exhibit)?;
        let detail = json!({ "exhibit": exhibit.label, "row": self.row, "sheet": self.sheet });
        case_session::consult(&case, "row", detail)?;
        let engine = case_session::engine_in_order(&case)?;
        let place = NativeRowPlace { sheet: self.sheet.as_deref(), row: self.row };
        let row = Provenance::from_row(&case, &engine, &exhibit, place)?;
        if ui.json() {
            return ui.document(json!(row));
        }
        ui.print(&text(ui, &row))
    }
}

fn text(ui: &Ui, provenance: &Provenance) -> String {
    let Provenance { exhibit, file, sha256, row, .. } = provenance;
    let sheet = provenance.sheet.as_ref().map(|sheet| format!(", sheet {sheet}")).unwrap_or_default();
    let mut text = format!("{exhibit} row {row}{sheet}: {file} (SHA-256 {sha256})\n\n{}\n", ui.bold("As received"));
    let cells: Vec<_> = provenance.received.iter().map(|cell| (cell.heading.as_str(), cell.text.clone())).collect();
    text.push_str(&fields(&cells));
    if !provenance.layout.kept {
        text.push_str(NOT_KEPT);
    }
    if provenance.made.is_empty() {
        text.push_str("\nThis row was not used: it is above the data, a repeated header, a total, or empty.\n");
    }
    for made in &provenance.made {
        text.push_str(&format!("\n{}\n", ui.bold(&format!("Stored in {}", made.table))));
        let values = made.row.iter().filter(|value| !value.value.is_null());
        let values: Vec<_> = values.map(|value| (value.column.as_str(), value.text.clone())).collect();
        text.push_str(&fields(&values));
    }
    text
}

/// What is said of an exhibit of which no reading was kept.
const NOT_KEPT: &str = "
How this file was read was not kept, because an earlier orochi took it in. The headings above are those that the
profiles of this orochi find; they may differ from those used then. What was read from the row, below, is as it was read
then.
";
