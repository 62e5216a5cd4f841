//! Postcode positions.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Int32Builder, StringBuilder, UInt64Builder};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use orochi_geo::postcode::read_postcode;
use orochi_model::quantity::{Comma, read_number};
use orochi_tables::schema;

use super::rejects::Rejects;
use super::{Columns, Fault, is_note, surplus};
use crate::rows::{BlockTables, TableReader, Verdict};
use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// Reads one block.
pub struct Postcodes<'a> {
    mapping: &'a Mapping,
    columns: Columns,
    row: UInt64Builder,
    sheet: StringBuilder,
    postcode: StringBuilder,
    quality: Int32Builder,
    easting: Int32Builder,
    northing: Int32Builder,
    rejects: Rejects,
}

impl<'a> Postcodes<'a> {
    /// A reader.
    pub fn new(mapping: &'a Mapping) -> Self {
        Self {
            mapping,
            columns: Columns::new(mapping),
            row: UInt64Builder::default(),
            sheet: StringBuilder::default(),
            postcode: StringBuilder::default(),
            quality: Int32Builder::default(),
            easting: Int32Builder::default(),
            northing: Int32Builder::default(),
            rejects: Rejects::default(),
        }
    }

    fn take(&mut self, row: Row<'_>) -> Result<(), Fault> {
        let get = |field: Field| self.columns.get(field, row.cells);
        let metres = |field: Field| {
            let text = get(field);
            let value = read_number(text, Comma::Thousands).filter(|metres| (0.0..1_300_000.0).contains(metres));
            value
                .map(|metres| metres.round() as i32)
                .ok_or_else(|| Fault::new(field, text, "is not a grid coordinate in metres"))
        };
        let text = get(Field::Postcode);
        let mut postcode = String::new();
        read_postcode(text, &mut postcode).map_err(|error| Fault::new(Field::Postcode, text, error.0))?;
        let (easting, northing) = (metres(Field::StartEasting)?, metres(Field::StartNorthing)?);
        if easting == 0 && northing == 0 {
            // Code-Point Open gives 0,0 to postcodes it cannot place.
            return Err(Fault::new(Field::StartEasting, "0", "the postcode has no position"));
        }
        self.row.append_value(row.number);
        self.sheet.append_option(self.mapping.sheet.as_deref());
        self.postcode.append_value(&postcode);
        self.quality.append_option(get(Field::Quality).parse().ok());
        self.easting.append_value(easting);
        self.northing.append_value(northing);
        Ok(())
    }
}

impl TableReader for Postcodes<'_> {
    fn read(&mut self, row: Row<'_>) -> Verdict {
        if is_note(row, self.mapping) {
            return Verdict::Note;
        }
        match surplus(row, self.mapping).and_then(|()| self.take(row)) {
            Ok(()) => Verdict::Record,
            Err(fault) => self.rejects.take(row, self.mapping, &fault),
        }
    }

    fn finish(&mut self) -> Result<BlockTables, ArrowError> {
        let mut block = BlockTables::default();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.sheet.finish()),
            Arc::new(self.postcode.finish()),
            Arc::new(self.quality.finish()),
            Arc::new(self.easting.finish()),
            Arc::new(self.northing.finish()),
        ];
        if !columns[0].is_empty() {
            block.tables.push(("postcodes", RecordBatch::try_new(schema::postcodes(), columns)?));
        }
        self.rejects.finish(&mut block)?;
        Ok(block)
    }
}
