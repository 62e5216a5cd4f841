//! JSON written piece by piece.

use std::io::Write;

use orochi_model::problem::Problem;
use serde_json::Value;

use crate::atomic_output::unwritten;

/// One value and a line end.
pub(crate) fn line(out: &mut dyn Write, value: &Value) -> Result<(), Problem> {
    serde_json::to_writer(&mut *out, value).map_err(unwritten)?;
    out.write_all(b"\n").map_err(unwritten)
}

/// A list inside a document: its items one a line, with commas between.
pub(crate) struct List<'a> {
    out: &'a mut dyn Write,
    begun: bool,
    pub(crate) written: u64,
}

impl<'a> List<'a> {
    /// Begins after `head`, which ends in `[`.
    pub(crate) fn begin(out: &'a mut dyn Write, head: &str) -> Result<Self, Problem> {
        out.write_all(head.as_bytes()).map_err(unwritten)?;
        Ok(Self { out, begun: false, written: 0 })
    }

    /// Writes one item.
    pub(crate) fn push(&mut self, value: &Value) -> Result<(), Problem> {
        self.out.write_all(if self.begun { b",\n" } else { b"\n" }).map_err(unwritten)?;
        self.begun = true;
        self.written += 1;
        serde_json::to_writer(&mut *self.out, value).map_err(unwritten)
    }

    /// Ends with `tail`, which begins with `]`.
    pub(crate) fn end(self, tail: &str) -> Result<(), Problem> {
        self.out.write_all(b"\n").and_then(|()| self.out.write_all(tail.as_bytes())).map_err(unwritten)
    }
}

/// Takes empty and null members out of an object.
pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().filter(|(_, value)| !value.is_null()).collect()),
        other => other,
    }
}
