//! `orochi records`

use std::path::PathBuf;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs, View},
};

/// Print the records: one row each as disclosed, from one side of a communication
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi records heron --number 07700900123 --from 2024-03-01 --to 2024-03-31\
                        \n  orochi records heron --format csv --out records.csv")]
pub struct RecordsArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const VIEW: View = View {
    name: "records",
    shown: &["exhibit", "row", "kind", "side", "a", "b", "c", "start", "duration_s", "outcome", "imei", "start_cell"],
    numbers: &["target", "a", "b", "c"],
    times: Some(("start", "start")),
    derived: None,
    order: &["exhibit", "sheet", "row"],
};

impl RecordsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &VIEW, &self.case, &self.filter, &self.output)
    }
}
