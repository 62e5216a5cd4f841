//! `orochi cells`

use std::path::PathBuf;

use crate::{
    stop::Done,
    ui::Ui,
    view::{self, OutputArgs, View},
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

const VIEW: View = View {
    name: "cells",
    shown: &[
        "exhibit",
        "row",
        "origin",
        "cell",
        "site",
        "postcode",
        "easting",
        "northing",
        "placed_by",
        "azimuth",
        "doubt",
    ],
    numbers: &[],
    times: None,
    derived: None,
    order: &["exhibit", "sheet", "row"],
};

impl CellsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &VIEW, &self.case, &view::FilterArgs::default(), &self.output)
    }
}
