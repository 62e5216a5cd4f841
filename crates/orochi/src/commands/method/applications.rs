//! `orochi applications`

use std::path::PathBuf;

use orochi_analysis::applications::{self, Application, ApplicationsReport};
use orochi_casework::{Inputs, Question, SettingsBook};
use serde_json::json;

use crate::{
    consultation::Consultation,
    exit::Done,
    progress::Steps,
    text::{counted, named, printable},
    ui::Ui,
};

/// Say what to apply for next: whose data would most change what is known, and why
///
/// Examines the possible lines in the data held and proposes the least data that would answer the next question about
/// them: an identifier, a period, wording for the necessity and proportionality sections, and the number of uninvolved
/// numbers to expect in the result. It proposes; a person decides and applies.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi applications heron
  orochi applications heron --json")]
pub struct ApplicationsArgs {
    /// The case folder
    case: PathBuf,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
}

impl ApplicationsArgs {
    /// Proposes.
    pub fn run(self, ui: &Ui) -> Done {
        let book = SettingsBook::read("applications", self.settings.as_deref())?;
        let consultation = Consultation::open(ui, &self.case, applications::METHOD, Inputs::new(book)?, json!({}))?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        if ui.json() {
            let answer = investigation.answer(&Question::Applications)?;
            steps.end();
            return ui.stream_document(&answer);
        }
        let report = investigation.applications()?;
        steps.end();
        ui.print(&text(ui, &report))
    }
}

fn text(ui: &Ui, report: &ApplicationsReport) -> String {
    let method = applications::METHOD;
    let mut text = format!("Method {} {}. It proposes; a person decides and applies.\n", method.name, method.version);
    text.push_str(&counted(report.lines.len() as u64, "possible line", "possible lines"));
    let possible = |line: &applications::PossibleLine| {
        let flag = if line.flagged { ", flagged" } else { "" };
        let held = if line.held { "own data held" } else { "own data not held" };
        format!("\n  {} score {:.2}{flag}, {held}", printable(&line.number), line.score)
    };
    text.push_str(&report.lines.iter().map(possible).collect::<String>());
    text.push('\n');
    if report.applications.is_empty() {
        text.push_str("\nThere is nothing to apply for: the data held leaves no open question about a line.\n");
    }
    for (index, application) in report.applications.iter().enumerate() {
        text.push_str(&application_text(ui, index + 1, application));
    }
    text
}

fn application_text(ui: &Ui, rank: usize, application: &Application) -> String {
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
