//! `orochi events`

use std::path::PathBuf;

use orochi_casework::views;

use crate::{
    exit::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs},
};

/// Print the events: communications, each combined from the records of both sides and of overlapping disclosures
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  orochi events heron --number 07700900123 --from 2024-03-01 --to 2024-03-31\
                        \n  orochi events heron --format csv --out events.csv")]
pub struct EventsArgs {
    /// The case folder
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl EventsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &views::EVENTS, &self.case, &self.filter, &self.output)
    }
}
