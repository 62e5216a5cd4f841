//! How methods reach tables: SQL in, record batches out.
//!
//! Methods know no files and no threads; they ask for batches and count. Batches may come in any order unless the SQL
//! says `ORDER BY`, so nothing that is reported may rest on their order.

use std::sync::Arc;

use arrow::array::RecordBatch;
use datafusion::{datasource::MemTable, prelude::SessionContext};
use orochi_case::{Block, Cancellation, literal};
use orochi_model::problem::Problem;
pub(crate) use orochi_tables::columns::{RowColumns, TextColumn, dictionary, numbers, texts, times, value, words};

/// Called with each batch of a result.
pub type EachBatch<'a> = &'a mut dyn FnMut(RecordBatch) -> Result<(), Problem>;

/// A place to run SQL over a case's tables.
pub trait Tables {
    /// Runs `sql` and hands over each batch of the result as it comes, without holding the whole.
    ///
    /// # Errors
    /// When the statement fails, or the first error that `each` returns.
    fn stream(&self, sql: &str, each: EachBatch<'_>) -> Result<(), Problem>;

    /// The records block by block, for passes over all of them on all processors.
    ///
    /// # Errors
    /// When they cannot be read.
    fn blocks(&self) -> Result<Vec<Block>, Problem>;

    /// Runs `sql` over the view `presences` of some records only: those of the table `records` of another session.
    ///
    /// # Errors
    /// As [`Tables::stream`].
    fn stream_in(&self, session: &SessionContext, sql: &str, each: EachBatch<'_>) -> Result<(), Problem>;

    /// What ends the work before its end: passes in plain Rust look at it from time to time, since no query does it for
    /// them. Never raised unless the tables say otherwise.
    fn cancellation(&self) -> Cancellation {
        Cancellation::default()
    }
}

/// A session of which the only table is `records`, with these.
pub(crate) fn session_of(records: Vec<RecordBatch>) -> Result<Option<SessionContext>, Problem> {
    let Some(first) = records.first() else { return Ok(None) };
    let bug = |error| Problem::bug("records cannot be asked again").because(error);
    let table = MemTable::try_new(first.schema(), vec![records]).map_err(bug)?;
    let session = SessionContext::new();
    session.register_table("records", Arc::new(table)).map_err(bug)?;
    Ok(Some(session))
}

/// An instant of a table (microseconds UTC) as RFC 3339.
pub(crate) fn rfc3339(us: i64) -> Result<String, Problem> {
    let at = jiff::Timestamp::from_microsecond(us)
        .map_err(|e| Problem::data("an event's start is outside the calendar").because(e))?;
    Ok(at.to_string())
}

/// Names as a list for SQL's IN; `NULL` for none, which is in nothing.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(literal).collect();
    if names.is_empty() { "NULL".to_owned() } else { names.join(", ") }
}
