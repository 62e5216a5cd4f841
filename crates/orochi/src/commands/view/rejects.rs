//! `orochi rejects`

use std::path::PathBuf;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, OutputArgs, View},
};

/// Print the rejects: rows that could not be read, with column, text and reason
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi rejects heron\n  orochi rejects heron --format csv --out rejects.csv")]
pub struct RejectsArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

const VIEW: View = View {
    name: "rejects",
    shown: &["exhibit", "row", "column", "text", "reason"],
    numbers: &[],
    times: None,
    derived: None,
    order: &["exhibit", "sheet", "row"],
};

impl RejectsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &VIEW, &self.case, &view::FilterArgs::default(), &self.output)
    }
}
