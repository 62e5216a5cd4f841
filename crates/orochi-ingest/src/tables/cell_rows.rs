//! The columns of `cells`.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Float64Builder, Int16Builder, Int32Builder, StringBuilder, TimestampMicrosecondBuilder,
    UInt64Builder,
};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use orochi_tables::schema;

use super::place::Placed;
use super::some;

/// Rows of the table `cells`.
#[derive(Default)]
pub(crate) struct CellRows {
    row: UInt64Builder,
    sheet: StringBuilder,
    origin: StringBuilder,
    cell: StringBuilder,
    cell_text: StringBuilder,
    network: StringBuilder,
    radio: StringBuilder,
    site: StringBuilder,
    address: StringBuilder,
    postcode: StringBuilder,
    easting: Int32Builder,
    northing: Int32Builder,
    latitude: Float64Builder,
    longitude: Float64Builder,
    placed_by: StringBuilder,
    doubt: StringBuilder,
    azimuth: Int16Builder,
    omni: BooleanBuilder,
    range: Int32Builder,
    valid_from: TimestampMicrosecondBuilder,
    valid_to: TimestampMicrosecondBuilder,
    first_seen: TimestampMicrosecondBuilder,
    last_seen: TimestampMicrosecondBuilder,
}

/// A row of the table `cells`.
pub(crate) struct CellRow<'c> {
    pub(crate) row: u64,
    pub(crate) sheet: Option<&'c str>,
    pub(crate) origin: &'c str,
    pub(crate) cell: &'c str,
    pub(crate) cell_text: &'c str,
    pub(crate) network: &'c str,
    pub(crate) radio: &'c str,
    pub(crate) site: &'c str,
    pub(crate) address: &'c str,
    pub(crate) placed: &'c Placed,
    pub(crate) range: Option<i32>,
    pub(crate) valid: (Option<i64>, Option<i64>),
    pub(crate) seen: Option<(i64, i64)>,
}

impl CellRows {
    pub(crate) fn push(&mut self, cell: &CellRow<'_>) {
        let placed = cell.placed;
        self.row.append_value(cell.row);
        self.sheet.append_option(cell.sheet);
        self.origin.append_value(cell.origin);
        self.cell.append_value(cell.cell);
        self.cell_text.append_option(some(cell.cell_text));
        self.network.append_option(some(cell.network));
        self.radio.append_option(some(cell.radio));
        self.site.append_option(some(cell.site));
        self.address.append_option(some(cell.address));
        self.postcode.append_option(placed.postcode.as_deref());
        self.easting.append_option(placed.easting);
        self.northing.append_option(placed.northing);
        self.latitude.append_option(placed.latitude);
        self.longitude.append_option(placed.longitude);
        self.placed_by.append_option(placed.placed_by);
        self.doubt.append_option(placed.doubt.as_deref());
        self.azimuth.append_option(placed.azimuth);
        self.omni.append_value(placed.omni);
        self.range.append_option(cell.range);
        self.valid_from.append_option(cell.valid.0);
        self.valid_to.append_option(cell.valid.1);
        self.first_seen.append_option(cell.seen.map(|seen| seen.0));
        self.last_seen.append_option(cell.seen.map(|seen| seen.1));
    }

    pub(crate) fn finish(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let stamp =
            |builder: &mut TimestampMicrosecondBuilder| -> ArrayRef { Arc::new(builder.finish().with_timezone("UTC")) };
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.sheet.finish()),
            Arc::new(self.origin.finish()),
            Arc::new(self.cell.finish()),
            Arc::new(self.cell_text.finish()),
            Arc::new(self.network.finish()),
            Arc::new(self.radio.finish()),
            Arc::new(self.site.finish()),
            Arc::new(self.address.finish()),
            Arc::new(self.postcode.finish()),
            Arc::new(self.easting.finish()),
            Arc::new(self.northing.finish()),
            Arc::new(self.latitude.finish()),
            Arc::new(self.longitude.finish()),
            Arc::new(self.placed_by.finish()),
            Arc::new(self.doubt.finish()),
            Arc::new(self.azimuth.finish()),
            Arc::new(self.omni.finish()),
            Arc::new(self.range.finish()),
            stamp(&mut self.valid_from),
            stamp(&mut self.valid_to),
            stamp(&mut self.first_seen),
            stamp(&mut self.last_seen),
        ];
        if columns[0].is_empty() {
            return Ok(None);
        }
        RecordBatch::try_new(schema::cells(), columns).map(Some)
    }
}
