//! `orochi records`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs},
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

impl RecordsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::RECORDS, &self.case, &self.filter, &self.output)
    }
}
