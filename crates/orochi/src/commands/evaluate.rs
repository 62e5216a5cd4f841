//! `orochi evaluate`

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use orochi_analysis::lines::LineWeights;
use orochi_casework::{SettingsBook, Watch};
use orochi_evaluate::{
    counted::Kept,
    fit,
    report::{
        document,
        misses::{Miss, misses},
        plots, tables,
    },
    run::Options,
    seeds::Seeds,
    study::Plan,
    summary::Summary,
};
use orochi_model::problem::Problem;
use serde_json::json;

use super::{
    evaluate_attribute, evaluate_colocate, evaluate_next, evaluate_quantity, evaluate_reading, evaluate_succession,
};
use crate::{export::aligned, progress::Steps, stop::Done, ui::Ui};

/// Misses in the text; `--json` has all.
const LISTED: usize = 60;

/// Score a method on simulated operations of which the truth is known
///
/// `lines`: takes a simulated folder into a training case of its own and runs the method with everybody's data, with
/// the targets' alone and with three customers' alone, over the first 3, 7, 14 and 28 days; compares with the folder's
/// truth.json. A scenario is simulated, scored and deleted again for each seed. `next`: begins with three customers of
/// each line and makes the application that the method puts first, again and again, and counts how many it takes to the
/// line's present number and its holder; a folder must have everything of everybody. `succession`: as `lines`, which
/// pairs of numbers it links. `attribute`: whose phone it puts first in each spell of a line's, from the targets'
/// disclosures. `colocate`: likelihood ratios of ordinary people's two phones, fitted on one half of the people and
/// tried on the other. `quantity`: whether the weight that a line sold lies in the range given; needs --settings with
/// figures and their sources. Figures are over made-up operations and say nothing about accuracy in the field.
/// `orochi evaluate reading` scores how files are read.
#[derive(Debug, clap::Args)]
#[command(subcommand_negates_reqs = true, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "Examples:
  orochi evaluate simulated
  orochi evaluate scenarios/mixed.toml --seeds 50 --out study --report docs/validation/lines.md
  orochi evaluate scenarios/mixed.toml --seeds 101..120 --fit lines-weights.toml
  orochi evaluate scenarios/mixed.toml --method next --seeds 50 --out study --report docs/validation/next.md
  orochi evaluate scenarios/mixed.toml --people 3000 --method succession --seeds 50 --out study --report \
  docs/validation/succession.md
  orochi evaluate scenarios/registrations.toml --method colocate --seeds 21..70 --report docs/validation/colocate.md")]
pub struct EvaluateArgs {
    #[command(subcommand)]
    subject: Option<Subject>,
    /// Simulated folders, and scenarios (TOML) to simulate
    #[arg(required = true)]
    what: Vec<PathBuf>,
    /// The method to score
    #[arg(long, value_name = "METHOD", value_enum, default_value_t = Scored::Lines)]
    method: Scored,
    /// Seeds to simulate each scenario with: 50 for 1 to 50, 101..120, 3,7,20..25
    #[arg(long, default_value = "1")]
    seeds: Seeds,
    /// So many people in place of a scenario's
    #[arg(long, value_name = "N")]
    people: Option<u32>,
    /// So many days in place of a scenario's
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// Thresholds of the method to change, as TOML: name = value
    #[arg(long, value_name = "TOML")]
    pub(super) settings: Option<PathBuf>,
    /// Weights of the score in place of the shipped ones, as TOML
    #[arg(long, value_name = "TOML")]
    pub(super) weights: Option<PathBuf>,
    /// Keep what was counted in this folder: an interrupted study goes on, and other weights need no new simulation
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write plots (SVG) into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "fit")]
    pub(super) plots: Option<PathBuf>,
    /// Write figures between the markers of this document, with figures as JSON and plots (of lines) beside it
    #[arg(long, value_name = "MD", conflicts_with = "fit")]
    pub(super) report: Option<PathBuf>,
    /// Fit weights to what is named and write them to this file, in place of scoring
    #[arg(long, value_name = "TOML")]
    pub(super) fit: Option<PathBuf>,
    /// With --fit, of lines: the share of lines that the score presumes
    #[arg(long, value_name = "SHARE", default_value_t = 0.055, requires = "fit")]
    prior: f64,
    /// With --fit: how strongly weights are held near those assumed
    #[arg(long, value_name = "PENALTY", default_value_t = 300.0, requires = "fit")]
    penalty: f64,
    /// Threads to work with; all of the machine's unless given. The result does not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// What is no method and can be scored.
#[derive(Debug, clap::Subcommand)]
enum Subject {
    Reading(evaluate_reading::ReadingArgs),
}

/// A method that can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Scored {
    /// Which numbers are lines.
    Lines,
    /// What to apply for next.
    Next,
    /// Which number continues another one's line.
    Succession,
    /// Who may have had a line's phone.
    Attribute,
    /// Whether one person carried two phones.
    Colocate,
    /// What a line's communications correspond to.
    Quantity,
}

impl EvaluateArgs {
    /// Scores or fits.
    pub fn run(self, ui: &Ui) -> Done {
        ui.mark(true);
        if let Some(Subject::Reading(args)) = self.subject {
            return args.run(ui);
        }
        let plan = Plan::new(&self.what, &self.seeds, self.people, self.days)?;
        if self.method == Scored::Next {
            return evaluate_next::run(ui, &self, &plan);
        }
        if self.method == Scored::Succession {
            return evaluate_succession::run(ui, &self, &plan);
        }
        if self.method == Scored::Colocate {
            return evaluate_colocate::run(ui, &self, &plan);
        }
        if self.method == Scored::Attribute {
            return evaluate_attribute::run(ui, &self, &plan.disclosed());
        }
        if self.method == Scored::Quantity {
            return evaluate_quantity::run(ui, &self, &plan.disclosed());
        }
        let options = self.options()?;
        let steps = Steps::new(ui);
        let telling = |step: &str| steps.begin(step);
        let kept = self.out.as_deref().map(|folder| Kept::open(folder, plan.counting(&options))).transpose()?;
        if let Some(path) = &self.fit {
            let weights = plan.fit(kept.as_ref(), &options, &self.how()?, &self.command(), &telling)?;
            drop(steps);
            return fitted(ui, path, &weights.write()?, &weights.made.how);
        }
        let head = plan.head(&options)?;
        let rows = plan.score(kept.as_ref(), &options, &telling)?;
        drop(steps);
        let summary = Summary::of(&head, &rows);
        let mut written = Vec::new();
        if let Some(folder) = &self.plots {
            written.extend(plots::write(folder, "lines-", &summary)?);
        }
        if let Some(document) = &self.report {
            written.extend(document::write(document, &summary, &self.command())?);
        }
        let misses = misses(&rows);
        if ui.json() {
            return ui.document(
                json!({ "note": tables::SYNTHETIC, "summary": summary, "misses": misses, "written": written }),
            );
        }
        let names: String = written.iter().map(|path| format!("written: {}\n", path.display())).collect();
        ui.print(&format!("{}\n{}{names}", tables::tables(&summary), listed(&misses)))
    }

    fn options(&self) -> Result<Options, Problem> {
        let settings = SettingsBook::read("lines", self.settings.as_deref())?.lines;
        let weights = match &self.weights {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|error| Problem::io("read the weights", path, &error))?;
                LineWeights::read(&text).map_err(|problem| problem.at(path.display()))?
            }
            None => LineWeights::shipped()?.clone(),
        };
        Ok(Options { settings, weights, threads: self.threads() })
    }

    /// As many as given, else as the machine has.
    pub(super) fn threads(&self) -> usize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(2, NonZeroUsize::get)
    }

    pub(super) fn how(&self) -> Result<fit::Options, Problem> {
        if !(self.prior > 0.0 && self.prior < 1.0 && self.penalty > 0.0 && self.penalty.is_finite()) {
            return Err(Problem::user("--prior must lie between 0 and 1, and --penalty above 0").hint("see --help"));
        }
        Ok(fit::Options { prior: self.prior, penalty: self.penalty })
    }

    /// The command that makes the same again, without where results were kept meanwhile.
    pub(super) fn command(&self) -> String {
        let mut words = vec!["orochi evaluate".to_owned()];
        words.extend(self.what.iter().map(|path| path.display().to_string()));
        let mut option =
            |name: &str, value: Option<String>| words.extend(value.map(|value| format!("--{name} {value}")));
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let method = match self.method {
            Scored::Lines => None,
            Scored::Next => Some("next"),
            Scored::Succession => Some("succession"),
            Scored::Attribute => Some("attribute"),
            Scored::Colocate => Some("colocate"),
            Scored::Quantity => Some("quantity"),
        };
        option("method", method.map(str::to_owned));
        option("seeds", (self.seeds.0 != [1]).then(|| self.seeds.to_string()));
        option("people", self.people.map(|n| n.to_string()));
        option("days", self.days.map(|n| n.to_string()));
        option("settings", path(&self.settings));
        option("weights", path(&self.weights));
        option("report", path(&self.report));
        option("fit", path(&self.fit));
        option("prior", (self.fit.is_some() && self.method == Scored::Lines).then(|| self.prior.to_string()));
        option("penalty", self.fit.is_some().then(|| self.penalty.to_string()));
        words.join(" ")
    }
}

/// Writes fitted weights.
pub(super) fn fitted(ui: &Ui, path: &Path, text: &str, how: &str) -> Done {
    std::fs::write(path, text).map_err(|error| Problem::io("write", path, &error))?;
    if ui.json() {
        return ui.document(json!({ "note": tables::SYNTHETIC, "written": path, "how": how, "weights": text }));
    }
    ui.print(&format!("{text}\nwritten: {}\n", path.display()))
}

/// What was not found and what was flagged wrongly, over the longest windows first.
fn listed(misses: &[Miss]) -> String {
    if misses.is_empty() {
        return "Every line with enough data was found and nothing else was flagged.\n".to_owned();
    }
    let mut order: Vec<&Miss> = misses.iter().collect();
    order.sort_by_key(|miss| (std::cmp::Reverse(miss.days), miss.held));
    let cell = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let rows = order.iter().take(LISTED).map(|miss| {
        vec![
            miss.folder.clone(),
            miss.held.words().to_owned(),
            miss.days.to_string(),
            miss.what.to_owned(),
            miss.which.clone(),
            miss.number.clone(),
            format!("{:.2}", miss.score),
            cell(miss.rank),
            cell(miss.received.map(u64::from)),
        ]
    });
    let header = ["folder", "held", "days", "what", "which", "number", "score", "rank", "received"];
    let right = [false, false, true, false, false, false, true, true, true];
    let more = misses.len().saturating_sub(LISTED);
    let more = if more > 0 { format!("({more} more; --json lists them)\n") } else { String::new() };
    format!("{}{more}", aligned(&header, &right, rows.collect()))
}
