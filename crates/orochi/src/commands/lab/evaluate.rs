//! `orochi evaluate`

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use orochi_analysis::lines::LineWeights;
use orochi_casework::{SettingsBook, Watch};
use orochi_evaluate::{
    conditions::LinesOptions,
    counts_cache::CountsCache,
    fit,
    report::{
        document,
        misses::{Miss, misses},
        plots, tables,
    },
    seeds::Seeds,
    study::Plan,
    summary::Summary,
};
use orochi_model::problem::Problem;
use serde_json::json;

use super::{
    evaluate_applications, evaluate_attribution, evaluate_colocation, evaluate_quantity, evaluate_reading,
    evaluate_succession,
};
use crate::{exit::Done, export::aligned, progress::Steps, ui::Ui};

/// Misses in the text; `--json` has all.
const LISTED: usize = 60;

/// Score a method on simulated operations whose truth is known
///
/// `lines`: takes a simulated folder into a training case, runs the method with everybody's data, with the targets'
/// data alone and with three customers' data alone, over the first 3, 7, 14 and 28 days, and compares the findings with
/// the folder's truth.json. For each seed, a scenario is simulated, scored and deleted again. `applications`: begins
/// with three customers of each line, repeatedly makes the application that the method puts first, and counts how many
/// are needed to reach the line's present number and its holder; a folder must have everybody's data in full.
/// `succession`: which pairs of numbers it links, under the conditions of `lines`. `attribution`: whose phone it puts
/// first in each spell of a line, from the targets' disclosures. `colocation`: likelihood ratios of ordinary people's
/// two phones, fitted on one half of the people and tried on the other. `quantity`: whether the weight that a line sold
/// lies in the range given; needs --settings with figures and their sources. Figures are over made-up operations and
/// say nothing about accuracy in the field. `orochi evaluate reading` scores how files are read.
#[derive(Debug, clap::Args)]
#[command(subcommand_negates_reqs = true, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "Examples:
  orochi evaluate simulated
  orochi evaluate scenarios/mixed.toml --seeds 50 --out study --report docs/validation/lines.md
  orochi evaluate scenarios/mixed.toml --seeds 101..120 --fit lines-weights.toml
  orochi evaluate scenarios/mixed.toml --method applications --seeds 50 --out study --report \
  docs/validation/applications.md
  orochi evaluate scenarios/mixed.toml --people 3000 --method succession --seeds 50 --out study --report \
  docs/validation/succession.md
  orochi evaluate scenarios/registrations.toml --method colocation --seeds 21..70 --report \
  docs/validation/colocation.md")]
pub struct EvaluateArgs {
    #[command(subcommand)]
    subject: Option<Subject>,
    /// Simulated folders, and scenarios (TOML) to simulate
    #[arg(required = true)]
    what: Vec<PathBuf>,
    /// The method to score
    #[arg(long, value_name = "METHOD", value_enum, default_value_t = ScoredMethod::Lines)]
    method: ScoredMethod,
    /// Seeds to simulate each scenario with: 50 for 1 to 50, 101..120, 3,7,20..25
    #[arg(long, default_value = "1")]
    seeds: Seeds,
    /// Number of people, in place of the scenario's
    #[arg(long, value_name = "N")]
    people: Option<u32>,
    /// Number of days, in place of the scenario's
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// Thresholds of the method to change, as TOML: name = value
    #[arg(long, value_name = "TOML")]
    pub(super) settings: Option<PathBuf>,
    /// Weights of the score to use in place of the shipped ones, as TOML
    #[arg(long, value_name = "TOML")]
    pub(super) weights: Option<PathBuf>,
    /// Keep the counts in this folder: an interrupted study can be continued, and other weights need no new simulation
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write plots (SVG) into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "fit")]
    pub(super) plots: Option<PathBuf>,
    /// Write the figures between the markers of this document, and the figures as JSON and plots (for lines) beside it
    #[arg(long, value_name = "MD", conflicts_with = "fit")]
    pub(super) report: Option<PathBuf>,
    /// Fit weights to the folders and scenarios named and write them to this file, instead of scoring
    #[arg(long, value_name = "TOML")]
    pub(super) fit: Option<PathBuf>,
    /// With --fit, for lines: the share of lines that the score presumes
    #[arg(long, value_name = "SHARE", default_value_t = 0.055, requires = "fit")]
    prior: f64,
    /// With --fit: how strongly weights are kept near the assumed ones
    #[arg(long, value_name = "PENALTY", default_value_t = 300.0, requires = "fit")]
    penalty: f64,
    /// Number of threads; all of the machine's by default. The result does not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// What is no method and can be scored.
#[derive(Debug, clap::Subcommand)]
enum Subject {
    Reading(evaluate_reading::EvaluateReadingArgs),
}

/// A method that can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ScoredMethod {
    /// Which numbers are lines.
    Lines,
    /// What to apply for next.
    #[value(alias = "next")]
    Applications,
    /// Which number continues another one's line.
    Succession,
    /// Who may have had a line's phone.
    #[value(alias = "attribute")]
    Attribution,
    /// Whether one person carried two phones.
    #[value(alias = "colocate")]
    Colocation,
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
        if self.method == ScoredMethod::Applications {
            return evaluate_applications::run(ui, &self, &plan);
        }
        if self.method == ScoredMethod::Succession {
            return evaluate_succession::run(ui, &self, &plan);
        }
        if self.method == ScoredMethod::Colocation {
            return evaluate_colocation::run(ui, &self, &plan);
        }
        if self.method == ScoredMethod::Attribution {
            return evaluate_attribution::run(ui, &self, &plan.disclosed());
        }
        if self.method == ScoredMethod::Quantity {
            return evaluate_quantity::run(ui, &self, &plan.disclosed());
        }
        let options = self.options()?;
        let steps = Steps::new(ui);
        let telling = |step: &str| steps.begin(step);
        let kept = self.out.as_deref().map(|folder| CountsCache::open(folder, plan.counting(&options))).transpose()?;
        if let Some(path) = &self.fit {
            let weights = plan.fit(kept.as_ref(), &options, &self.how()?, &self.command(), &telling)?;
            drop(steps);
            return fitted(ui, path, &weights.write()?, &weights.made.how);
        }
        let head = plan.head(&options)?;
        let rows = plan.score(kept.as_ref(), &options, &telling)?;
        drop(steps);
        let summary = Summary::from_rows(&head, &rows);
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

    fn options(&self) -> Result<LinesOptions, Problem> {
        let settings = SettingsBook::read("lines", self.settings.as_deref())?.lines;
        let weights = match &self.weights {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|error| Problem::io("read the weights", path, &error))?;
                LineWeights::read(&text).map_err(|problem| problem.at(path.display()))?
            }
            None => LineWeights::shipped()?.clone(),
        };
        Ok(LinesOptions { settings, weights, threads: self.threads() })
    }

    /// As many as given, else as the machine has.
    pub(super) fn threads(&self) -> usize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(2, NonZeroUsize::get)
    }

    pub(super) fn how(&self) -> Result<fit::FitOptions, Problem> {
        if !(self.prior > 0.0 && self.prior < 1.0 && self.penalty > 0.0 && self.penalty.is_finite()) {
            return Err(Problem::user("--prior must be between 0 and 1, and --penalty above 0").hint("see --help"));
        }
        Ok(fit::FitOptions { prior: self.prior, penalty: self.penalty })
    }

    /// The command that makes the same again, without where results were kept meanwhile.
    pub(super) fn command(&self) -> String {
        let mut words = vec!["orochi evaluate".to_owned()];
        words.extend(self.what.iter().map(|path| path.display().to_string()));
        let mut option =
            |name: &str, value: Option<String>| words.extend(value.map(|value| format!("--{name} {value}")));
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let method = match self.method {
            ScoredMethod::Lines => None,
            ScoredMethod::Applications => Some("applications"),
            ScoredMethod::Succession => Some("succession"),
            ScoredMethod::Attribution => Some("attribution"),
            ScoredMethod::Colocation => Some("colocation"),
            ScoredMethod::Quantity => Some("quantity"),
        };
        option("method", method.map(str::to_owned));
        option("seeds", (self.seeds.0 != [1]).then(|| self.seeds.to_string()));
        option("people", self.people.map(|n| n.to_string()));
        option("days", self.days.map(|n| n.to_string()));
        option("settings", path(&self.settings));
        option("weights", path(&self.weights));
        option("report", path(&self.report));
        option("fit", path(&self.fit));
        option("prior", (self.fit.is_some() && self.method == ScoredMethod::Lines).then(|| self.prior.to_string()));
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
