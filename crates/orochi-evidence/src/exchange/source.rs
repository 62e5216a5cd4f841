//! What is exported: the rows of a case's tables that pass a filter, typed, one at a time and in a fixed order.
//!
//! Nothing here holds a table: events come with all the rows behind them by walking `events` and
//! `event_records` side by side.

use arrow::datatypes::{Float64Type, Int16Type, Int32Type, TimestampMicrosecondType, UInt64Type};
use orochi_analysis::traffic::rows::RowWalk;
use orochi_case::Engine;
use orochi_casework::views::{RowFilter, Undated};
use orochi_model::{locator::Locator, problem::Problem};
use orochi_tables::columns::{RowColumns, numbers, texts, value};

/// `WHERE …` on a table, empty where everything passes. What states no time is left out by neither end.
fn condition(filter: &RowFilter, numbers: &[&str], first: &str, last: &str) -> String {
    let all = filter.conditions(numbers, Some((first, last)), Undated::Kept);
    if all.is_empty() { String::new() } else { format!(" WHERE {}", all.join(" AND ")) }
}

/// The events that leave.
pub(crate) fn event_condition(filter: &RowFilter) -> String {
    condition(filter, &["a", "b", "c"], "start", "start")
}

/// The presences, tenancies or subscribers that leave: rows of one number over an interval.
pub(crate) fn interval_condition(filter: &RowFilter) -> String {
    condition(filter, &["number"], "from", "to")
}

/// A communication, with the rows behind it.
#[derive(Debug)]
pub(crate) struct ExchangeEvent<'a> {
    /// Its number in the case.
    pub id: u64,
    /// `call`, `text`, `mms`, `data` or `other`.
    pub kind: &'a str,
    /// Caller or sender; none where withheld or absent.
    pub a: Option<&'a str>,
    /// Called or recipient.
    pub b: Option<&'a str>,
    /// Forwarded-to.
    pub c: Option<&'a str>,
    /// Microseconds UTC.
    pub start: i64,
    /// The other candidate of a start in the repeated hour of October.
    pub start_alt: Option<i64>,
    /// Microseconds UTC.
    pub end: Option<i64>,
    /// Seconds.
    pub duration_s: Option<i32>,
    /// `answered`, `missed`, `voicemail`, `diverted`.
    pub outcome: Option<&'a str>,
    /// Why it may be counted twice.
    pub doubt: Option<&'a str>,
    /// Whose records describe it.
    pub sides: &'a str,
    /// Every row behind it, at least one.
    pub rows: Vec<Locator>,
}

impl ExchangeEvent<'_> {
    /// When it ended: as stated, else from its duration.
    pub fn ended(&self) -> Option<i64> {
        self.end.or_else(|| self.duration_s.map(|seconds| self.start + i64::from(seconds) * 1_000_000))
    }

    /// Both ends, where both are known.
    pub fn ends(&self) -> Option<(&str, &str)> {
        self.a.zip(self.b)
    }
}

/// Hands over each event, in the order of its number.
pub(crate) fn events(
    engine: &Engine,
    filter: &RowFilter,
    each: &mut dyn FnMut(&ExchangeEvent<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut links = RowWalk::open(engine)?;
    for batch in engine.stream(&format!("SELECT * FROM events{} ORDER BY event", event_condition(filter)))? {
        let batch = batch?;
        let text = |name| texts(&batch, name);
        let time = |name| numbers::<TimestampMicrosecondType>(&batch, name);
        let (kind, a, b, c) = (text("kind")?, text("a")?, text("b")?, text("c")?);
        let (outcome, sides, doubt) = (text("outcome")?, text("sides")?, text("doubt")?);
        let (start, start_alt, end) = (time("start")?, time("start_alt")?, time("end")?);
        let (id, duration) = (numbers::<UInt64Type>(&batch, "event")?, numbers::<Int32Type>(&batch, "duration_s")?);
        for row in 0..batch.num_rows() {
            each(&ExchangeEvent {
                id: id.value(row),
                kind: kind.value(row),
                a: a.get(row),
                b: b.get(row),
                c: c.get(row),
                start: start.value(row),
                start_alt: value(&start_alt, row),
                end: value(&end, row),
                duration_s: value(&duration, row),
                outcome: outcome.get(row),
                doubt: doubt.get(row),
                sides: sides.value(row),
                rows: links.rows_of(id.value(row))?,
            })?;
        }
    }
    Ok(())
}

/// A number on a cell.
#[derive(Debug)]
pub(crate) struct Presence<'a> {
    /// The number, where the row says whose cell it is.
    pub number: Option<&'a str>,
    pub imsi: Option<&'a str>,
    pub imei: Option<&'a str>,
    pub cell: &'a str,
    /// `at` or `at or before`, which speaks of `to`.
    pub relation: &'a str,
    /// Microseconds UTC.
    pub from: i64,
    pub to: i64,
    /// `active` or `passive`.
    pub activity: &'a str,
    pub kind: &'a str,
    pub row: Locator,
}

/// Hands over each presence, in the order of its row.
pub(crate) fn presences(
    engine: &Engine,
    filter: &RowFilter,
    each: &mut dyn FnMut(&Presence<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let sql = format!(
        "SELECT * FROM presences{} ORDER BY exhibit, sheet, \"row\", \"from\", \"to\", cell, number",
        interval_condition(filter)
    );
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let text = |name| texts(&batch, name);
        let (number, imsi, imei, cell) = (text("number")?, text("imsi")?, text("imei")?, text("cell")?);
        let (relation, activity, kind) = (text("relation")?, text("activity")?, text("kind")?);
        let (from, to) =
            (numbers::<TimestampMicrosecondType>(&batch, "from")?, numbers::<TimestampMicrosecondType>(&batch, "to")?);
        let places = RowColumns::from_batch(&batch)?;
        for row in 0..batch.num_rows() {
            each(&Presence {
                number: number.get(row),
                imsi: imsi.get(row),
                imei: imei.get(row),
                cell: cell.value(row),
                relation: relation.value(row),
                from: from.value(row),
                to: to.value(row),
                activity: activity.value(row),
                kind: kind.value(row),
                row: places.get(row),
            })?;
        }
    }
    Ok(())
}

/// A SIM in a handset with a number.
#[derive(Debug)]
pub(crate) struct Tenancy<'a> {
    pub number: Option<&'a str>,
    pub imsi: Option<&'a str>,
    /// First 14 digits.
    pub imei: Option<&'a str>,
    /// Microseconds UTC.
    pub from: i64,
    pub to: i64,
    pub records: u64,
    /// The first record's row.
    pub row: Locator,
}

/// Hands over each tenancy.
pub(crate) fn tenancies(
    engine: &Engine,
    filter: &RowFilter,
    each: &mut dyn FnMut(&Tenancy<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let sql = format!(
        "SELECT * FROM tenancies{} ORDER BY imsi, imei, number, \"from\", \"to\", exhibit, sheet, \"row\"",
        interval_condition(filter)
    );
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let (number, imsi, imei) = (texts(&batch, "number")?, texts(&batch, "imsi")?, texts(&batch, "imei")?);
        let (from, to) =
            (numbers::<TimestampMicrosecondType>(&batch, "from")?, numbers::<TimestampMicrosecondType>(&batch, "to")?);
        let (records, places) = (numbers::<UInt64Type>(&batch, "records")?, RowColumns::from_batch(&batch)?);
        for row in 0..batch.num_rows() {
            each(&Tenancy {
                number: number.get(row),
                imsi: imsi.get(row),
                imei: imei.get(row),
                from: from.value(row),
                to: to.value(row),
                records: records.value(row),
                row: places.get(row),
            })?;
        }
    }
    Ok(())
}

/// A cell at a position, as one row states it; the same statement of further rows is left out.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub cell: &'a str,
    pub name: Option<&'a str>,
    pub postcode: Option<&'a str>,
    pub radio: Option<&'a str>,
    /// WGS84, degrees; none where the case does not place it.
    pub position: Option<(f64, f64)>,
    /// What the position rests on.
    pub placed_by: Option<&'a str>,
    pub doubt: Option<&'a str>,
    /// Degrees clockwise from north.
    pub azimuth: Option<i16>,
    pub range_m: Option<i32>,
    /// Microseconds UTC, where the list is dated.
    pub valid: (Option<i64>, Option<i64>),
    pub row: Locator,
}

/// Hands over each cell: those a filtered presence used, or all when nothing is filtered.
pub(crate) fn sites(
    engine: &Engine,
    filter: &RowFilter,
    each: &mut dyn FnMut(&Site<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let used = if filter.is_all() {
        String::new()
    } else {
        format!(" WHERE cell IN (SELECT cell FROM presences{})", interval_condition(filter))
    };
    let sql = format!("SELECT * FROM cells{used} ORDER BY cell, exhibit, sheet, \"row\", latitude, longitude");
    let mut met: Vec<SiteStatement> = Vec::new();
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let text = |name| texts(&batch, name);
        let (cell, name, postcode, radio) = (text("cell")?, text("site")?, text("postcode")?, text("radio")?);
        let (placed_by, doubt) = (text("placed_by")?, text("doubt")?);
        let (latitude, longitude) =
            (numbers::<Float64Type>(&batch, "latitude")?, numbers::<Float64Type>(&batch, "longitude")?);
        let (azimuth, range) = (numbers::<Int16Type>(&batch, "azimuth")?, numbers::<Int32Type>(&batch, "range_m")?);
        let from = numbers::<TimestampMicrosecondType>(&batch, "valid_from")?;
        let to = numbers::<TimestampMicrosecondType>(&batch, "valid_to")?;
        let places = RowColumns::from_batch(&batch)?;
        for row in 0..batch.num_rows() {
            let site = Site {
                cell: cell.value(row),
                name: name.get(row),
                postcode: postcode.get(row),
                radio: radio.get(row),
                position: value(&latitude, row).zip(value(&longitude, row)),
                placed_by: placed_by.get(row),
                doubt: doubt.get(row),
                azimuth: value(&azimuth, row),
                range_m: value(&range, row),
                valid: (value(&from, row), value(&to, row)),
                row: places.get(row),
            };
            let stated = SiteStatement::from_site(&site);
            if met.first().is_some_and(|first| first.cell != site.cell) {
                met.clear();
            }
            if !met.contains(&stated) {
                met.push(stated);
                each(&site)?;
            }
        }
    }
    Ok(())
}

/// What makes two rows about a cell the same statement.
#[derive(Debug, PartialEq)]
struct SiteStatement {
    cell: String,
    position: Option<(u64, u64)>,
    azimuth: Option<i16>,
    valid: (Option<i64>, Option<i64>),
}

impl SiteStatement {
    fn from_site(site: &Site<'_>) -> Self {
        let position = site.position.map(|(latitude, longitude)| (latitude.to_bits(), longitude.to_bits()));
        Self { cell: site.cell.to_owned(), position, azimuth: site.azimuth, valid: site.valid }
    }
}

/// A number of the events, and how often it is in them.
#[derive(Debug)]
pub(crate) struct Party<'a> {
    /// Canonical text.
    pub number: &'a str,
    /// Events it is in.
    pub events: u64,
    /// First and last start of these, microseconds UTC.
    pub first: i64,
    pub last: i64,
}

/// Hands over each number that is a party of a filtered event, in the order of its text.
pub(crate) fn parties(
    engine: &Engine,
    filter: &RowFilter,
    each: &mut dyn FnMut(&Party<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let part = |name: &str| format!("SELECT \"{name}\" AS number, start FROM events{}", event_condition(filter));
    let sql = format!(
        "SELECT number, count(*) AS events, min(start) AS first, max(start) AS last FROM ({} UNION ALL {} UNION ALL \
         {}) WHERE number IS NOT NULL GROUP BY number ORDER BY number",
        part("a"),
        part("b"),
        part("c")
    );
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let number = texts(&batch, "number")?;
        let events = numbers::<UInt64Type>(&batch, "events")?;
        let (first, last) = (
            numbers::<TimestampMicrosecondType>(&batch, "first")?,
            numbers::<TimestampMicrosecondType>(&batch, "last")?,
        );
        for row in 0..batch.num_rows() {
            each(&Party {
                number: number.value(row),
                events: events.value(row),
                first: first.value(row),
                last: last.value(row),
            })?;
        }
    }
    Ok(())
}

/// All events of one kind from one number to another, in figures.
#[derive(Debug)]
pub(crate) struct Tie<'a> {
    pub a: &'a str,
    pub b: &'a str,
    pub calls: u64,
    pub texts: u64,
    pub other: u64,
    /// Seconds of calls between the two: talk on a divert or voicemail leg was with another.
    pub seconds: u64,
    /// First and last start, microseconds UTC.
    pub first: i64,
    pub last: i64,
}

/// Hands over each pair of numbers with an event from the first to the second. Events without both ends are in no pair.
pub(crate) fn ties(
    engine: &Engine,
    filter: &RowFilter,
    each: &mut dyn FnMut(&Tie<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let condition = event_condition(filter);
    let sql = format!(
        "SELECT a, b, sum(CASE WHEN kind = 'call' THEN 1 ELSE 0 END) AS calls, \
         sum(CASE WHEN kind IN ('text', 'mms') THEN 1 ELSE 0 END) AS texts, \
         sum(CASE WHEN kind IN ('call', 'text', 'mms') THEN 0 ELSE 1 END) AS other, \
         sum(CASE WHEN kind = 'call' AND coalesce(outcome, 'answered') NOT IN ('diverted', 'voicemail') \
         THEN coalesce(duration_s, 0) ELSE 0 END) AS seconds, \
         min(start) AS first, max(start) AS last FROM events{condition}{} a IS NOT NULL AND b IS NOT NULL \
         GROUP BY a, b ORDER BY a, b",
        if condition.is_empty() { " WHERE" } else { " AND" }
    );
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let (a, b) = (texts(&batch, "a")?, texts(&batch, "b")?);
        let count = |name| numbers::<UInt64Type>(&batch, name);
        let (calls, messages, other, seconds) = (count("calls")?, count("texts")?, count("other")?, count("seconds")?);
        let (first, last) = (
            numbers::<TimestampMicrosecondType>(&batch, "first")?,
            numbers::<TimestampMicrosecondType>(&batch, "last")?,
        );
        for row in 0..batch.num_rows() {
            each(&Tie {
                a: a.value(row),
                b: b.value(row),
                calls: calls.value(row),
                texts: messages.value(row),
                other: other.value(row),
                seconds: seconds.value(row),
                first: first.value(row),
                last: last.value(row),
            })?;
        }
    }
    Ok(())
}

/// How many events pass the filter, and how many of these lack an end.
pub(crate) fn counts(engine: &Engine, filter: &RowFilter) -> Result<(u64, u64), Problem> {
    let sql = format!(
        "SELECT count(*) AS events, sum(CASE WHEN a IS NULL OR b IS NULL THEN 1 ELSE 0 END) AS lone FROM events{}",
        event_condition(filter)
    );
    let mut counts = (0, 0);
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let (events, lone) = (numbers::<UInt64Type>(&batch, "events")?, numbers::<UInt64Type>(&batch, "lone")?);
        for row in 0..batch.num_rows() {
            counts = (value(&events, row).unwrap_or(0), value(&lone, row).unwrap_or(0));
        }
    }
    Ok(counts)
}
