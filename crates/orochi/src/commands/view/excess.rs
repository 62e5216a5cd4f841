//! `orochi excess`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs},
};

/// Print the excess data: rows outside every authority, quarantined until released
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi excess heron --number 07700900123 --from 2024-03-01 --to 2024-03-31\
                        \n  orochi excess heron --format csv --out excess.csv")]
pub struct ExcessArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl ExcessArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::EXCESS, &self.case, &self.filter, &self.output)
    }
}
