//! `orochi next`

use std::path::PathBuf;

use orochi_analysis::{
    lines,
    next::{self, Application, Applied, NextReport, Settings},
};
use orochi_case::Case;
use orochi_model::{authority::Authority, problem::Problem};
use serde_json::json;

use crate::{
    derive::{self, Derived},
    export::column::printable,
    form::{counted, named},
    opened,
    progress::Busy,
    settings_file,
    stop::Done,
    ui::Ui,
};

/// Say what to apply for next: whose data would most change what is known, and why
///
/// Looks at the possible lines in the data held and proposes the least that answers the next question about them: an
/// identifier, a period, words for the necessity and proportionality sections, and the uninvolved numbers to expect in
/// the result. It proposes; a person decides and applies.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi next heron
  orochi next heron --json")]
pub struct NextArgs {
    /// The case folder
    case: PathBuf,
    /// Thresholds to change, as TOML: name = value; the names are in the output's settings
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
}

impl NextArgs {
    /// Proposes.
    pub fn run(self, ui: &Ui) -> Done {
        let settings = settings_file::read::<Settings>(self.settings.as_deref())?;
        let case = opened::open(ui, &self.case)?;
        opened::consult_with(&case, next::METHOD, &settings, json!({}))?;
        let engine = opened::engine(&case)?;
        derive::derive(ui, &engine, Derived::Events)?;
        let busy = Busy::new(ui, "next");
        let report = next::next(&engine, &settings, &lines::Settings::default(), &applied(&case)?)?;
        drop(busy);
        if ui.json() {
            return ui.stream_document(&report);
        }
        ui.print(&text(ui, &report))
    }
}

/// What the case's authorities cover, each identifier with its period.
fn applied(case: &Case) -> Result<Vec<Applied>, Problem> {
    let each = |authority: Authority| {
        let (from, to) = (authority.from_us, authority.to_us - 1);
        authority.identifiers.into_iter().map(move |identifier| Applied { identifier, from, to })
    };
    Ok(case.authorities()?.into_iter().flat_map(each).collect())
}

fn text(ui: &Ui, report: &NextReport) -> String {
    let method = next::METHOD;
    let mut text = format!("Method {} {}. It proposes; a person decides and applies.\n", method.name, method.version);
    text.push_str(&counted(report.lines.len() as u64, "possible line", "possible lines"));
    let possible = |line: &next::PossibleLine| {
        let flag = if line.flagged { ", flagged" } else { "" };
        let held = if line.held { "own data held" } else { "own data not held" };
        format!("\n  {} score {:.2}{flag}, {held}", printable(&line.number), line.score)
    };
    text.push_str(&report.lines.iter().map(possible).collect::<String>());
    text.push('\n');
    if report.applications.is_empty() {
        text.push_str("\nNothing to apply for: no open question about a line in the data held.\n");
    }
    for (index, application) in report.applications.iter().enumerate() {
        text.push_str(&one(ui, index + 1, application));
    }
    text
}

fn one(ui: &Ui, rank: usize, application: &Application) -> String {
    let identifier = printable(&application.identifier);
    let heading = format!("{rank}. {} of {identifier}, {} to {}", application.data, application.from, application.to);
    let rows = named(&application.evidence);
    format!(
        "\n{}\n  Necessity: {}{rows}\n  Proportionality: {}\n",
        ui.bold(&heading),
        printable(application.necessity.as_str()),
        printable(application.proportionality.as_str()),
    )
}
