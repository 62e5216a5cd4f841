//! `orochi attribution`

use std::path::PathBuf;

use orochi_analysis::{
    attribution::{self, AttributionReport, Candidate, HoldingPeriod},
    colocation,
};
use orochi_casework::{Inputs, Question, SettingsBook};
use serde_json::json;

use crate::{
    consultation::Consultation,
    exit::Done,
    progress::Steps,
    text::{counted, named, printable},
    ui::Ui,
    view::party,
};

/// Candidates of a spell in the text unless told otherwise.
const SHOWN: usize = 3;

/// Show who may have had a line's phone, spell by spell, with the evidence for and against
///
/// The time of the line is divided into spells: a new spell begins where another person's phone starts to move with the
/// line's phone. For each spell, the numbers whose cells are held are ranked. Co-location is the only figure; shared
/// handsets, overnight cells, contacts, calls at the same time, top-ups and event anchors are each shown separately.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi attribution heron 07700900111
  orochi attribution heron 07700900111 07700900222 --json
  orochi attribution heron 07700900111 --anchors anchors.csv")]
pub struct AttributionArgs {
    /// The case folder
    case: PathBuf,
    /// A number of the line, which stands for all numbers that the method succession links to it; or several numbers,
    /// which are taken as they are
    #[arg(value_parser = party, required = true)]
    line: Vec<String>,
    /// Event anchors (CSV: number, from, to, latitude, longitude, custody, source): where the person who uses a number
    /// is known to have been
    #[arg(long, value_name = "CSV")]
    anchors: Option<PathBuf>,
    /// Number of candidates to show for each spell; --json has more
    #[arg(long, value_name = "N", default_value_t = SHOWN)]
    top: usize,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
    /// A fitted model (JSON) to use in place of the shipped one
    #[arg(long, value_name = "JSON")]
    model: Option<PathBuf>,
}

impl AttributionArgs {
    /// Attributes.
    pub fn run(self, ui: &Ui) -> Done {
        let book = SettingsBook::read("attribution", self.settings.as_deref())?;
        let inputs = Inputs::new(book)?.with_model(self.model.as_deref())?.with_anchors(self.anchors.as_deref())?;
        let asked = json!({ "line": self.line, "anchors": self.anchors, "model": self.model });
        let consultation = Consultation::open(ui, &self.case, attribution::METHOD, inputs, asked)?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        if ui.json() {
            let answer = investigation.answer(&Question::Attribution { line: self.line })?;
            steps.end();
            return ui.stream_document(&answer);
        }
        let report = investigation.attribution(&investigation.line(&self.line)?)?;
        steps.end();
        ui.print(&text(ui, &report, self.top))
    }
}

fn text(ui: &Ui, report: &AttributionReport, top: usize) -> String {
    let method = &report.method;
    let mut text = format!(
        "Method {} {}. Co-location: method {} {}.\nH1: {}.\nH2: {}.\n\
         Line {}: {}. {} compared, of {} with cells of their own.\n",
        method.name,
        method.version,
        report.colocation.name,
        report.colocation.version,
        colocation::H1,
        colocation::H2,
        printable(&report.line),
        report.numbers.iter().map(|number| printable(number)).collect::<Vec<_>>().join(", "),
        counted(report.compared as u64, "number", "numbers"),
        counted(report.others as u64, "other number", "other numbers"),
    );
    if report.findings.is_empty() {
        text.push_str("\nInsufficient data: no cells with a known position are held for the line's own phone.\n");
    }
    for (index, spell) in report.findings.iter().enumerate() {
        text.push_str(&spell_text(ui, index + 1, spell, top));
    }
    text
}

fn spell_text(ui: &Ui, place: usize, spell: &HoldingPeriod, top: usize) -> String {
    let mut text = format!(
        "\n{}\n  begins between {} and {}; ends between {} and {}\n  {}\n",
        ui.bold(&format!("Spell {place}: {} to {}", spell.from, spell.to)),
        spell.from_between[0],
        spell.from_between[1],
        spell.to_between[0],
        spell.to_between[1],
        printable(spell.statement.as_str()),
    );
    for (rank, candidate) in spell.candidates.iter().take(top).enumerate() {
        text.push_str(&strands(rank + 1, candidate));
    }
    text
}

fn strands(rank: usize, candidate: &Candidate) -> String {
    let ratio = match candidate.log10_lr {
        Some(ratio) => format!("log10 likelihood ratio {ratio:.2}, bound {:.2}: {}", candidate.bound, candidate.verbal),
        None => candidate.verbal.clone(),
    };
    let mut text = format!("  {rank}. {}  {ratio}\n", printable(&candidate.number));
    for (side, all) in [("for:    ", &candidate.supports), ("against:", &candidate.against)] {
        for one in all {
            text.push_str(&format!(
                "     {side} {}: {}{}\n",
                one.strand,
                printable(one.text.as_str()),
                named(&one.evidence)
            ));
        }
    }
    text
}
