//! Columns of the engine's batches by name and type.

use arrow::{
    array::{Array, ArrayRef, AsArray, Int32Array, PrimitiveArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::{ArrowPrimitiveType, DataType, TimestampMicrosecondType, UInt64Type},
};
use orochi_model::{evidence::Evidence, problem::Problem};

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Problem> {
    batch.column_by_name(name).ok_or_else(|| Problem::bug(format!("the engine returned no column {name}")))
}

/// A text column.
pub(super) fn texts(batch: &RecordBatch, name: &str) -> Result<StringArray, Problem> {
    let wrong = |cause: String| Problem::bug(format!("column {name} is not text")).because(cause);
    let array = cast(column(batch, name)?, &DataType::Utf8).map_err(|error| wrong(error.to_string()))?;
    array.as_string_opt::<i32>().cloned().ok_or_else(|| wrong("not text".to_owned()))
}

/// A column of numbers.
pub(super) fn numbers<T: ArrowPrimitiveType>(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<T>, Problem> {
    let wrong = |cause: String| Problem::bug(format!("column {name} has another type")).because(cause);
    let array = column(batch, name)?;
    if let Some(array) = array.as_primitive_opt::<T>() {
        return Ok(array.clone());
    }
    let array = cast(array, &T::DATA_TYPE).map_err(|error| wrong(error.to_string()))?;
    array.as_primitive_opt::<T>().cloned().ok_or_else(|| wrong(T::DATA_TYPE.to_string()))
}

/// A column of instants, microseconds UTC.
pub(super) fn times(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<TimestampMicrosecondType>, Problem> {
    numbers::<TimestampMicrosecondType>(batch, name)
}

/// The text in a row; none for null.
pub(super) fn text(array: &StringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}

/// The number in a row; none for null.
pub(super) fn number<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    array.is_valid(row).then(|| array.value(row))
}

/// Seconds.
pub(super) fn seconds(batch: &RecordBatch, name: &str) -> Result<Int32Array, Problem> {
    numbers(batch, name)
}

/// The columns `exhibit`, `sheet` and `row`.
pub(super) struct RowColumns {
    exhibit: StringArray,
    sheet: StringArray,
    row: PrimitiveArray<UInt64Type>,
}

impl RowColumns {
    /// Takes them.
    pub(super) fn from_batch(batch: &RecordBatch) -> Result<Self, Problem> {
        Ok(Self { exhibit: texts(batch, "exhibit")?, sheet: texts(batch, "sheet")?, row: numbers(batch, "row")? })
    }

    /// Where a row of the batch comes from.
    pub(super) fn get(&self, at: usize) -> Evidence {
        Evidence {
            exhibit: text(&self.exhibit, at).unwrap_or_default().to_owned(),
            sheet: text(&self.sheet, at).map(str::to_owned),
            row: self.row.value(at),
        }
    }
}
