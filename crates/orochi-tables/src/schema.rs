//! The columns of every table, in order. Files on disk, views in the engine and exports all use these names.
//!
//! Tables made from one native file (an *exhibit*) do not carry the exhibit's label: the case gives it when the exhibit
//! is committed, and the engine adds it as the column `exhibit`. That way nothing has to be rewritten when
//! two files arrive at once.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

/// Microseconds since 1970, UTC.
pub fn timestamp() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

fn table(fields: &[(&str, DataType, bool)]) -> SchemaRef {
    Arc::new(Schema::new(
        fields.iter().map(|(name, kind, null)| Field::new(*name, kind.clone(), *null)).collect::<Vec<_>>(),
    ))
}

const NULL: bool = true;
const SET: bool = false;

/// One row per communications row as disclosed.
///
/// `side` is whose record it is: `A` caller, `B` called, `C` forwarded-to, null when the file does not say. `imsi`,
/// `imei` (first 14 digits) and the cells belong to that party. `a`, `b`, `c` are canonical party texts (see
/// `orochi_model::party`); null means withheld or absent. `kind` is `call`, `text`, `mms`, `data` or `other`; `outcome`
/// is `answered`, `missed`, `voicemail`, `diverted` or null. `start_alt` is the second candidate of a start in the
/// repeated hour of October. `key` is a hash of the row's content without its row number: equal keys are repeated rows.
pub fn records() -> SchemaRef {
    use DataType::{Int32, Int64, UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("kind", Utf8, SET),
        ("side", Utf8, NULL),
        ("target", Utf8, NULL),
        ("a", Utf8, NULL),
        ("b", Utf8, NULL),
        ("c", Utf8, NULL),
        ("a_text", Utf8, NULL),
        ("b_text", Utf8, NULL),
        ("c_text", Utf8, NULL),
        ("start", timestamp(), SET),
        ("start_alt", timestamp(), NULL),
        ("end", timestamp(), NULL),
        ("start_text", Utf8, SET),
        ("zone", Utf8, SET),
        ("duration_s", Int32, NULL),
        ("ring_s", Int32, NULL),
        ("outcome", Utf8, NULL),
        ("imsi", Utf8, NULL),
        ("imei", Utf8, NULL),
        ("imei_text", Utf8, NULL),
        ("other_imei", Utf8, NULL),
        ("start_cell", Utf8, NULL),
        ("end_cell", Utf8, NULL),
        ("apn", Utf8, NULL),
        ("up_kb", Int64, NULL),
        ("down_kb", Int64, NULL),
        ("network", Utf8, NULL),
        ("key", UInt64, SET),
    ])
}

/// Excess data: a record's columns and why it is excess.
pub fn excess() -> SchemaRef {
    let mut fields: Vec<_> = records().fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new("reason", DataType::Utf8, SET)));
    Arc::new(Schema::new(fields))
}

/// Rows that could not be read: where, what stood there, why, and the whole row's text (cut at 4,000 characters).
pub fn rejects() -> SchemaRef {
    use DataType::{UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("column", Utf8, NULL),
        ("text", Utf8, NULL),
        ("reason", Utf8, SET),
        ("line", Utf8, SET),
    ])
}

/// Cells from a cell list (`origin` = `list`, one row per listed row) or met in communications rows (`origin` =
/// `record`, one row per distinct cell and site in the exhibit; `row` is the first row it was met in).
///
/// `cell` is the canonical id (see `orochi_model::cell`). `placed_by` says what the position rests on: `grid` (easting
/// and northing), `grid reference`, `latitude and longitude`, `postcode`, or null when it could not be placed. `doubt`
/// says in words what is odd about the position (swapped, far from its postcode). `azimuth` is 0 to 359 degrees, null
/// when blank or omnidirectional.
pub fn cells() -> SchemaRef {
    use DataType::{Boolean, Float64, Int16, Int32, UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("origin", Utf8, SET),
        ("cell", Utf8, SET),
        ("cell_text", Utf8, NULL),
        ("network", Utf8, NULL),
        ("radio", Utf8, NULL),
        ("site", Utf8, NULL),
        ("address", Utf8, NULL),
        ("postcode", Utf8, NULL),
        ("easting", Int32, NULL),
        ("northing", Int32, NULL),
        ("latitude", Float64, NULL),
        ("longitude", Float64, NULL),
        ("placed_by", Utf8, NULL),
        ("doubt", Utf8, NULL),
        ("azimuth", Int16, NULL),
        ("omni", Boolean, SET),
        ("range_m", Int32, NULL),
        ("valid_from", timestamp(), NULL),
        ("valid_to", timestamp(), NULL),
        ("first_seen", timestamp(), NULL),
        ("last_seen", timestamp(), NULL),
    ])
}

/// The last column of the stored tables `subscribers`, `topups` and `handsets`: why the row is excess data, null when
/// it is not. Their excess rows are quarantined in place, since they do not have a record's columns: the views leave
/// them out, and this column with them, until they are released.
pub const EXCESS: &str = "excess";

/// Subscriber returns. `extra` holds the columns without a place here, as a JSON object in file order.
pub fn subscribers() -> SchemaRef {
    use DataType::{UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("number", Utf8, NULL),
        ("imsi", Utf8, NULL),
        ("iccid", Utf8, NULL),
        ("imei", Utf8, NULL),
        ("name", Utf8, NULL),
        ("born", Utf8, NULL),
        ("address", Utf8, NULL),
        ("postcode", Utf8, NULL),
        ("account_type", Utf8, NULL),
        ("network", Utf8, NULL),
        ("from", timestamp(), NULL),
        ("to", timestamp(), NULL),
        ("extra", Utf8, NULL),
        (EXCESS, Utf8, NULL),
    ])
}

/// Top-ups: money put on a pre-paid number.
pub fn topups() -> SchemaRef {
    use DataType::{Int64, UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("number", Utf8, SET),
        ("at", timestamp(), SET),
        ("at_text", Utf8, SET),
        ("amount_pence", Int64, NULL),
        ("method", Utf8, NULL),
        ("place", Utf8, NULL),
        ("postcode", Utf8, NULL),
        ("extra", Utf8, NULL),
        (EXCESS, Utf8, NULL),
    ])
}

/// SIM and handset history as an operator states it: this number or SIM in this handset, from when to when.
pub fn handsets() -> SchemaRef {
    use DataType::{UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("number", Utf8, NULL),
        ("imsi", Utf8, NULL),
        ("iccid", Utf8, NULL),
        ("imei", Utf8, NULL),
        ("imei_text", Utf8, NULL),
        ("make", Utf8, NULL),
        ("from", timestamp(), NULL),
        ("to", timestamp(), NULL),
        ("extra", Utf8, NULL),
        (EXCESS, Utf8, NULL),
    ])
}

/// Postcode positions: used to place cells that state only a postcode.
pub fn postcodes() -> SchemaRef {
    use DataType::{Int32, UInt64, Utf8};
    table(&[
        ("row", UInt64, SET),
        ("sheet", Utf8, NULL),
        ("postcode", Utf8, SET),
        ("quality", Int32, NULL),
        ("easting", Int32, SET),
        ("northing", Int32, SET),
    ])
}

/// The tables that one exhibit can fill, by name; the name is also the file's stem on disk and the view's name.
pub fn exhibit_tables() -> Vec<(&'static str, SchemaRef)> {
    vec![
        ("records", records()),
        ("excess", excess()),
        ("rejects", rejects()),
        ("cells", cells()),
        ("subscribers", subscribers()),
        ("topups", topups()),
        ("handsets", handsets()),
        ("postcodes", postcodes()),
    ]
}

/// One row per communication. Sorted by `a`, `b`, `kind`, `start`, `event`; at the end, in the same order, those that
/// were held back until the rows of their divert legs were met.
///
/// `records` counts the records that describe it, `sides` says from whose side (`A`, `B`, `AB`, …, empty when unknown).
/// `doubt` says why it may be counted twice. `exhibit`, `sheet`, `row` are its first record's.
pub fn events() -> SchemaRef {
    use DataType::{Int32, UInt32, UInt64, Utf8};
    table(&[
        ("event", UInt64, SET),
        ("kind", Utf8, SET),
        ("a", Utf8, NULL),
        ("b", Utf8, NULL),
        ("c", Utf8, NULL),
        ("start", timestamp(), SET),
        ("start_alt", timestamp(), NULL),
        ("end", timestamp(), NULL),
        ("duration_s", Int32, NULL),
        ("outcome", Utf8, NULL),
        ("sides", Utf8, SET),
        ("records", UInt32, SET),
        ("doubt", Utf8, NULL),
        ("exhibit", Utf8, SET),
        ("sheet", Utf8, NULL),
        ("row", UInt64, SET),
    ])
}

/// The link from an event to each record it describes.
pub fn event_records() -> SchemaRef {
    use DataType::{UInt64, Utf8};
    table(&[("event", UInt64, SET), ("exhibit", Utf8, SET), ("sheet", Utf8, NULL), ("row", UInt64, SET)])
}

/// A SIM in a handset with a number, from its first to its last record in an unbroken run.
pub fn tenancies() -> SchemaRef {
    use DataType::{UInt64, Utf8};
    table(&[
        ("number", Utf8, NULL),
        ("imsi", Utf8, NULL),
        ("imei", Utf8, NULL),
        ("from", timestamp(), SET),
        ("to", timestamp(), SET),
        ("records", UInt64, SET),
        ("exhibit", Utf8, SET),
        ("sheet", Utf8, NULL),
        ("row", UInt64, SET),
    ])
}

/// A number on a cell. `relation` is `at` (the instant is the use) or `at or before` (a data session: the phone used
/// the cell at or before `to`, which is the session's start, or on networks that report so its end).
pub fn presences() -> SchemaRef {
    use DataType::{UInt64, Utf8};
    table(&[
        ("number", Utf8, NULL),
        ("imsi", Utf8, NULL),
        ("imei", Utf8, NULL),
        ("cell", Utf8, SET),
        ("relation", Utf8, SET),
        ("from", timestamp(), SET),
        ("to", timestamp(), SET),
        ("activity", Utf8, SET),
        ("kind", Utf8, SET),
        ("exhibit", Utf8, SET),
        ("sheet", Utf8, NULL),
        ("row", UInt64, SET),
    ])
}
