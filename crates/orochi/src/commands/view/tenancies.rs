//! `orochi tenancies`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs},
};

/// Print the tenancies: which SIM and number were used in which handset, from when to when
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi tenancies heron --number 07700900123 --from 2024-03-01 --to 2024-03-31\
                        \n  orochi tenancies heron --format csv --out tenancies.csv")]
pub struct TenanciesArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl TenanciesArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::TENANCIES, &self.case, &self.filter, &self.output)
    }
}
