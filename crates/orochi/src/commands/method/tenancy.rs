//! `orochi tenancy`

use std::path::PathBuf;

use orochi_analysis::tenancy::{self, TenancyFinding, TenancyFindingKind, TenancyReport};
use orochi_casework::{Inputs, Question, SettingsBook};
use serde_json::json;

use crate::{
    consultation::Consultation,
    exit::Done,
    progress::Steps,
    text::{counted, named, printable},
    ui::Ui,
};

/// Say which SIMs and handsets were swapped, shared or cloned, with reasons for and against
///
/// Distinguishes a SIM swap, a handset with two slots, a shared handset, and two handsets with one IMEI. `orochi
/// tenancies` prints the tenancies themselves.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi tenancy heron
  orochi tenancy heron --json")]
pub struct TenancyArgs {
    /// The case folder
    case: PathBuf,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
}

impl TenancyArgs {
    /// Tells them apart.
    pub fn run(self, ui: &Ui) -> Done {
        let book = SettingsBook::read("tenancy", self.settings.as_deref())?;
        let consultation = Consultation::open(ui, &self.case, tenancy::METHOD, Inputs::new(book)?, json!({}))?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        if ui.json() {
            let answer = investigation.answer(&Question::Tenancy)?;
            steps.end();
            return ui.stream_document(&answer);
        }
        let report = investigation.tenancy()?;
        steps.end();
        ui.print(&text(ui, &report))
    }
}

fn text(ui: &Ui, report: &TenancyReport) -> String {
    let method = tenancy::METHOD;
    let mut text = format!(
        "Method {} {}. {}, {}.\n",
        method.name,
        method.version,
        counted(report.tenancies.len() as u64, "tenancy", "tenancies"),
        counted(report.findings.len() as u64, "finding", "findings"),
    );
    for finding in &report.findings {
        text.push_str(&finding_text(ui, finding));
    }
    text
}

fn finding_text(ui: &Ui, finding: &TenancyFinding) -> String {
    let what = match finding.kind {
        TenancyFindingKind::Cloned => "One IMEI in two handsets",
        TenancyFindingKind::SimSwap => "SIM swap",
        TenancyFindingKind::HandsetSwap => "Handset swap",
        TenancyFindingKind::DualSim => "Handset with two SIMs",
        TenancyFindingKind::Shared => "Handset shared by two SIMs",
    };
    let sims = if finding.numbers.is_empty() { &finding.sims } else { &finding.numbers };
    let heading = format!("{what}: {} in {}", printable(&sims.join(", ")), printable(&finding.handsets.join(", ")));
    let mut text = format!("\n{}, {} to {}\n", ui.bold(&heading), finding.from, finding.to);
    for (supports, sign) in [(true, '+'), (false, '-')] {
        for reason in finding.reasons.iter().filter(|reason| reason.supports == supports) {
            text.push_str(&format!("  {sign} {}{}\n", printable(reason.text.as_str()), named(&reason.evidence)));
        }
    }
    text
}
