//! `orochi release`

use std::path::PathBuf;

use orochi_case::authority::Rows;
use serde_json::json;

use crate::{case_session, exit::Done, text::counted, ui::Ui};

/// Release excess data into the views, with a reason
///
/// The decision, its reason and the person who took it are logged. Rows are named by their numbers in the native file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi release heron EX0003 --reason 'Authority A-18 granted 4 April covers the later period'
  orochi release heron EX0003 --rows 12-40 --reason 'Same subject, second handset'")]
pub struct ReleaseArgs {
    /// The case folder
    case: PathBuf,
    /// The exhibit
    exhibit: String,
    /// Only these rows: one number, or first and last; by default every excess row of the exhibit
    #[arg(long, value_name = "FIRST-LAST", value_parser = rows)]
    rows: Option<(u64, u64)>,
    /// Only rows of this sheet or archive member
    #[arg(long)]
    sheet: Option<String>,
    /// Why the rows may be used
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// `12-40` or `12`.
fn rows(text: &str) -> Result<(u64, u64), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if 1 <= first && first <= last => Ok((first, last)),
        _ => Err("expected row numbers as in 12 or 12-40, the smaller first".into()),
    }
}

impl ReleaseArgs {
    /// Releases the rows.
    pub fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        let rows = match (self.rows, self.sheet) {
            (Some((first, last)), sheet) => Rows::Range { sheet, first, last },
            (None, None) => Rows::All,
            // Row numbers are 64 bits; SQLite's integers are signed.
            (None, sheet) => Rows::Range { sheet, first: 0, last: i64::MAX.unsigned_abs() },
        };
        let released = case.release(&self.exhibit, &rows, &self.reason)?;
        if ui.json() {
            return ui.document(json!({ "exhibit": self.exhibit, "released": released }));
        }
        ui.print(&format!("{} of {} released into the views\n", counted(released, "row", "rows"), self.exhibit))
    }
}
