//! Columns of a batch by name, and their values by row.

use arrow::{
    array::{Array, AsArray, PrimitiveArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::{ArrowPrimitiveType, DataType},
};
use orochi_model::problem::Problem;

/// Text, or none for null.
pub(crate) fn get(array: &StringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}

/// A value, or none for null.
pub(crate) fn value<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    array.is_valid(row).then(|| array.value(row))
}

fn missing(name: &str) -> Problem {
    Problem::bug(format!("the engine returned no column {name} of the type expected"))
}

/// The text column `name`.
pub(crate) fn texts(batch: &RecordBatch, name: &str) -> Result<StringArray, Problem> {
    let array = batch.column_by_name(name).ok_or_else(|| missing(name))?;
    let plain = cast(array, &DataType::Utf8).map_err(|error| missing(name).because(error))?;
    Ok(plain.as_string::<i32>().clone())
}

/// The numeric or time column `name`; times are microseconds UTC.
pub(crate) fn numbers<T: ArrowPrimitiveType>(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<T>, Problem> {
    let array = batch.column_by_name(name).ok_or_else(|| missing(name))?;
    if let Some(array) = array.as_primitive_opt::<T>() {
        return Ok(array.clone());
    }
    let array = cast(array, &T::DATA_TYPE).map_err(|error| missing(name).because(error))?;
    array.as_primitive_opt::<T>().cloned().ok_or_else(|| missing(name))
}
