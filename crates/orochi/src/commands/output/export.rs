//! `orochi export`

use std::path::PathBuf;

use orochi_case::Action;
use orochi_casework::{Inputs, Investigation, SettingsBook, registry};
use orochi_evidence::exchange::{self, Export, Format, Opinions};
use orochi_model::problem::Problem;
use serde_json::{Value, json};

use crate::{
    case_session,
    exit::Done,
    progress::{Busy, Steps},
    text::counted,
    ui::Ui,
    view::FilterArgs,
};

/// Write a case for another tool: CASE/UCO, FollowTheMoney, i2, maps, graphs, timelines, tables
///
/// Writes events with every row behind them, numbers, SIMs and handsets, cells and their use, and the flagged lines
/// with reasons for and against. The same case gives the same bytes. An export is a disclosure and is logged as one.
/// docs/exchange.md says what each format holds and what its readers must not take from it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi export heron --format case-uco --out heron.jsonld
  orochi export heron --format i2 --out heron-i2 --number 07700900123
  orochi export heron --format kmz --out heron.kmz --from 2024-03-01 --to 2024-03-07")]
pub struct ExportArgs {
    /// The case folder
    case: PathBuf,
    /// The format
    #[arg(long, value_parser = format, value_name = "FORMAT", help = format!("The format: {}", names()))]
    format: Format,
    /// The file to write, or for i2, csv and parquet the new folder; it appears complete or not at all
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Replace the file named with --out if it exists; a folder is never replaced
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

fn names() -> String {
    let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
    names.join(", ")
}

fn format(text: &str) -> Result<Format, String> {
    let known = Format::ALL.iter().find(|format| format.name() == text);
    known.copied().ok_or_else(|| format!("the formats are: {}", names()))
}

impl ExportArgs {
    /// Exports.
    pub fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        exchange::check(self.format, &self.out, self.overwrite)?;
        let filter = self.filter.rows();
        // Before anything leaves, so that nothing leaves unnoted.
        let mut detail = self.filter.detail();
        detail.insert("format".into(), self.format.name().into());
        let name = self.out.file_name().map(|name| name.to_string_lossy().into_owned());
        detail.insert("file".into(), name.into());
        let inputs = Inputs::new(SettingsBook::default())?;
        detail.insert("methods".into(), inputs.book.noted(&registry::names()).into());
        case.log(Action::Disclose, "export", Value::Object(detail))?;
        let engine = case_session::engine(&case)?;
        let steps = Steps::new(ui);
        let investigation = Investigation::new(&case, &engine, inputs, &steps);
        investigation.tables()?;
        let opinions = Opinions::form(&investigation, &filter)?;
        steps.end();
        let busy = Busy::new(ui, self.format.name());
        let (exhibits, authorities) = (case.exhibits()?, case.authorities()?);
        let export = Export {
            engine: &engine,
            about: case.about(),
            exhibits: &exhibits,
            authorities: &authorities,
            filter: &filter,
            opinions: &opinions,
        };
        let written = exchange::write(&export, self.format, &self.out, self.overwrite)?;
        drop(busy);
        if ui.json() {
            let mut document = json!({ "format": self.format.name(), "out": self.out });
            document["written"] = serde_json::to_value(written)
                .map_err(|error| Problem::bug("a count cannot be written as JSON").because(error))?;
            return ui.document(document);
        }
        let parts = [
            counted(written.events, "event", "events"),
            counted(written.numbers, "number", "numbers"),
            counted(written.tenancies, "tenancy", "tenancies"),
            counted(written.cells, "cell", "cells"),
            counted(written.presences, "use of a cell", "uses of cells"),
            counted(written.findings, "finding", "findings"),
        ];
        ui.print(&format!("{} written to {}\n", parts.join(", "), self.out.display()))
    }
}
