//! `orochi pack`

use std::path::PathBuf;

use orochi_analysis::quantity;
use orochi_case::Action;
use orochi_casework::{Inputs, Investigation, SettingsBook, registry};
use orochi_evidence::pack::{self, Document, Made, Stamp, Study};
use orochi_model::problem::Problem;
use serde_json::json;

use crate::{case_session, exit::Done, export::aligned, period, progress::Steps, text::count, ui::Ui, view::party};

/// Make the documents of one line for a court: profile, sequence of events, attribution, maps, applications,
/// methods, how files were read
///
/// Each document is a tagged PDF with the case's reference, the marking, the program's version and the audit log's head
/// on every page. Facts and opinion are in separate sections, and evidence against is shown beside evidence for. A
/// document whose data is missing says so. The same case gives the same bytes. Making a pack is itself logged, so a
/// second pack carries a later head.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi pack heron --line 07700900222 --out heron-pack
  orochi pack heron --line 07700900222 --from 2025-02-17 --to 2025-02-23 --out week-3
  orochi pack heron --line 07700900222 --documents profile,sequence --out served")]
pub struct PackArgs {
    /// The case folder
    case: PathBuf,
    /// A number of the line, which stands for all numbers that the method succession links to it; if given more than
    /// once, the numbers are taken as they are
    #[arg(long, value_name = "NUMBER", value_parser = party, required = true)]
    line: Vec<String>,
    /// The folder to make; it appears whole or not at all
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only communications from this date or time on (British civil time unless an offset is given)
    #[arg(long, value_name = "DATE")]
    from: Option<period::From>,
    /// Only communications up to this date, the day included, or before this time
    #[arg(long, value_name = "DATE")]
    to: Option<period::To>,
    /// Only these documents, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = document)]
    documents: Vec<Document>,
    /// Figures and thresholds of the method quantity, with their sources, as TOML (see orochi quantity --help); without
    /// a consumption figure the pack gives no weight
    #[arg(long, value_name = "TOML")]
    quantity: Option<PathBuf>,
    /// A folder of thresholds, one TOML file for each method (lines.toml, attribution.toml, …)
    #[arg(long, value_name = "DIR", conflicts_with = "quantity")]
    settings: Option<PathBuf>,
    /// A fitted model of co-location (JSON) to use in place of the shipped one
    #[arg(long, value_name = "JSON")]
    model: Option<PathBuf>,
}

fn document(word: &str) -> Result<Document, String> {
    Document::ALL.iter().copied().find(|document| document.word() == word).ok_or_else(|| {
        let words: Vec<&str> = Document::ALL.iter().map(|document| document.word()).collect();
        format!("the documents are: {}", words.join(", "))
    })
}

impl PackArgs {
    /// Makes them.
    pub fn run(self, ui: &Ui) -> Done {
        let inputs = Inputs::new(self.book()?)?.with_model(self.model.as_deref())?;
        let case = case_session::open(ui, &self.case)?;
        let documents = if self.documents.is_empty() { Document::ALL.to_vec() } else { self.documents.clone() };
        // Before the pack is noted: its pages carry the head of all that came before it.
        let stamp = Stamp::from_case(&case)?;
        let words: Vec<&str> = documents.iter().map(|document| document.word()).collect();
        let time = |us: i64| jiff::Timestamp::from_microsecond(us).map(|at| at.to_string()).unwrap_or_default();
        case.log(
            Action::Disclose,
            "pack",
            json!({
                "line": self.line,
                "out": self.out,
                "documents": words,
                "from": self.from.map(|from| time(from.0)),
                "before": self.to.map(|to| time(to.0)),
                "model": self.model,
                "quantity": self.quantity,
                "settings": self.settings,
                "methods": inputs.book.noted(&registry::names()),
                "sources": inputs.book.sources,
                "head": stamp.head,
            }),
        )?;
        let engine = case_session::engine(&case)?;
        let steps = Steps::new(ui);
        let investigation = Investigation::new(&case, &engine, inputs, &steps);
        let period = (self.from.map(|from| from.0), self.to.map(|to| to.0));
        let mut study = Study::from_investigation(&investigation, &self.line, period)?;
        for one in &study.unknown {
            ui.warn(&format!("{} {}", one.words, one.hint));
        }
        // Of a number without a communication there is nothing to count; the documents say so.
        if investigation.book().has_figures() && !study.numbers.is_empty() {
            let numbers = study.numbers.iter().map(|one| one.number.clone()).collect();
            study.quantity = Some(investigation.quantity(numbers, &[], true)?);
        }
        if documents.contains(&Document::Reading) {
            study.read()?;
        }
        let made = pack::make(&study, &stamp, &documents, &self.out)?;
        steps.end();
        if ui.json() {
            return ui.document(json!({
                "out": self.out,
                "line": study.numbers.iter().map(|one| &one.number).collect::<Vec<_>>(),
                "head": stamp.head,
                "files": made,
            }));
        }
        ui.print(&self.text(&made))
    }

    /// Settings of all methods, checked before anything is read.
    fn book(&self) -> Result<SettingsBook, Problem> {
        let mut book = SettingsBook::read("quantity", self.quantity.as_deref())?;
        if let Some(dir) = &self.settings {
            book.take_folder(dir)?;
        }
        if self.quantity.is_some() || book.has_figures() {
            quantity::check(&book.quantity, &book.sources)?;
        }
        Ok(book)
    }

    fn text(&self, made: &[Made]) -> String {
        let number = |n: Option<usize>| n.map(|n| count(n as u64)).unwrap_or_default();
        let rows = made.iter().map(|one| vec![one.file.clone(), number(one.pages), number(one.rows)]).collect();
        let mut text = format!("{}\n\n", self.out.display());
        text.push_str(&aligned(&["file", "pages", "rows"], &[false, true, true], rows));
        for one in made {
            for missing in &one.missing {
                text.push_str(&format!("{}: {missing}\n", one.file));
            }
        }
        text
    }
}
