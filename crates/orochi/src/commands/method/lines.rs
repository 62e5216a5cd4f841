//! `orochi lines`

use std::{collections::BTreeSet, path::PathBuf};

use orochi_analysis::lines::{self, LineFinding, LinesReport};
use orochi_casework::{Chains, Inputs, Question, SettingsBook, chains::Part};
use orochi_model::problem::Problem;
use serde_json::json;

use crate::{
    consultation::Consultation,
    exit::Done,
    export::aligned,
    progress::Steps,
    text::{count, counted, named, printable},
    ui::Ui,
};

/// Numbers in the table unless all are asked for; flagged numbers are always in it.
const LISTED: usize = 25;

/// Rank every number by how much it behaves like a deal line, with reasons for and against
///
/// Flagged numbers that the method succession links are listed together, as one line. The method works from events
/// alone, also for numbers whose own data is not held. The score is a ranking, not a probability. Every reason names
/// rows that `orochi row` shows.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi lines heron --top 5
  orochi lines heron --json > lines.json")]
pub struct LinesArgs {
    /// The case folder
    case: PathBuf,
    /// Give the reasons for the first N lines (or single numbers that belong to no chain)
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// List every number; by default the table lists flagged numbers and the first 25 (--json has all)
    #[arg(long)]
    all: bool,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
}

impl LinesArgs {
    /// Ranks them.
    pub fn run(self, ui: &Ui) -> Done {
        let book = SettingsBook::read("lines", self.settings.as_deref())?;
        let consultation = Consultation::open(ui, &self.case, lines::METHOD, Inputs::new(book)?, json!({}))?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        if ui.json() {
            let answer = investigation.answer(&Question::Lines)?;
            steps.end();
            return ui.stream_document(&answer);
        }
        let (report, chains) = (investigation.lines()?, investigation.chains()?);
        steps.end();
        ui.print(&self.text(ui, report, &chains)?)
    }
}

impl LinesArgs {
    fn text(&self, ui: &Ui, report: &LinesReport, chains: &Chains) -> Result<String, Problem> {
        let method = lines::METHOD;
        let mut text = format!(
            "Method {} {}. The score ranks numbers by how much they behave like a deal line; it is not a \
             probability.\n",
            method.name, method.version
        );
        let numbers = counted(report.len() as u64, "number", "numbers");
        text.push_str(&format!("{numbers}, {} flagged.\n", count(report.flagged() as u64)));
        if report.is_empty() {
            return Ok(text);
        }
        let listed = if self.all { report.len() } else { report.flagged().max(LISTED) };
        let shown: Vec<LineFinding> = report.findings().take(listed).collect::<Result<_, _>>()?;
        let lines = grouped(&shown, chains);
        let mut rows = Vec::new();
        let known = |figure: Option<u32>| figure.map_or_else(|| "-".to_owned(), |figure| count(figure.into()));
        for (rank, line) in (1..).zip(&lines) {
            for (place, finding) in line.iter().enumerate() {
                // A line's further numbers stand under its highest, without a rank of their own.
                rows.push(vec![
                    if place == 0 { rank.to_string() } else { "+".to_owned() },
                    finding.number.clone(),
                    format!("{:.2}", finding.score),
                    if finding.flagged { "flagged" } else { "" }.to_owned(),
                    known(finding.bursts),
                    known(finding.recipients),
                    known(finding.regulars),
                    finding.first.clone(),
                    finding.last.clone(),
                ]);
            }
        }
        let header = ["rank", "number", "score", "flag", "bursts", "recipients", "regulars", "first", "last"];
        text.push_str(&format!("\n{}", aligned(&header, &[true, false, true, false, true, true, true], rows)));
        if listed < report.len() {
            text.push_str(&format!("({} more; --all lists them)\n", count((report.len() - listed) as u64)));
        }
        for (rank, line) in (1..).zip(&lines).take(self.top) {
            if let Some(highest) = line.first() {
                text.push_str(&reasons(ui, rank, highest, chains));
            }
        }
        Ok(text)
    }
}

/// The findings as lines: each flagged number with those of its chain, by its highest; every other number for itself.
fn grouped<'a>(shown: &'a [LineFinding], chains: &Chains) -> Vec<Vec<&'a LineFinding>> {
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut lines = Vec::new();
    for finding in shown {
        if !met.insert(&finding.number) {
            continue;
        }
        let mut line = vec![finding];
        if finding.flagged {
            let parts: BTreeSet<String> = chains.parts(finding).into_iter().map(|part| part.number).collect();
            let others = shown.iter().filter(|other| parts.contains(&other.number));
            for other in others {
                if met.insert(&other.number) {
                    line.push(other);
                }
            }
        }
        lines.push(line);
    }
    lines
}

/// The reasons of one number: for and against under headings of the same weight, also when there are none.
fn reasons(ui: &Ui, rank: usize, finding: &LineFinding, chains: &Chains) -> String {
    let flag = if finding.flagged { ", flagged" } else { "" };
    let heading = format!("{rank}. {}: score {:.2}{flag}", printable(&finding.number), finding.score);
    let mut text = format!("\n{}\n", ui.bold(&heading));
    let parts = chains.parts(finding);
    if finding.flagged && parts.len() > 1 {
        let part = |it: &Part| format!("{}, {} to {}", printable(&it.number), it.first, it.last);
        let parts: Vec<String> = parts.iter().map(part).collect();
        text.push_str(&format!("  One line by the method succession: {}\n", parts.join("; ")));
    }
    for (supports, heading, sign, none) in
        [(true, "For a line", '+', "nothing in the data held"), (false, "Against", '-', "nothing in the data held")]
    {
        text.push_str(&format!("  {heading}\n"));
        let mut any = false;
        for reason in finding.reasons.iter().filter(|reason| reason.supports == supports) {
            any = true;
            text.push_str(&format!("    {sign} {}{}\n", printable(reason.text.as_str()), named(&reason.evidence)));
        }
        if !any {
            text.push_str(&format!("    {sign} {none}\n"));
        }
    }
    text
}
