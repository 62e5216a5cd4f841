//! Document 2, *sequence of events*: every communication of the line in the period, one row each,
//! with its exhibit and row.
//!
//! A document of many rows is cut into volumes, each a PDF of its own: a laid-out table is held in memory whole, so a
//! volume's size bounds memory, and volumes are set on all processors at once.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use orochi_model::problem::Problem;
use serde::Serialize;

use super::{
    Document, Made,
    document::{Cover, Printed, Printer, print},
    folder::{Folder, file},
    line::{LineEvent, Record},
    measure::Type,
    profile::absent,
    text::{clean, count, length, london, moment, moment_in, row},
    typeset::{self, Template},
};

const TEMPLATE: Template = Template { name: "sequence.typ", text: include_str!("templates/sequence.typ") };

/// Most rows of one volume.
const VOLUME: usize = 2_500;

/// Rows named for one communication.
const ROWS: usize = 4;

/// Widths of the columns in centimetres; together they fill an A4 page across.
const WIDTHS: [f64; 10] = [0.95, 2.15, 1.8, 2.15, 2.15, 1.35, 1.55, 5.9, 3.9, 4.0];

/// Of the table's text: its size, between its lines (em), and a cell's inset, across and along, in points.
const SIZE: f64 = 7.0;
const LEADING: f64 = 0.45;
const INSET: (f64, f64) = (3.0, 2.5);

#[derive(Serialize)]
struct ColumnLayout {
    /// Of columns, centimetres.
    widths: [f64; 10],
    size: f64,
    leading: f64,
    inset: [f64; 2],
    /// Of rows, points; none where Typst has to measure.
    heights: Vec<Option<f64>>,
}

impl ColumnLayout {
    fn from_rows(rows: &[[String; 10]]) -> Self {
        let points = WIDTHS.map(|centimetres| centimetres * 72.0 / 2.54);
        let set = Type::from_size(SIZE, LEADING, INSET);
        let heights = rows.iter().map(|row| set.as_ref()?.height(row, &points)).collect();
        Self { widths: WIDTHS, size: SIZE, leading: LEADING, inset: [INSET.0, INSET.1], heights }
    }
}

#[derive(Serialize)]
struct SequenceBody {
    title: String,
    rows: Vec<[String; 10]>,
    look: ColumnLayout,
    volume: Option<String>,
    missing: Vec<String>,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let events = press.study.events();
    let cover = press.cover()?;
    if events.is_empty() {
        let missing = vec![absent(press.study)?];
        let body = SequenceBody {
            title: "Sequence of events".into(),
            rows: Vec::new(),
            look: ColumnLayout::from_rows(&[]),
            volume: None,
            missing: missing.clone(),
        };
        let mut made = file(Document::Sequence, "2-sequence-of-events.pdf");
        (made.missing, made.rows) = (missing, Some(0));
        return press.add(folder, TEMPLATE, made, &body);
    }
    // Of one size, so that no processor waits for the last.
    let size = events.len().div_ceil(events.len().div_ceil(VOLUME));
    let volumes: Vec<&[LineEvent]> = events.chunks(size).collect();
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<Problem>> = Mutex::new(None);
    let done: Mutex<Vec<(usize, Made, Printed)>> = Mutex::new(Vec::new());
    // What is set per thread borrows the study's plain parts only: its cells are for one thread.
    let lines: Vec<&str> = press.study.numbers.iter().map(|one| one.number.as_str()).collect();
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = volumes.get(place) else { return };
            match volume(&cover, press.stamp, &lines, place, volumes.len(), place * size + 1, part) {
                Ok((made, printed)) => {
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((place, made, printed));
                }
                Err(problem) => {
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(problem);
                    next.store(volumes.len(), Ordering::Relaxed);
                    return;
                }
            }
            typeset::forget();
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(volumes.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    if let Some(problem) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(problem);
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, ..)| *place);
    done.into_iter().try_for_each(|(_, made, one)| folder.write_printed(made, one))
}

fn volume(
    cover: &Cover,
    stamp: &super::Stamp,
    lines: &[&str],
    place: usize,
    of: usize,
    first: usize,
    events: &[LineEvent],
) -> Result<(Made, Printed), Problem> {
    let zone = london()?;
    let rows = (first..)
        .zip(events)
        .map(|(number, event)| entry(lines, &zone, number, event))
        .collect::<Result<Vec<_>, _>>()?;
    let ends = (events.first().map_or(0, |event| event.start), events.last().map_or(0, |event| event.start));
    let named = format!("volume {} of {of}", place + 1);
    let body = SequenceBody {
        title: if of > 1 { format!("Sequence of events, {named}") } else { "Sequence of events".into() },
        volume: (of > 1).then_some(format!(
            "Rows {} to {}: {} to {}",
            count(first as u64),
            count((first + rows.len() - 1) as u64),
            moment(ends.0)?.full(),
            moment(ends.1)?.full()
        )),
        look: ColumnLayout::from_rows(&rows),
        rows,
        missing: Vec::new(),
    };
    let name = if of > 1 {
        format!("2-sequence-of-events-{:0width$}.pdf", place + 1, width = of.to_string().len())
    } else {
        "2-sequence-of-events.pdf".to_owned()
    };
    let mut made = file(Document::Sequence, name);
    made.rows = Some(body.rows.len());
    let printed = print(TEMPLATE, stamp, cover, &named, &body)?;
    made.pages = Some(printed.pages);
    Ok((made, printed))
}

/// One row: number, date, time and zone, from, to, type, duration, cells, what it shows, exhibit and row.
fn entry(lines: &[&str], zone: &jiff::tz::TimeZone, number: usize, event: &LineEvent) -> Result<[String; 10], Problem> {
    let at = moment_in(zone, event.start)?;
    let party = |party: Option<&str>| party.map_or_else(|| "withheld or not stated".to_owned(), clean);
    let more = event.records.len().saturating_sub(ROWS);
    let mut rows: Vec<String> = event.records.iter().take(ROWS).map(|record| row(&record.row)).collect();
    if more > 0 {
        rows.push(format!("and {more} more"));
    }
    let doubt = if event.ambiguous { " (the clock showed this hour twice; the file does not say which)" } else { "" };
    Ok([
        count(number as u64),
        at.date.clone(),
        format!("{} {}{doubt}", at.time, at.zone),
        party(event.a.as_deref()),
        match event.c.as_deref() {
            Some(c) => format!("{}, forwarded to {}", party(event.b.as_deref()), clean(c)),
            None if &*event.kind == "data" => String::new(),
            None => party(event.b.as_deref()),
        },
        kind(event).to_owned(),
        // A text has no length, whatever a file puts there.
        event.duration.filter(|_| !event.is_text()).map(|seconds| length(seconds.into())).unwrap_or_default(),
        cells(lines, event).join("; "),
        event.shows()?.as_str().to_owned(),
        rows.join(", "),
    ])
}

/// The kind in a word.
pub(super) fn kind(event: &LineEvent) -> &'static str {
    match &*event.kind {
        "call" => "Call",
        "text" => "Text",
        "mms" => "Picture message",
        "data" => "Data session",
        _ => "Other",
    }
}

/// The cells of an event, the line's first: whose phone, and the cell at its start and at its end.
pub(super) fn cells(lines: &[&str], event: &LineEvent) -> Vec<String> {
    let mut all: Vec<(bool, String)> = event.records.iter().filter_map(|record| cell(lines, event, record)).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|(_, words)| words).collect()
}

fn cell(lines: &[&str], event: &LineEvent, record: &Record) -> Option<(bool, String)> {
    let owner = record.side.and_then(|side| event.party(side));
    let (first, last) = (record.start_cell.as_deref(), record.end_cell.as_deref());
    let cells = match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{}, at its end {}", clean(first), clean(last)),
        (Some(one), _) | (None, Some(one)) => clean(one),
        (None, None) => return None,
    };
    // A data row's cell was used at or before an instant of the row; a call's or text's cell is
    // that of its own instant.
    let when = if &*event.kind == "data" { "at or before: " } else { "" };
    let ours = owner.is_some_and(|owner| lines.contains(&owner));
    let whose = match (ours, record.side) {
        (true, _) => "line",
        (false, Some('A')) => "from",
        (false, Some('B')) => "to",
        (false, Some('C')) => "forwarded to",
        _ => "side not stated",
    };
    Some((!ours, format!("{whose}: {when}{cells}")))
}
