//! `orochi simulate`

use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;
use orochi_simulate::{
    scenario::{self, Scenario, shipped},
    simulate::{Options, Summary, simulate},
};
use serde_json::json;

use crate::{exit::Done, progress::Progress, text::counted, ui::Ui};

/// Make up an operation: what an investigator would receive, with the truth beside it
///
/// Writes the disclosures, cell lists, subscribers, top-ups, handset histories and authorities of a made-up operation
/// into a new folder, and the truth about it into truth.json. Nobody in it exists. The same scenario and seed give the
/// same bytes on any number of threads.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi simulate small --out made-up
  orochi simulate my-scenario.toml --out made-up --seed 7 --people 20000 --days 14
  orochi simulate mixed --area --out made-up-area --json")]
pub struct SimulateArgs {
    /// A scenario file, or the name of a shipped scenario
    scenario: PathBuf,
    /// The folder to make; it must not exist or be empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The seed of all random choices
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Ordinary people, instead of the scenario's number
    #[arg(long, value_name = "N")]
    people: Option<u32>,
    /// Days, instead of the scenario's number
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// Write every record of everyone as one table, instead of disclosures
    #[arg(long)]
    area: bool,
    /// Number of threads; all of the machine's by default. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

impl SimulateArgs {
    /// Makes it up.
    pub fn run(self, ui: &Ui) -> Done {
        let scenario = read(&self.scenario)?;
        let options =
            Options { seed: self.seed, people: self.people, days: self.days, area: self.area, threads: self.threads };
        let days = u64::from(self.days.unwrap_or(scenario.window.days.value));
        let progress = Progress::new(ui, &scenario.name);
        let summary = simulate(&scenario, &options, &self.out, &|day| progress.days(u64::from(day) + 1, days))?;
        drop(progress);
        if ui.json() {
            let files: Vec<_> =
                summary.files.iter().map(|file| json!({ "file": file.file, "rows": file.rows })).collect();
            return ui.document(json!({
                "scenario": scenario.name, "seed": self.seed, "people": summary.people, "numbers": summary.sims,
                "rows": rows(&summary), "files": files, "lines": summary.lines,
            }));
        }
        ui.print(&summary_text(&scenario, self.seed, &summary, &self.out))
    }
}

/// Reads a scenario file, or a shipped scenario where there is no such file.
fn read(asked: &Path) -> Result<Scenario, Problem> {
    let shown = asked.display().to_string();
    match std::fs::read_to_string(asked) {
        Ok(text) => scenario::read(&text, &shown),
        Err(error) => match shipped::text(&shown) {
            Some(text) => scenario::read(text, &shown),
            None => {
                let names: Vec<_> = shipped::SHIPPED.iter().map(|(name, _)| *name).collect();
                Err(Problem::io("read the scenario", asked, &error)
                    .hint(format!("give a scenario file, or one of: {}", names.join(", "))))
            }
        },
    }
}

fn rows(summary: &Summary) -> u64 {
    summary.files.iter().map(|file| file.rows).sum()
}

fn summary_text(scenario: &Scenario, seed: u64, summary: &Summary, out: &Path) -> String {
    format!(
        "{}, seed {seed}: {}, {}, {}\n{} in {} written to {}\n",
        scenario.name,
        counted(u64::from(summary.people), "person", "people"),
        counted(u64::from(summary.sims), "number", "numbers"),
        counted(u64::from(summary.lines), "line", "lines"),
        counted(rows(summary), "row", "rows"),
        counted(summary.files.len() as u64, "file", "files"),
        out.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_a_file_nor_shipped_is_told_with_what_is() {
        let problem = read(Path::new("no-such-scenario")).unwrap_err();
        assert_eq!(problem.message, "cannot read the scenario");
        assert!(problem.hint.unwrap().starts_with("give a scenario file, or one of: "));
    }
}
