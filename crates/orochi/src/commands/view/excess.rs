//! `orochi excess`

use std::path::PathBuf;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs, View},
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

const VIEW: View = View {
    name: "excess",
    shown: &["exhibit", "row", "reason", "kind", "target", "a", "b", "start"],
    numbers: &["target", "a", "b", "c"],
    times: Some(("start", "start")),
    derived: None,
    order: &["exhibit", "sheet", "row"],
};

impl ExcessArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &VIEW, &self.case, &self.filter, &self.output)
    }
}
