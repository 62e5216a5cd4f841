//! What becomes of each numbered row of text.

use std::collections::BTreeMap;

use arrow::record_batch::RecordBatch;
use orochi_formats::rows::Row;
use orochi_layout::mapping::Mapping;
use orochi_model::problem::Problem;

use crate::survey::Survey;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in its table.
    Record,
    /// It is in `excess`.
    Excess,
    /// It is in `rejects`.
    Reject,
    /// It is no row of the table: empty, a repeated header, a total at the foot. Counted apart; not a row of data.
    Note,
}

/// Turns the rows of one block into columns. A reader sees one block only, so that blocks can be read on any core; what
/// it returns depends on the block and its plan alone.
pub trait TableReader: Send {
    /// Takes one row.
    fn read(&mut self, row: Row<'_>) -> Verdict;

    /// The block's columns, and an empty reader for the next block.
    ///
    /// # Errors
    /// Only when columns cannot be assembled, which is a bug.
    fn finish(&mut self) -> Result<BlockTables, arrow::error::ArrowError>;
}

/// The columns of one block.
#[derive(Debug, Default)]
pub struct BlockTables {
    /// Batches by table name (see [`orochi_tables::schema::exhibit_tables`]), without `cells` met in records.
    pub tables: Vec<(&'static str, RecordBatch)>,
    /// Distinct cells met in communications rows (table `cells`, `origin` = `record`); [`crate::pipeline`]
    /// merges them over blocks.
    pub cells_met: Option<RecordBatch>,
    /// Values left out or mended in rows that were kept: what was done, in words, and in how many rows.
    pub doubts: BTreeMap<String, u64>,
    /// What only the whole of the rows can tell.
    pub survey: Survey,
    /// Content keys of the block's records, in row order: equal keys are repeated rows.
    pub keys: Vec<u64>,
}

/// How the rows of one native file (or one sheet of it) were disposed of. `rows = records + rejects + excess`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Rows of data.
    pub rows: u64,
    /// Rows in their table.
    pub records: u64,
    /// Rows that could not be read.
    pub rejects: u64,
    /// Rows outside the authorities.
    pub excess: u64,
    /// Lines that are no rows of data: empty, repeated headers, totals.
    pub notes: u64,
}

impl Tally {
    /// Counts one row.
    pub fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Record => self.records += 1,
            Verdict::Excess => self.excess += 1,
            Verdict::Reject => self.rejects += 1,
            Verdict::Note => {
                self.notes += 1;
                return;
            }
        }
        self.rows += 1;
    }

    /// Adds the counts of another block or sheet.
    pub fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.records += other.records;
        self.rejects += other.rejects;
        self.excess += other.excess;
        self.notes += other.notes;
    }
}

/// How the rows of one sheet become a table. Made of a layout in [`crate::plan`], used by [`crate::pipeline`].
pub trait TablePlan: Send + Sync {
    /// Profile name and version, or `proposed`.
    fn profile(&self) -> String;
    /// Number of the first row after preamble and header; rows before it are not handed to readers.
    fn first_data_row(&self) -> u64;
    /// A reader for one block of rows.
    fn reader<'a>(&'a self, scope: &'a orochi_model::authority::Scope) -> Box<dyn TableReader + 'a>;
    /// Distinct targets the preamble states, canonical.
    fn targets(&self) -> Vec<String>;
    /// The layout it is made of, to be kept with the exhibit; none for plans that tests make by hand.
    fn mapping(&self) -> Option<&Mapping> {
        None
    }
    /// Columns that no field takes, as headed.
    fn unmapped(&self) -> Vec<String>;
    /// What a reader of the result should know, in words.
    fn remarks(&self) -> Vec<String>;
    /// Judges the table by what all of its rows showed; none when nothing is to be said.
    ///
    /// # Errors
    /// User kind when the rows contradict each other, with the rows.
    fn review(&self, _survey: &Survey) -> Result<Option<Review>, Problem> {
        Ok(None)
    }
}

/// A plan after all rows were seen.
pub struct Review {
    /// The plan with what is to be said.
    pub plan: Box<dyn TablePlan>,
    /// Whether the rows are to be read again by it.
    pub again: bool,
}

/// What is to be done with a sheet.
pub enum Disposition {
    /// Take its rows in.
    Take(Box<dyn TablePlan>),
    /// Leave it out (a cover sheet, a glossary, a second view of the same events), and why.
    Leave(String),
}
