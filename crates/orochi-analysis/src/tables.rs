//! How methods reach tables: SQL in, record batches out.
//!
//! Methods know no files and no threads; they ask for batches and count. Batches may come in any order unless the SQL
//! says `ORDER BY`, so nothing that is reported may rest on their order.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray, StringViewArray,
};
use arrow::compute::cast;
use arrow::datatypes::{ArrowPrimitiveType, DataType, Int32Type, TimestampMicrosecondType, UInt64Type};
use datafusion::{datasource::MemTable, prelude::SessionContext};
use orochi_case::{Block, literal};
use orochi_model::{evidence::Evidence, problem::Problem};

use crate::views;

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
}

impl Tables for orochi_case::engine::Engine {
    fn stream(&self, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        for batch in Self::stream(self, sql)? {
            each(batch?)?;
        }
        Ok(())
    }

    fn blocks(&self) -> Result<Vec<Block>, Problem> {
        Self::blocks(self)
    }

    fn stream_in(&self, session: &SessionContext, sql: &str, each: EachBatch<'_>) -> Result<(), Problem> {
        let bug = |error| Problem::bug("presences of some records cannot be asked for").because(error);
        self.block_on(views::register_presences(session))?;
        let frame = self.block_on(session.sql(sql)).map_err(bug)?;
        for batch in self.run(frame)? {
            each(batch?)?;
        }
        Ok(())
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

/// A text column, whichever of the engine's text types it came in.
#[derive(Clone, Debug)]
pub(crate) enum TextColumn {
    Plain(StringArray),
    View(StringViewArray),
}

impl TextColumn {
    /// The text in `row`, or `None` for null.
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Plain(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Problem> {
    batch.column_by_name(name).ok_or_else(|| Problem::bug(format!("the engine returned no column {name}")))
}

fn wrong_type(name: &str, error: impl std::fmt::Display) -> Problem {
    Problem::bug(format!("column {name} has an unexpected type")).because(error)
}

/// The text column `name`.
pub(crate) fn texts(batch: &RecordBatch, name: &str) -> Result<TextColumn, Problem> {
    let array = column(batch, name)?;
    match array.data_type() {
        DataType::Utf8 => Ok(TextColumn::Plain(array.as_string::<i32>().clone())),
        DataType::Utf8View => Ok(TextColumn::View(array.as_string_view().clone())),
        // Dictionary columns come from the exhibit, which is a folder's name and not a column of the file.
        _ => {
            let plain = cast(array, &DataType::Utf8).map_err(|e| wrong_type(name, e))?;
            Ok(TextColumn::Plain(plain.as_string::<i32>().clone()))
        }
    }
}

/// The text column `name` of a block.
pub(crate) fn dictionary<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a DictionaryArray<Int32Type>, Problem> {
    let array = column(batch, name)?;
    array
        .as_any_dictionary_opt()
        .and_then(|array| array.as_any().downcast_ref())
        .ok_or_else(|| wrong_type(name, array.data_type()))
}

/// The texts of a dictionary.
pub(crate) fn words(dictionary: &DictionaryArray<Int32Type>) -> Result<&StringArray, Problem> {
    let values = dictionary.values();
    values.as_string_opt::<i32>().ok_or_else(|| wrong_type("of texts", values.data_type()))
}

/// The numeric column `name`.
pub(crate) fn numbers<T: ArrowPrimitiveType>(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<T>, Problem> {
    let array = column(batch, name)?;
    if let Some(array) = array.as_primitive_opt::<T>() {
        return Ok(array.clone());
    }
    let array = cast(array, &T::DATA_TYPE).map_err(|e| wrong_type(name, e))?;
    array.as_primitive_opt::<T>().cloned().ok_or_else(|| wrong_type(name, T::DATA_TYPE))
}

/// The time column `name`; values are microseconds UTC.
pub(crate) fn times(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<TimestampMicrosecondType>, Problem> {
    numbers::<TimestampMicrosecondType>(batch, name)
}

/// The columns `exhibit`, `sheet` and `row` of a batch.
pub(crate) struct RowColumns {
    exhibit: TextColumn,
    sheet: TextColumn,
    row: PrimitiveArray<UInt64Type>,
}

impl RowColumns {
    /// Takes them.
    pub(crate) fn from_batch(batch: &RecordBatch) -> Result<Self, Problem> {
        Ok(Self { exhibit: texts(batch, "exhibit")?, sheet: texts(batch, "sheet")?, row: numbers(batch, "row")? })
    }

    /// The label of the exhibit of a row of the batch.
    pub(crate) fn exhibit(&self, row: usize) -> &str {
        self.exhibit.get(row).unwrap_or_default()
    }

    /// Where a row of the batch comes from.
    pub(crate) fn get(&self, row: usize) -> Evidence {
        Evidence {
            exhibit: self.exhibit(row).to_owned(),
            sheet: self.sheet.get(row).map(str::to_owned),
            row: self.row.value(row),
        }
    }
}

/// Names as a list for SQL's IN; `NULL` for none, which is in nothing.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(literal).collect();
    if names.is_empty() { "NULL".to_owned() } else { names.join(", ") }
}

/// The value in `row`, or `None` for null.
pub(crate) fn value<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    array.is_valid(row).then(|| array.value(row))
}
