//! Columns of a batch by name, and their values by row: the one place that takes a column's type apart.

use arrow::{
    array::{Array, ArrayRef, AsArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray, StringViewArray},
    compute::cast,
    datatypes::{ArrowPrimitiveType, DataType, Int32Type, TimestampMicrosecondType, UInt64Type},
};
use orochi_model::{locator::Locator, problem::Problem};

/// A text column, whichever of the engine's text types it came in.
#[derive(Clone, Debug)]
pub enum TextColumn {
    /// `Utf8`.
    Plain(StringArray),
    /// `Utf8View`.
    View(StringViewArray),
}

impl TextColumn {
    /// The text in `row`, or `None` for null.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Plain(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }

    /// The text in `row` of a column that is never null.
    pub fn value(&self, row: usize) -> &str {
        self.get(row).unwrap_or_default()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let rows = match self {
            Self::Plain(array) => array.len(),
            Self::View(array) => array.len(),
        };
        (0..rows).map(|row| self.get(row))
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Problem> {
    batch.column_by_name(name).ok_or_else(|| Problem::bug(format!("the engine returned no column {name}")))
}

fn wrong_type(name: &str, error: impl std::fmt::Display) -> Problem {
    Problem::bug(format!("column {name} has an unexpected type")).because(error)
}

/// The text column `name`.
///
/// # Errors
/// Bug kind when there is no such column, or its type is another.
pub fn texts(batch: &RecordBatch, name: &str) -> Result<TextColumn, Problem> {
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
///
/// # Errors
/// Bug kind when there is no such column, or its type is another.
pub fn dictionary<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a DictionaryArray<Int32Type>, Problem> {
    let array = column(batch, name)?;
    array
        .as_any_dictionary_opt()
        .and_then(|array| array.as_any().downcast_ref())
        .ok_or_else(|| wrong_type(name, array.data_type()))
}

/// The texts of a dictionary.
///
/// # Errors
/// Bug kind when there is no such column, or its type is another.
pub fn words(dictionary: &DictionaryArray<Int32Type>) -> Result<&StringArray, Problem> {
    let values = dictionary.values();
    values.as_string_opt::<i32>().ok_or_else(|| wrong_type("of texts", values.data_type()))
}

/// The numeric column `name`.
///
/// # Errors
/// Bug kind when there is no such column, or its type is another.
pub fn numbers<T: ArrowPrimitiveType>(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<T>, Problem> {
    let array = column(batch, name)?;
    if let Some(array) = array.as_primitive_opt::<T>() {
        return Ok(array.clone());
    }
    let array = cast(array, &T::DATA_TYPE).map_err(|e| wrong_type(name, e))?;
    array.as_primitive_opt::<T>().cloned().ok_or_else(|| wrong_type(name, T::DATA_TYPE))
}

/// The time column `name`; values are microseconds UTC.
///
/// # Errors
/// Bug kind when there is no such column, or its type is another.
pub fn times(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<TimestampMicrosecondType>, Problem> {
    numbers::<TimestampMicrosecondType>(batch, name)
}

/// The columns `exhibit`, `sheet` and `row` of a batch: where each of its rows comes from.
#[derive(Clone, Debug)]
pub struct RowColumns {
    exhibit: TextColumn,
    sheet: TextColumn,
    row: PrimitiveArray<UInt64Type>,
}

impl RowColumns {
    /// Takes them.
    ///
    /// # Errors
    /// Bug kind when there is no such column, or its type is another.
    pub fn from_batch(batch: &RecordBatch) -> Result<Self, Problem> {
        Ok(Self { exhibit: texts(batch, "exhibit")?, sheet: texts(batch, "sheet")?, row: numbers(batch, "row")? })
    }

    /// The label of the exhibit of a row of the batch.
    pub fn exhibit(&self, row: usize) -> &str {
        self.exhibit.get(row).unwrap_or_default()
    }

    /// Where a row of the batch comes from.
    pub fn get(&self, row: usize) -> Locator {
        Locator::from_columns(self.exhibit(row), self.sheet.get(row), self.row.value(row))
    }
}

/// The value in `row`, or `None` for null.
pub fn value<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    array.is_valid(row).then(|| array.value(row))
}
