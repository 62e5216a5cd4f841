//! `orochi rejects`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, OutputArgs},
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

impl RejectsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::REJECTS, &self.case, &view::FilterArgs::default(), &self.output)
    }
}
