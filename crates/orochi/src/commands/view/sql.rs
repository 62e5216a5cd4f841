//! `orochi sql`

use std::path::PathBuf;

use orochi_casework::views::Derived;
use serde_json::json;

use crate::{
    case_session,
    exit::Done,
    export,
    ui::Ui,
    view::{self, OutputArgs, Rows},
};

/// Query a case in SQL
///
/// The views are records, events, event_records, tenancies, presences, cells, subscribers, topups, handsets, postcodes,
/// rejects and excess. Queries can only read. Rows are given in the order that the query states; without ORDER BY, the
/// order may differ between runs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi sql heron \"select a, count(*) as texts from events where kind = 'text' group by a order by texts desc, a \
  limit 10\"
  orochi sql heron 'select * from topups order by at' --format csv --out topups.csv")]
pub struct SqlArgs {
    /// The case folder
    case: PathBuf,
    /// The query
    query: String,
    #[command(flatten)]
    output: OutputArgs,
}

impl SqlArgs {
    /// Prints what the query gives.
    pub fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        let output = self.output.resolve(ui)?;
        case_session::consult(&case, "sql", json!({ "query": self.query, "output": export::describe(&output) }))?;
        let engine = case_session::engine(&case)?;
        for derived in Derived::named_in(&self.query) {
            view::register(ui, &engine, derived)?;
        }
        let limit = self.output.rows(output.format);
        Rows { ui, output: &output, name: "sql", shown: &[], limit }.print(&engine, &[self.query])
    }
}
