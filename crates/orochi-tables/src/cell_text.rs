//! The cells of an Arrow column as text, looked up once a column and not once a cell.

use std::fmt::Write as _;

use arrow::{
    array::{Array, ArrayRef, AsArray},
    datatypes::{
        DataType, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimeUnit, TimestampMicrosecondType,
        UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
    util::display::{ArrayFormatter, FormatOptions},
};
use orochi_model::problem::Problem;

/// What kind of value a cell holds; decides quoting and alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Null,
    /// A number, written as JSON writes numbers.
    Number,
    /// A result that is no number (`NaN`, `inf`), for which JSON has no form.
    NotANumber,
    /// `true` or `false`.
    Boolean,
    /// Text; times are RFC 3339 in UTC.
    Text,
}

/// One column of one batch.
pub struct ColumnText<'a> {
    array: &'a ArrayRef,
    other: Option<ArrayFormatter<'a>>,
}

const OPTIONS: FormatOptions<'static> = FormatOptions::new();

impl<'a> ColumnText<'a> {
    /// Looks at the column.
    ///
    /// # Errors
    /// Bug kind for a type that cannot be written as text.
    pub fn new(array: &'a ArrayRef) -> Result<Self, Problem> {
        let known = matches!(
            array.data_type(),
            DataType::Utf8
                | DataType::LargeUtf8
                | DataType::Utf8View
                | DataType::Boolean
                | DataType::Int8
                | DataType::Int16
                | DataType::Int32
                | DataType::Int64
                | DataType::UInt8
                | DataType::UInt16
                | DataType::UInt32
                | DataType::UInt64
                | DataType::Float64
                | DataType::Timestamp(TimeUnit::Microsecond, _)
        );
        let other = if known {
            None
        } else {
            let formatter = ArrayFormatter::try_new(array.as_ref(), &OPTIONS);
            Some(formatter.map_err(|error| Problem::bug("a column cannot be written as text").because(error))?)
        };
        Ok(Self { array, other })
    }

    /// Appends the value of a row to `out`.
    pub fn write(&self, row: usize, out: &mut String) -> Shape {
        let array = self.array;
        if array.is_null(row) || matches!(array.data_type(), DataType::Null) {
            return Shape::Null;
        }
        macro_rules! number {
            ($kind:ty) => {{
                let _ = write!(out, "{}", array.as_primitive::<$kind>().value(row));
                Shape::Number
            }};
        }
        match array.data_type() {
            DataType::Utf8 => out.push_str(array.as_string::<i32>().value(row)),
            DataType::LargeUtf8 => out.push_str(array.as_string::<i64>().value(row)),
            DataType::Utf8View => out.push_str(array.as_string_view().value(row)),
            DataType::Boolean => {
                out.push_str(if array.as_boolean().value(row) { "true" } else { "false" });
                return Shape::Boolean;
            }
            DataType::Int8 => return number!(Int8Type),
            DataType::Int16 => return number!(Int16Type),
            DataType::Int32 => return number!(Int32Type),
            DataType::Int64 => return number!(Int64Type),
            DataType::UInt8 => return number!(UInt8Type),
            DataType::UInt16 => return number!(UInt16Type),
            DataType::UInt32 => return number!(UInt32Type),
            DataType::UInt64 => return number!(UInt64Type),
            DataType::Float64 => {
                let value = array.as_primitive::<Float64Type>().value(row);
                let _ = write!(out, "{value}");
                return if value.is_finite() { Shape::Number } else { Shape::NotANumber };
            }
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                let value = array.as_primitive::<TimestampMicrosecondType>().value(row);
                write_time(value, out);
            }
            kind => {
                if let Some(formatter) = &self.other {
                    let _ = write!(out, "{}", formatter.value(row));
                }
                if matches!(kind, DataType::Float32 | DataType::Float16 | DataType::Decimal128(..)) {
                    return Shape::Number;
                }
            }
        }
        Shape::Text
    }
}

/// Appends microseconds UTC as RFC 3339, for example `2024-03-01T09:30:00Z`; outside the calendar, their number.
pub fn write_time(us: i64, out: &mut String) {
    match jiff::Timestamp::from_microsecond(us) {
        Ok(time) => {
            let _ = write!(out, "{time}");
        }
        Err(_) => {
            let _ = write!(out, "{us}");
        }
    }
}

/// Microseconds UTC as [`write_time`] writes them.
pub fn time_text(us: i64) -> String {
    let mut text = String::new();
    write_time(us, &mut text);
    text
}

/// Whether values of a type line up at the right.
pub fn is_number(kind: &DataType) -> bool {
    kind.is_numeric()
}
