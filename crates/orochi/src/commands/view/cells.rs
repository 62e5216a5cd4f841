//! `orochi cells`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, OutputArgs},
};

/// Print the cells in cell lists and in records, with their positions and any doubts about them
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi cells heron\n  orochi cells heron --format csv --out cells.csv")]
pub struct CellsArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

impl CellsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::CELLS, &self.case, &view::FilterArgs::default(), &self.output)
    }
}
