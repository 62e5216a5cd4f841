//! `orochi succession`

use std::path::PathBuf;

use orochi_analysis::succession::{self, LinkKind, SuccessionFinding, SuccessionReport};
use orochi_casework::{Inputs, Question, SettingsBook};
use orochi_model::finding::Reason;
use serde_json::json;

use crate::{
    consultation::Consultation,
    exit::Done,
    export::aligned,
    progress::Steps,
    text::{counted, named, printable},
    ui::Ui,
};

/// Say which numbers continue another one's line, with reasons for and against
///
/// Looks for numbers whose use ended and numbers whose use began within the data and that are in contact with the same
/// people, and matches all of them together. Works even where neither number's own data is held. The score is a
/// ranking, not a probability.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi succession heron
  orochi succession heron --all --json")]
pub struct SuccessionArgs {
    /// The case folder
    case: PathBuf,
    /// Give the reasons for the first N pairs
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Also list the pairs that are not linked (--json always has them)
    #[arg(long)]
    all: bool,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
}

impl SuccessionArgs {
    /// Matches them.
    pub fn run(self, ui: &Ui) -> Done {
        let book = SettingsBook::read("succession", self.settings.as_deref())?;
        let consultation = Consultation::open(ui, &self.case, succession::METHOD, Inputs::new(book)?, json!({}))?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        let report = investigation.succession()?;
        steps.end();
        if ui.json() {
            return ui.stream_document(&investigation.answer(&Question::Succession)?);
        }
        ui.print(&self.text(ui, report))
    }

    fn text(&self, ui: &Ui, report: &SuccessionReport) -> String {
        let method = succession::METHOD;
        let mut text = format!(
            "Method {} {}. The score ranks pairs by how much the second number behaves like the first one's successor; \
             it is not a probability.\n",
            method.name, method.version
        );
        let linked = report.linked();
        let others = report.findings.len() - linked;
        text.push_str(&format!("{} linked", counted(linked as u64, "pair", "pairs")));
        text.push_str(&format!(", {} not.\n", counted(others as u64, "other pair", "other pairs")));
        let listed: Vec<&SuccessionFinding> = report.findings.iter().filter(|it| it.linked || self.all).collect();
        if listed.is_empty() {
            return text;
        }
        let rows = listed.iter().map(|it| {
            vec![
                it.from.clone(),
                it.to.clone(),
                format!("{:.2}", it.score),
                kind(it).to_owned(),
                it.ended.clone(),
                it.began.clone(),
                it.shared.to_string(),
            ]
        });
        let header = ["from", "to", "score", "link", "ended", "began", "shared"];
        let right = [false, false, true, false, false, false, true];
        text.push_str(&format!("\n{}", aligned(&header, &right, rows.collect())));
        for finding in listed.iter().take(self.top) {
            text.push_str(&finding_text(ui, finding));
        }
        text
    }
}

fn kind(finding: &SuccessionFinding) -> &'static str {
    match finding.kind {
        Some(LinkKind::Successor) => "successor",
        Some(LinkKind::Split) => "split",
        Some(LinkKind::Merge) => "merge",
        None => "",
    }
}

/// The reasons of one pair: for and against under headings of the same weight, also when there are none.
fn finding_text(ui: &Ui, finding: &SuccessionFinding) -> String {
    let link = if finding.linked { ", linked" } else { "" };
    let heading =
        format!("{} to {}: score {:.2}{link}", printable(&finding.from), printable(&finding.to), finding.score);
    let mut text = format!("\n{}\n", ui.bold(&heading));
    for (supports, heading, sign) in [(true, "For one line", '+'), (false, "Against", '-')] {
        text.push_str(&format!("  {heading}\n"));
        let reasons: Vec<&Reason> = finding.reasons.iter().filter(|reason| reason.supports == supports).collect();
        for reason in &reasons {
            text.push_str(&format!("    {sign} {}{}\n", printable(reason.text.as_str()), named(&reason.evidence)));
        }
        if reasons.is_empty() {
            text.push_str(&format!("    {sign} nothing in the data held\n"));
        }
    }
    text
}
