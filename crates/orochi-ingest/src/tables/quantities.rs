//! Lengths of time and volumes of data, in the unit and with the decimal mark of their column.

use orochi_layout::field::Field;
use orochi_layout::mapping::{Mapping, Volume};
use orochi_layout::notation::Notation;
use orochi_model::absence::{is_absent, is_blank};
use orochi_model::quantity::{read_span, read_volume};

use super::Fault;

/// Reads quantities of one mapping.
pub(crate) struct Quantities {
    duration: Notation,
    ring: Notation,
    up: Notation,
    down: Notation,
}

impl Quantities {
    pub(crate) fn new(mapping: &Mapping) -> Self {
        Self {
            duration: mapping.notation(Field::Duration),
            ring: mapping.notation(Field::Ring),
            up: mapping.notation(Field::Up),
            down: mapping.notation(Field::Down),
        }
    }

    /// Whole seconds; none when the cell says nothing. `-1` is how networks write that there is no length.
    pub(crate) fn seconds(&self, field: Field, text: &str) -> Result<Option<i32>, Fault> {
        if is_blank(text) || (text.starts_with('-') && is_absent(text)) {
            return Ok(None);
        }
        let notation = if field == Field::Ring { self.ring } else { self.duration };
        read_span(text, notation.span, notation.comma).map(Some).map_err(|error| Fault::new(field, text, error.0))
    }

    /// Whole kilobytes; none when the cell says nothing.
    pub(crate) fn kilobytes(&self, field: Field, text: &str, unit: Volume) -> Result<Option<i64>, Fault> {
        if is_blank(text) || (text.starts_with('-') && is_absent(text)) {
            return Ok(None);
        }
        let notation = if field == Field::Up { self.up } else { self.down };
        read_volume(text, unit, notation.comma).map(Some).map_err(|error| Fault::new(field, text, error.0))
    }
}
