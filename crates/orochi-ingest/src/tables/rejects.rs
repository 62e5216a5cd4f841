//! Rows that could not be read, kept whole.

use arrow::array::{ArrayRef, StringBuilder, UInt64Builder};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use orochi_tables::schema;
use std::sync::Arc;

use super::{Fault, is_note};
use crate::rows::{BlockTables, Verdict};
use orochi_formats::rows::Row;
use orochi_layout::mapping::Mapping;

/// Most of a row's text that is kept, in characters.
const LINE: usize = 4_000;

/// Collects rejects of one block.
#[derive(Default)]
pub(crate) struct Rejects {
    row: UInt64Builder,
    sheet: StringBuilder,
    column: StringBuilder,
    text: StringBuilder,
    reason: StringBuilder,
    line: StringBuilder,
}

impl Rejects {
    /// Takes a row that could not be read: a note when nothing in it could be evidence, a reject otherwise.
    pub(crate) fn take(&mut self, row: Row<'_>, mapping: &Mapping, fault: &Fault) -> Verdict {
        if is_note(row, mapping) {
            return Verdict::Note;
        }
        self.row.append_value(row.number);
        self.sheet.append_option(mapping.sheet.as_deref());
        match fault.field.and_then(|field| mapping.heading(field)) {
            Some(heading) => self.column.append_value(heading.trim()),
            None => self.column.append_null(),
        }
        if fault.field.is_some() {
            self.text.append_value(&fault.text)
        } else {
            self.text.append_null()
        }
        self.reason.append_value(&fault.reason);
        let mut line = row.cells.join(",");
        if let Some((cut, _)) = line.char_indices().nth(LINE) {
            line.truncate(cut);
        }
        self.line.append_value(&line);
        Verdict::Reject
    }

    /// Adds the rejects to the block's tables.
    pub(crate) fn finish(&mut self, block: &mut BlockTables) -> Result<(), ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.sheet.finish()),
            Arc::new(self.column.finish()),
            Arc::new(self.text.finish()),
            Arc::new(self.reason.finish()),
            Arc::new(self.line.finish()),
        ];
        if !columns[0].is_empty() {
            block.tables.push(("rejects", RecordBatch::try_new(schema::rejects(), columns)?));
        }
        Ok(())
    }
}
