//! `orochi evaluate reading`

use std::{num::NonZeroUsize, path::PathBuf};

use orochi_evaluate::{
    reading::{
        figures::ReadingFigures,
        study::{Read, Study, in_words, run},
        tables,
        verdict::ReadingOutcome,
    },
    report::{document, tables::SYNTHETIC},
};
use orochi_model::problem::Problem;
use serde_json::json;

use crate::{exit::Done, progress::Progress, ui::Ui};

/// Files in the text that were not read right; `--json` has all.
const LISTED: usize = 40;

/// Score how files are read, on made-up tables that are damaged as files in the field are
///
/// Clean tables of known truth in many layouts, as text and as workbooks, are each given one to three kinds of damage,
/// read by the real reader, and compared with the truth row by row. The outcomes are: right; refused, as is allowed;
/// refused although readable; a column unread; parties, times or rows lost without notice; silently wrong. Figures are
/// over made-up files and say nothing about accuracy in the field.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi evaluate reading
  orochi evaluate reading --files 1000 --seed 7 --keep faults
  orochi evaluate reading --files 1 --first 412 --seed 7
  orochi evaluate reading --files 20000 --seed 2026 --report docs/validation/reading.md")]
pub struct EvaluateReadingArgs {
    /// Number of files
    #[arg(long, value_name = "N", default_value_t = 150)]
    files: u64,
    /// The seed of the random choices
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Number of the first file of the seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    first: u64,
    /// Write files that were not read correctly into this folder, clean and damaged
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Write the figures between the markers of this document, and the figures as JSON beside it
    #[arg(long, value_name = "MD")]
    report: Option<PathBuf>,
    /// Number of threads; all of the machine's by default. The result does not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl EvaluateReadingArgs {
    /// Makes, hurts, reads and counts.
    pub fn run(self, ui: &Ui) -> Done {
        if self.files == 0 || self.files > 10_000_000 {
            return Err(Problem::user("--files must be between 1 and 10,000,000").hint("see --help").into());
        }
        let threads = self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(2, NonZeroUsize::get);
        let progress = Progress::new(ui, "reading");
        let study = Study {
            files: self.files,
            seed: self.seed,
            first: self.first,
            threads,
            keep: self.keep.as_deref(),
            progress: &|done| progress.files(done, self.files),
        };
        let reads = run(&study)?;
        drop(progress);
        let figures = ReadingFigures::from_reads(self.seed, self.first, &reads);
        let written = match &self.report {
            Some(document) => document::write_tables(document, &tables::tables(&figures), &figures, &self.command())?,
            None => Vec::new(),
        };
        let faults: Vec<&Read> = reads.iter().filter(|read| at_fault(read)).collect();
        if ui.json() {
            return ui.document(json!({ "note": SYNTHETIC, "figures": figures, "faults": faults, "written": written }));
        }
        let listed: String = faults.iter().take(LISTED).map(|read| in_words(read)).collect();
        let more = faults.len().saturating_sub(LISTED);
        let more = if more > 0 { format!("({more} more; --json lists them)\n") } else { String::new() };
        let names: String = written.iter().map(|path| format!("written: {}\n", path.display())).collect();
        ui.print(&format!("{}\n{listed}{more}{names}", tables::tables(&figures)))
    }

    /// The command that makes the same again.
    fn command(&self) -> String {
        let first = if self.first > 0 { format!(" --first {}", self.first) } else { String::new() };
        let report = self.report.as_ref().map_or(String::new(), |path| format!(" --report {}", path.display()));
        format!("orochi evaluate reading --files {} --seed {}{first}{report}", self.files, self.seed)
    }
}

fn at_fault(read: &Read) -> bool {
    read.hurt.outcome > ReadingOutcome::Excused || read.clean.outcome != ReadingOutcome::Right
}
