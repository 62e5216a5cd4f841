//! `orochi presences`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs},
};

/// Print the presences: which number used which cell, at a time, or at or before a time
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi presences heron --number 07700900123 --from 2024-03-01 --to 2024-03-31\
                        \n  orochi presences heron --format csv --out presences.csv")]
pub struct PresencesArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl PresencesArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::PRESENCES, &self.case, &self.filter, &self.output)
    }
}
