//! `orochi line`

use std::path::PathBuf;

use orochi_case::{
    decision::{Choice, Decision, Resolution},
    line::CaseLine,
};
use orochi_model::identifier;
use serde_json::json;

use crate::{case_session, exit::Done, export::aligned, period, ui::Ui};

/// Record what you decide about lines: a stable id, a name, numbers with their periods
///
/// Methods find numbers; a person decides which of them are one line. Each decision is kept with its author, time and
/// reason, and can be taken back by a later one. No method alters a decision.
#[derive(Debug, clap::Subcommand)]
pub enum LineCommand {
    List(ListArgs),
    New(NewArgs),
    Number(NumberArgs),
    Rename(RenameArgs),
    Show(ShowArgs),
    Undo(UndoArgs),
}

/// Why, and on what a decision rests.
#[derive(Debug, clap::Args)]
struct DecisionGround {
    /// Why; it goes into the log
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The exhibit that the decision rests on
    #[arg(long, value_name = "EXHIBIT")]
    source: Option<String>,
}

impl DecisionGround {
    fn resolution(self, choice: Choice) -> Resolution {
        Resolution { choice, reason: self.reason, exhibit: self.source }
    }
}

/// Open a line under the next free id
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi line new heron --name Gee --reason 'Named in the messages of EX0004' --source EX0004")]
pub struct NewArgs {
    /// The case folder
    case: PathBuf,
    /// What the line is called
    #[arg(long, value_name = "TEXT")]
    name: String,
    #[command(flatten)]
    ground: DecisionGround,
}

/// State that a number belongs to a line, for a period or throughout
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi line number heron LN0001 07700900111 --to 2025-02-16 --reason 'Rank 1 of orochi lines'
  orochi line number heron LN0001 07700900222 --from 2025-02-17 --reason 'Announced by text on 17 February'")]
pub struct NumberArgs {
    /// The case folder
    case: PathBuf,
    /// The line, for example LN0001
    line: String,
    /// The number
    #[arg(value_parser = identifier::read)]
    number: String,
    /// First day (or time) at which it belongs to the line; open unless given
    #[arg(long, value_name = "DATE")]
    from: Option<period::From>,
    /// Last day, that day included (or the time at which it ends); open unless given
    #[arg(long, value_name = "DATE")]
    to: Option<period::To>,
    #[command(flatten)]
    ground: DecisionGround,
}

/// Give a line another name
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  orochi line rename heron LN0001 --name 'Gee 2' --reason 'So named since March'")]
pub struct RenameArgs {
    /// The case folder
    case: PathBuf,
    /// The line, for example LN0001
    line: String,
    /// Its new name
    #[arg(long, value_name = "TEXT")]
    name: String,
    #[command(flatten)]
    ground: DecisionGround,
}

/// Take back a decision about a line; both decisions stay in the case
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  orochi line undo heron LN0001 3 --reason 'The number was misread'")]
pub struct UndoArgs {
    /// The case folder
    case: PathBuf,
    /// The line, for example LN0001
    line: String,
    /// The decision's number, as `orochi line show` lists it
    decision: u64,
    #[command(flatten)]
    ground: DecisionGround,
}

/// List the lines of a case
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi line list heron")]
pub struct ListArgs {
    /// The case folder
    case: PathBuf,
}

/// Show a line and every decision about it
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  orochi line show heron LN0001")]
pub struct ShowArgs {
    /// The case folder
    case: PathBuf,
    /// The line, for example LN0001
    line: String,
}

impl LineCommand {
    /// Does it.
    pub fn run(self, ui: &Ui) -> Done {
        match self {
            Self::New(args) => {
                let case = case_session::open(ui, &args.case)?;
                let line = case.open_line(&args.name, &args.ground.reason, args.ground.source.as_deref())?;
                after(ui, &line)
            }
            Self::Number(args) => {
                let (from_us, to_us) = (args.from.map(|from| from.0), args.to.map(|to| to.0));
                let choice = Choice::AddNumber { number: args.number, from_us, to_us };
                decide(ui, &args.case, &args.line, args.ground.resolution(choice))
            }
            Self::Rename(args) => {
                let choice = Choice::RenameLine { name: args.name.trim().to_owned() };
                decide(ui, &args.case, &args.line, args.ground.resolution(choice))
            }
            Self::Undo(args) => {
                let choice = Choice::Undo { decision: args.decision };
                decide(ui, &args.case, &args.line, args.ground.resolution(choice))
            }
            Self::List(args) => args.run(ui),
            Self::Show(args) => args.run(ui),
        }
    }
}

fn decide(ui: &Ui, folder: &std::path::Path, line: &str, resolution: Resolution) -> Done {
    let case = case_session::open(ui, folder)?;
    after(ui, &case.decide(line, resolution)?)
}

/// The line after a decision.
fn after(ui: &Ui, line: &CaseLine) -> Done {
    if ui.json() {
        return ui.document(json!(line));
    }
    if line.name.is_empty() {
        return ui.print(&format!("{} is no longer a line; its id is not given again\n", line.line));
    }
    ui.print(&line_table(std::slice::from_ref(line)))
}

impl ListArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        case_session::consult(&case, "line list", json!({}))?;
        let lines = case.lines()?;
        if ui.json() {
            return ui.document(json!({ "lines": lines }));
        }
        if lines.is_empty() {
            ui.note("Nobody has opened a line in this case: `orochi line new` does.");
            return Ok(());
        }
        ui.print(&line_table(&lines))
    }
}

impl ShowArgs {
    fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        case_session::consult(&case, "line show", json!({ "line": self.line }))?;
        let (line, decisions) = case.line(&self.line)?;
        if ui.json() {
            return ui.document(json!({ "line": line, "decisions": decisions }));
        }
        let table = line_table(std::slice::from_ref(&line));
        ui.print(&format!("{table}\n{}", decision_table(&decisions)))
    }
}

/// The lines, a row for each number.
fn line_table(lines: &[CaseLine]) -> String {
    let mut rows = Vec::new();
    for line in lines {
        let cell = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let numbers = line.numbers.iter().map(|number| [number.number.clone(), cell(&number.from), cell(&number.to)]);
        let numbers: Vec<[String; 3]> = match line.numbers.is_empty() {
            true => vec![["-", "-", "-"].map(str::to_owned)],
            false => numbers.collect(),
        };
        for [number, from, to] in numbers {
            rows.push(vec![line.line.clone(), line.name.clone(), number, from, to]);
        }
    }
    aligned(&["line", "name", "number", "from", "before"], &[], rows)
}

fn decision_table(decisions: &[Decision]) -> String {
    let rows = decisions.iter().map(|decision| {
        let undone = decision.undone_by.map(|by| by.to_string()).unwrap_or_default();
        vec![
            decision.decision.to_string(),
            decision.decided.clone(),
            decision.actor.name.clone(),
            decision.choice.words(),
            decision.reason.clone(),
            decision.exhibit.clone().unwrap_or_default(),
            undone,
        ]
    });
    let heads = ["decision", "decided", "by", "what", "reason", "source", "taken back by"];
    aligned(&heads, &[], rows.collect())
}
