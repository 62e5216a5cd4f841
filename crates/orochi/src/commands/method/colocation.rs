//! `orochi colocation`

use std::path::PathBuf;

use orochi_analysis::colocation::{self, H1, H2, OccasionFound, PairReport, PairResult, Period, ScreenReport};
use orochi_casework::{Inputs, SettingsBook, inputs::model};
use orochi_model::finding::Reason;
use serde_json::json;

use super::colocation_registrations::{self, Slice};
use crate::{
    consultation::Consultation,
    exit::{Done, Stop},
    export::aligned,
    period,
    progress::Steps,
    text::{counted, named, printable},
    ui::Ui,
    view::party,
};

/// Pairs of a screening in the text unless told otherwise.
const TOP: usize = 20;

/// Weigh whether one person carried two phones: a calibrated likelihood ratio, with the evidence for and against
///
/// Compares where the two numbers were registered: on how many independent occasions their cells, close in time, are as
/// far apart as those of one person's phones; how rare the place is for either number at that hour; and on how many
/// occasions they conflict. With --screen, one number is compared with every other number in the case. With
/// --registrations, no case is needed: the method reads a file of registrations whose owners are known, is fitted on
/// one half of the owners and tried on the other.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi colocation heron 07700900111 07700900222
  orochi colocation heron 07700900111 07700900222 --from 2024-03-01 --to 2024-03-14 --json
  orochi colocation heron 07700900111 --screen
  orochi colocation --registrations traces.csv --slice 24h --json")]
pub struct ColocationArgs {
    /// The case folder
    #[arg(required_unless_present = "registrations")]
    case: Option<PathBuf>,
    /// The first number, for example the line's
    #[arg(value_parser = party, required_unless_present = "registrations")]
    a: Option<String>,
    /// The second number, for example a person's own
    #[arg(value_parser = party)]
    b: Option<String>,
    /// Weigh the first number against every other number in the case
    #[arg(long, conflicts_with = "b")]
    screen: bool,
    /// Only from this date or time on (British civil time unless an offset is given)
    #[arg(long, value_name = "DATE")]
    from: Option<period::From>,
    /// Only up to this date, the day included, or before this time
    #[arg(long, value_name = "DATE")]
    to: Option<period::To>,
    /// Number of pairs to show from a screening; --json has all that were weighed
    #[arg(long, value_name = "N", default_value_t = TOP)]
    top: usize,
    /// TOML file of thresholds to change (name = value), or a folder with one such file for each method (lines.toml,
    /// …); the names are listed under `settings` in the JSON output
    #[arg(long, value_name = "TOML", conflicts_with = "registrations")]
    settings: Option<PathBuf>,
    /// A fitted model (JSON) to use in place of the shipped one
    #[arg(long, value_name = "JSON")]
    model: Option<PathBuf>,
    /// Registrations of known owners (CSV: owner, device, timestamp, latitude, longitude, and optionally cell and
    /// azimuth)
    #[arg(long, value_name = "CSV", conflicts_with_all = ["case", "a", "b", "screen", "from", "to"])]
    registrations: Option<PathBuf>,
    /// With --registrations: the length of time that each ratio covers: 24h, 7d, or all
    #[arg(long, default_value = "24h", requires = "registrations")]
    slice: Slice,
    /// With --registrations: fit a model on all owners and write it to this file, instead of validating
    #[arg(long, value_name = "JSON", requires = "registrations")]
    fit: Option<PathBuf>,
}

impl ColocationArgs {
    /// Weighs.
    pub fn run(self, ui: &Ui) -> Done {
        let model = model(self.model.as_deref())?;
        if let Some(file) = &self.registrations {
            return match &self.fit {
                Some(out) => colocation_registrations::fit(ui, file, self.slice, &model, out),
                None => colocation_registrations::validate(ui, file, self.slice, &model),
            };
        }
        let (Some(case), Some(a)) = (&self.case, &self.a) else {
            return Err(Stop::Usage("name a case and a number, or a file with --registrations".into()));
        };
        if self.b.is_none() && !self.screen {
            return Err(Stop::Usage(
                "name a second number, or weigh the first against all others with --screen".into(),
            ));
        }
        if self.b.as_ref() == Some(a) {
            return Err(Stop::Usage("the two numbers are the same".into()));
        }
        let book = SettingsBook::read("colocation", self.settings.as_deref())?;
        let period = period(self.from, self.to)?;
        let asked = json!({
            "a": a,
            "b": self.b,
            "from": self.from.map(|from| from.0),
            "to": self.to.map(|to| to.0),
            "model": self.model,
        });
        let inputs = Inputs { model, ..Inputs::new(book)? };
        let consultation = Consultation::open(ui, case, colocation::METHOD, inputs, asked)?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        let Some(b) = &self.b else {
            let report = investigation.screen(a, period)?;
            steps.end();
            if ui.json() {
                return ui.stream_document(&report);
            }
            return ui.print(&screened(ui, &report, self.top));
        };
        let report = investigation.colocation(a, b, period)?;
        steps.end();
        if ui.json() {
            return ui.stream_document(&report);
        }
        ui.print(&text(ui, &report))
    }
}

/// A period needs both ends to be one.
fn period(from: Option<period::From>, to: Option<period::To>) -> Result<Option<Period>, Stop> {
    match (from, to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) if from.0 < to.0 => Ok(Some((from.0, to.0))),
        (Some(_), Some(_)) => Err(Stop::Usage("--to is before --from".into())),
        _ => Err(Stop::Usage("a period needs both ends: give --from and --to".into())),
    }
}

fn text(ui: &Ui, report: &PairReport) -> String {
    let method = &report.method;
    let pair = &report.pair;
    let mut text = format!("Method {} {}.\n", method.name, method.version);
    text.push_str(&format!("H1: {H1}.\nH2: {H2}.\n"));
    if !pair.from.is_empty() {
        text.push_str(&format!("Period: {} to {}\n", pair.from, pair.to));
    }
    text.push_str(&format!("\n{}\n", ui.bold(&format!("{} and {}", printable(&pair.a), printable(&pair.b)))));
    text.push_str(&format!("  {}\n", printable(pair.statement.as_str())));
    if let Some(ratio) = pair.log10_lr {
        text.push_str(&format!(
            "  log10 likelihood ratio {ratio:.2} (bounds {:.2} to {:.2}); {} (words: {})\n",
            pair.bounds.lower, pair.bounds.upper, pair.verbal, pair.verbal_source
        ));
    }
    text.push_str(&reasons(&pair.reasons));
    for (supports, heading) in [(true, "Strongest occasions for one person"), (false, "Strongest occasions against")] {
        let chosen: Vec<&OccasionFound> = report.listed.iter().filter(|one| one.supports == supports).take(5).collect();
        if chosen.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{heading}\n"));
        for one in chosen {
            let rows = named(&one.evidence);
            text.push_str(&format!("  {:+.2}  {}{rows}\n", one.log10_ratio, printable(one.text.as_str())));
        }
    }
    text
}

/// Reasons under the words they belong to.
pub(super) fn reasons(reasons: &[Reason]) -> String {
    let one = |reason: &Reason| {
        let side = if reason.supports { "for:    " } else { "against:" };
        format!("  {side} {}{}\n", printable(reason.text.as_str()), named(&reason.evidence))
    };
    reasons.iter().map(one).collect()
}

fn screened(ui: &Ui, report: &ScreenReport, top: usize) -> String {
    let method = &report.method;
    let mut text = format!("Method {} {}.\nH1: {H1}.\nH2: {H2}.\n\n", method.name, method.version);
    text.push_str(&format!(
        "{}: {} of {} with cells of their own used a cell near its own at about the same time; {} weighed.\n",
        ui.bold(&printable(&report.a)),
        counted(report.near as u64, "number", "numbers"),
        counted(report.numbers as u64, "other number", "other numbers"),
        report.findings.len(),
    ));
    if report.findings.is_empty() {
        return text;
    }
    let heads = ["number", "log10 LR", "bounds", "occasions", "conflicts", "words"];
    let rows = report.findings.iter().take(top).map(row).collect();
    text.push('\n');
    text.push_str(&aligned(&heads, &[false, true, false, true, true, false], rows));
    text
}

fn row(pair: &PairResult) -> Vec<String> {
    let ratio = pair.log10_lr.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
    vec![
        pair.b.clone(),
        ratio,
        format!("{:.2} to {:.2}", pair.bounds.lower, pair.bounds.upper),
        pair.occasions.to_string(),
        pair.conflicts.to_string(),
        pair.verbal.clone(),
    ]
}
