//! The two Parquet files of the method, written a block at a time.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Int32Builder, StringBuilder, TimestampMicrosecondBuilder, UInt32Builder, UInt64Builder};
use orochi_model::problem::Problem;
use orochi_tables::schema;

use crate::sink::ParquetSink;

const BLOCK: usize = 65_536;

/// Where a record stands.
#[derive(Clone, Copy)]
pub(super) struct RecordPlace<'a> {
    pub exhibit: &'a str,
    pub sheet: Option<&'a str>,
    pub row: u64,
}

/// One event, in the words of the schema.
pub(super) struct EventRow<'a> {
    pub event: u64,
    pub kind: &'a str,
    pub a: Option<&'a str>,
    pub b: Option<&'a str>,
    pub c: Option<&'a str>,
    pub start: i64,
    pub start_alt: Option<i64>,
    pub end: Option<i64>,
    pub duration_s: Option<i32>,
    pub outcome: Option<&'static str>,
    pub sides: &'a str,
    pub records: u32,
    pub doubt: Option<&'static str>,
    pub place: RecordPlace<'a>,
}

fn time_builder() -> TimestampMicrosecondBuilder {
    TimestampMicrosecondBuilder::new().with_data_type(schema::timestamp())
}

#[derive(Default)]
struct PlaceColumns {
    exhibit: StringBuilder,
    sheet: StringBuilder,
    row: UInt64Builder,
}

impl PlaceColumns {
    fn push(&mut self, place: RecordPlace<'_>) {
        self.exhibit.append_value(place.exhibit);
        self.sheet.append_option(place.sheet);
        self.row.append_value(place.row);
    }

    fn columns(&mut self) -> [ArrayRef; 3] {
        [Arc::new(self.exhibit.finish()), Arc::new(self.sheet.finish()), Arc::new(self.row.finish())]
    }
}

pub(super) struct EventWriter {
    events: ParquetSink,
    links: ParquetSink,
    event: UInt64Builder,
    kind: StringBuilder,
    a: StringBuilder,
    b: StringBuilder,
    c: StringBuilder,
    start: TimestampMicrosecondBuilder,
    start_alt: TimestampMicrosecondBuilder,
    end: TimestampMicrosecondBuilder,
    duration_s: Int32Builder,
    outcome: StringBuilder,
    sides: StringBuilder,
    records: UInt32Builder,
    doubt: StringBuilder,
    places: PlaceColumns,
    link_event: UInt64Builder,
    link_places: PlaceColumns,
    held: usize,
    links_held: usize,
}

impl EventWriter {
    pub(super) fn create(folder: &Path) -> Result<Self, Problem> {
        Ok(Self {
            events: ParquetSink::create(folder.join(super::EVENTS_FILE), schema::events())?,
            links: ParquetSink::create(folder.join(super::LINKS_FILE), schema::event_records())?,
            event: UInt64Builder::new(),
            kind: StringBuilder::new(),
            a: StringBuilder::new(),
            b: StringBuilder::new(),
            c: StringBuilder::new(),
            start: time_builder(),
            start_alt: time_builder(),
            end: time_builder(),
            duration_s: Int32Builder::new(),
            outcome: StringBuilder::new(),
            sides: StringBuilder::new(),
            records: UInt32Builder::new(),
            doubt: StringBuilder::new(),
            places: PlaceColumns::default(),
            link_event: UInt64Builder::new(),
            link_places: PlaceColumns::default(),
            held: 0,
            links_held: 0,
        })
    }

    pub(super) fn event(&mut self, row: &EventRow<'_>) -> Result<(), Problem> {
        self.event.append_value(row.event);
        self.kind.append_value(row.kind);
        self.a.append_option(row.a);
        self.b.append_option(row.b);
        self.c.append_option(row.c);
        self.start.append_value(row.start);
        self.start_alt.append_option(row.start_alt);
        self.end.append_option(row.end);
        self.duration_s.append_option(row.duration_s);
        self.outcome.append_option(row.outcome);
        self.sides.append_value(row.sides);
        self.records.append_value(row.records);
        self.doubt.append_option(row.doubt);
        self.places.push(row.place);
        self.held += 1;
        if self.held >= BLOCK { self.write_events() } else { Ok(()) }
    }

    pub(super) fn link(&mut self, event: u64, place: RecordPlace<'_>) -> Result<(), Problem> {
        self.link_event.append_value(event);
        self.link_places.push(place);
        self.links_held += 1;
        if self.links_held >= BLOCK { self.write_links() } else { Ok(()) }
    }

    fn write_events(&mut self) -> Result<(), Problem> {
        self.held = 0;
        let [exhibit, sheet, row] = self.places.columns();
        self.events.write(vec![
            Arc::new(self.event.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.a.finish()),
            Arc::new(self.b.finish()),
            Arc::new(self.c.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.start_alt.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.duration_s.finish()),
            Arc::new(self.outcome.finish()),
            Arc::new(self.sides.finish()),
            Arc::new(self.records.finish()),
            Arc::new(self.doubt.finish()),
            exhibit,
            sheet,
            row,
        ])
    }

    fn write_links(&mut self) -> Result<(), Problem> {
        self.links_held = 0;
        let [exhibit, sheet, row] = self.link_places.columns();
        self.links.write(vec![Arc::new(self.link_event.finish()), exhibit, sheet, row])
    }

    pub(super) fn finish(mut self) -> Result<(), Problem> {
        self.write_events()?;
        self.write_links()?;
        self.events.finish()?;
        self.links.finish()
    }
}
