//! `orochi events`

use std::path::PathBuf;

use crate::{
    derive::Derived,
    stop::Done,
    ui::Ui,
    view::{self, FilterArgs, OutputArgs, View},
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

const VIEW: View = View {
    name: "events",
    shown: &["event", "kind", "a", "b", "c", "start", "duration_s", "outcome", "sides", "records", "exhibit", "row"],
    numbers: &["a", "b", "c"],
    times: Some(("start", "start")),
    derived: Some(Derived::Events),
    order: &["start", "event"],
};

impl EventsArgs {
    /// Prints the view.
    pub fn run(self, ui: &Ui) -> Done {
        view::show(ui, &VIEW, &self.case, &self.filter, &self.output)
    }
}
