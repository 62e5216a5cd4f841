//! `orochi quantity`

use std::path::PathBuf;

use orochi_analysis::quantity::{self, Exclusion, FigureRange, GramEstimate, QuantityReport};
use orochi_casework::{Inputs, Question, SettingsBook};
use orochi_model::problem::Problem;
use serde_json::{Map, Value, json};

use super::colocation::reasons;
use crate::{
    consultation::Consultation,
    exit::Done,
    export::aligned,
    progress::Steps,
    text::{counted, named, printable},
    ui::Ui,
    view::party,
};

/// Effects and things left out in the text; `--json` has all.
const SHOWN: usize = 12;

/// Estimate what weight of drugs a line's communications correspond to, by two published methods, as ranges
///
/// Customer-days: days on which a person who had received the line's bulk texts at any time started contact, times mean
/// daily consumption. Transactions: contacts on each day, confirmed by a call or text back, times deals, times weight.
/// No figure of consumption, deals or price has a default: enter each with its source. Everything that was left out is
/// listed, and every threshold and figure is shown with its effect on the result.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi quantity heron 07700900111 --daily-grams 0.3 --daily-grams-source \"survey X 2024, table 5\"
  orochi quantity heron 07700900111 --settings figures.toml --associate 07700900333 --json

figures.toml:
  daily_grams = 0.3
  daily_grams_low = 0.2
  daily_grams_high = 0.5
  daily_grams_source = \"survey X 2024, table 5\"
  deals = 2.0
  deals_source = \"statement of witness Y\"
  deal_grams = 0.15
  deal_grams_source = \"weights of wraps seized, exhibit Z\"")]
pub struct QuantityArgs {
    /// The case folder
    case: PathBuf,
    /// A number of the line, which stands for all numbers that the method succession links to it; or several numbers,
    /// which are taken as they are
    #[arg(value_parser = party, required = true)]
    line: Vec<String>,
    /// Mean consumption of a customer on a day of use, in grams of both drugs; needs --daily-grams-source
    #[arg(long, value_name = "GRAMS")]
    daily_grams: Option<f64>,
    /// Where that figure comes from
    #[arg(long, value_name = "TEXT")]
    daily_grams_source: Option<String>,
    /// A number that answers for the line, in addition to those that the method roles suggests
    #[arg(long, value_name = "NUMBER", value_parser = party)]
    associate: Vec<String>,
    /// Do not use the method roles to find who answers for the line
    #[arg(long)]
    no_roles: bool,
    /// TOML file of figures and thresholds (name = value and name_source = "text"); the names are listed under
    /// `settings` in the JSON output
    #[arg(long, value_name = "TOML")]
    settings: Option<PathBuf>,
    /// A fitted model of co-location (JSON) to use in place of the shipped one, for the method roles
    #[arg(long, value_name = "JSON")]
    model: Option<PathBuf>,
}

impl QuantityArgs {
    /// Estimates.
    pub fn run(self, ui: &Ui) -> Done {
        let book = self.book()?;
        quantity::check(&book.quantity, &book.sources)?;
        let asked = json!({
            "line": self.line,
            "associates": self.associate,
            "roles": !self.no_roles,
            "sources": book.sources,
            "model": self.model,
        });
        let inputs = Inputs::new(book)?.with_model(self.model.as_deref())?;
        let consultation = Consultation::open(ui, &self.case, quantity::METHOD, inputs, asked)?;
        let steps = Steps::new(ui);
        let investigation = consultation.investigation(&steps);
        if ui.json() {
            let asked = Question::Quantity { line: self.line, associates: self.associate, ask_roles: !self.no_roles };
            let answer = investigation.answer(&asked)?;
            steps.end();
            return ui.stream_document(&answer);
        }
        let report = investigation.quantity(investigation.line(&self.line)?, &self.associate, !self.no_roles)?;
        steps.end();
        ui.print(&text(ui, &report))
    }

    /// Settings of all methods; a figure of consumption from the command line goes before that of the file.
    fn book(&self) -> Result<SettingsBook, Problem> {
        let mut typed = Map::new();
        typed.extend(self.daily_grams.map(|grams| ("daily_grams".to_owned(), Value::from(grams))));
        typed.extend(self.daily_grams_source.clone().map(|source| ("daily_grams_source".to_owned(), source.into())));
        SettingsBook::read_with("quantity", self.settings.as_deref(), typed)
    }
}

fn text(ui: &Ui, report: &QuantityReport) -> String {
    let method = &report.method;
    let mut text = format!(
        "Method {} {}. An estimate of weight is opinion; what was counted is fact.\n",
        method.name, method.version
    );
    text.push_str(&format!("Line {}, {} to {}: ", printable(&report.line), report.period.from, report.period.to));
    text.push_str(&format!(
        "{} with data, {} without.\n",
        counted(report.period.with_data, "day", "days"),
        counted(report.period.without_data, "day", "days")
    ));
    for number in &report.numbers {
        let used = number.used.as_ref().map_or("no use seen".to_owned(), |[from, to]| format!("used {from} to {to}"));
        let under =
            if number.references.is_empty() { String::new() } else { format!(" ({})", number.references.join(", ")) };
        text.push_str(&format!(
            "  {}  {used}; own data on {}{}; {} of {} communications from its own side\n",
            printable(&number.number),
            counted(number.days, "day", "days"),
            printable(&under),
            number.own,
            number.communications
        ));
    }
    for one in &report.associates {
        text.push_str(&format!("  {}  answers for the line: {}\n", printable(&one.number), one.because));
    }
    let (days, transactions) = (&report.methods.customer_days, &report.methods.transactions);
    text.push_str(&format!("\n{}\n  {}\n", ui.bold("By customer-days"), printable(days.statement.as_str())));
    text.push_str(&estimate(days.estimate.as_ref()));
    text.push_str(&reasons(&days.reasons));
    text.push_str(&format!("\n{}\n  {}\n", ui.bold("By transactions"), printable(transactions.statement.as_str())));
    text.push_str(&estimate(transactions.estimate.as_ref()));
    text.push_str(&reasons(&transactions.reasons));
    for (heading, sentences) in
        [("Why the two differ", &report.comparison), ("Limits to be stated with these figures", &report.limits)]
    {
        text.push_str(&format!("\n{}\n", ui.bold(heading)));
        text.push_str(&sentences.iter().map(|one| format!("  {}\n", printable(one.as_str()))).collect::<String>());
    }
    text.push_str(&sensitivity(ui, report));
    text.push_str(&ledger(ui, &report.ledger));
    text
}

fn estimate(estimate: Option<&GramEstimate>) -> String {
    let Some(one) = estimate else { return String::new() };
    let mut rows = vec![row("both drugs, g", &one.grams, 0)];
    if let Some(drugs) = &one.by_drug {
        rows.extend([row("heroin, g", &drugs.heroin, 0), row("crack cocaine, g", &drugs.crack, 0)]);
    }
    rows.extend(one.pounds.as_ref().map(|pounds| row("value, £", pounds, 0)));
    let table = aligned(&["", "low", "central", "high"], &[false, true, true, true], rows);
    let mut text: String = table.lines().map(|line| format!("  {line}\n")).collect();
    for (end, harm) in [("low", &one.harm.low), ("central", &one.harm.central), ("high", &one.harm.high)] {
        text.push_str(&format!("  {end}: {}\n", harm.words));
    }
    text.push_str(&format!("  {}\n", one.harm.caveat));
    text
}

fn row(name: &str, range: &FigureRange, places: usize) -> Vec<String> {
    let figure = |value: f64| format!("{value:.places$}");
    vec![name.to_owned(), figure(range.low), figure(range.central), figure(range.high)]
}

fn sensitivity(ui: &Ui, report: &QuantityReport) -> String {
    if report.sensitivity.is_empty() {
        return String::new();
    }
    let rows = report.sensitivity.iter().take(SHOWN).map(|one| {
        vec![
            one.method.to_owned(),
            one.setting.to_owned(),
            format!("{} to {}", short(one.low), short(one.high)),
            format!("{:.0}", one.grams_at_low),
            format!("{:.0}", one.grams_at_high),
        ]
    });
    let header = ["method", "setting", "from, to", "g at low", "g at high"];
    let table = aligned(&header, &[false, false, false, true, true], rows.collect());
    format!("\n{}\n{table}", ui.bold("Largest effects of changing one setting at a time"))
}

/// Three places at most.
fn short(value: f64) -> String {
    ((value * 1_000.0).round() / 1_000.0).to_string()
}

/// What was left out, added up by reason.
fn ledger(ui: &Ui, all: &[Exclusion]) -> String {
    let mut text = format!("\n{}\n", ui.bold("Left out; --json has each number and day"));
    if all.is_empty() {
        text.push_str("  nothing\n");
    }
    for of_reason in all.chunk_by(|a, b| a.why == b.why) {
        let first = &of_reason[0];
        text.push_str(&format!(
            "  {}: {} ({}){}\n",
            counted(of_reason.len() as u64, "entry", "entries"),
            printable(first.text.as_str()),
            first.method,
            named(&first.evidence)
        ));
    }
    text
}
