//! Reader, workers and writer, and the channels between them.
//!
//! Permits bound what is under way: the reader takes one for each block and the writer gives it back, with the block's
//! memory, when the block is in the files. A failure anywhere closes the channels, and everybody stops; of several
//! failures the one nearest the start of the file is reported, on any number of threads.

use std::{
    collections::BTreeMap,
    fs::File,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::Ordering,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use arrow::record_batch::RecordBatch;
use orochi_model::problem::Problem;

use super::{
    Job, Progress,
    cell_merge::CellsMet,
    encoders::Encoders,
    keys::{HELD, Keys, Sorted},
    staging::{Piece, Staging},
};
use crate::rows::{TablePlan, TableReader, Tally, Verdict};
use crate::survey::Survey;
use orochi_formats::native::{Block, Native, Oddities};

/// What came out.
pub struct Flowed {
    pub tally: Tally,
    pub tables: Vec<(String, PathBuf)>,
    pub keys: Option<Sorted>,
    pub remarks: Vec<String>,
    /// What the rows of each plan showed.
    pub surveys: Vec<Survey>,
}

type Plans = [(usize, Box<dyn TablePlan>)];

/// A block on its way to a worker: its place in the order, the plan it goes by, and bytes of the
/// native file used by then.
struct Order {
    index: u64,
    plan: usize,
    block: Block,
    used: u64,
}

/// A block on its way to the writer, or why there is none.
type Package = (u64, Result<Done, Problem>);

struct Done {
    plan: usize,
    /// Numbers of its first and last row.
    span: (u64, u64),
    tables: Vec<(&'static str, Piece)>,
    cells_met: Option<RecordBatch>,
    keys: Vec<u64>,
    doubts: BTreeMap<String, u64>,
    survey: Survey,
    tally: Tally,
    oddities: Oddities,
    room: Vec<u8>,
    used: u64,
}

/// Reads the sheets that have a plan into staged files.
///
/// # Errors
/// As [`super::ingest`].
pub fn run(job: &Job<'_>, block: usize, native: &mut Native, plans: &Plans) -> Result<Flowed, Problem> {
    let threads = job.threads.max(1);
    let encoders = Encoders::new()?;
    let (give_permit, permits) = channel();
    for _ in 0..threads + 2 {
        let _ = give_permit.send(Vec::new());
    }
    let (give_order, orders) = sync_channel::<Order>(threads + 2);
    let orders = Mutex::new(orders);
    let (give_package, packages) = channel::<Package>();
    thread::scope(|scope| {
        let to_writer = give_package.clone();
        scope.spawn(move || read(native, block, plans, &permits, &give_order, &to_writer));
        for _ in 0..threads {
            let to_writer = give_package.clone();
            let (orders, encoders) = (&orders, &encoders);
            scope.spawn(move || work(job, plans, encoders, orders, &to_writer));
        }
        drop(give_package);
        write(job, &encoders, plans, packages, give_permit)
    })
}

/// The reader's thread.
fn read(
    native: &mut Native,
    size: usize,
    plans: &Plans,
    permits: &Receiver<Vec<u8>>,
    orders: &SyncSender<Order>,
    packages: &Sender<Package>,
) {
    let used = native.used();
    let mut index = 0;
    for (plan, (sheet, _)) in plans.iter().enumerate() {
        let each = |block| {
            let order = Order { index, plan, block, used: used.load(Ordering::Relaxed) };
            index += 1;
            if orders.send(order).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        if let Err(problem) = native.read(*sheet, size, || permits.recv().ok(), each) {
            let _ = packages.send((index, Err(problem)));
            return;
        }
    }
}

/// A worker's thread.
fn work(
    job: &Job<'_>,
    plans: &Plans,
    encoders: &Encoders,
    orders: &Mutex<Receiver<Order>>,
    packages: &Sender<Package>,
) {
    let mut reader: Option<(usize, Box<dyn TableReader + '_>)> = None;
    loop {
        // The guard is dropped before the work begins.
        let order = orders.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(order) = order else { return };
        let index = order.index;
        // A panic must reach the writer, which would wait for this block for ever.
        let done = catch_unwind(AssertUnwindSafe(|| take_block(job, plans, encoders, &mut reader, order)))
            .unwrap_or_else(|_| Err(Problem::bug("reading a block of rows failed")));
        if packages.send((index, done)).is_err() {
            return;
        }
    }
}

fn take_block<'p>(
    job: &'p Job<'_>,
    plans: &'p Plans,
    encoders: &Encoders,
    kept: &mut Option<(usize, Box<dyn TableReader + 'p>)>,
    order: Order,
) -> Result<Done, Problem> {
    let Some((_, plan)) = plans.get(order.plan) else { return Err(Problem::bug("no such plan")) };
    let mut reader = match kept.take() {
        Some((of, reader)) if of == order.plan => reader,
        _ => plan.reader(job.scope),
    };
    let first = plan.first_data_row();
    let span = order.block.span().unwrap_or((0, 0));
    let mut tally = Tally::default();
    let mut handed = 0;
    let (oddities, room) = order.block.each_row(|row| {
        if row.number < first {
            return;
        }
        handed += 1;
        let empty = row.cells.iter().all(|cell| cell.is_empty());
        tally.count(if empty { Verdict::Note } else { reader.read(row) });
    });
    // Rows that a workbook leaves out are empty rows.
    tally.notes += (span.1 + 1).saturating_sub(span.0.max(first)) - handed;
    let made = reader.finish().map_err(|error| Problem::bug("a table's columns do not fit together").because(error))?;
    *kept = Some((order.plan, reader));
    let tables = made
        .tables
        .into_iter()
        .map(|(name, batch)| Piece::new(encoders, name, batch).map(|piece| (name, piece)))
        .collect::<Result<_, _>>()?;
    Ok(Done {
        plan: order.plan,
        span,
        tables,
        cells_met: made.cells_met,
        keys: made.keys,
        doubts: made.doubts,
        survey: made.survey,
        tally,
        oddities,
        room,
        used: order.used,
    })
}

/// The caller's thread: puts blocks into the files in order.
fn write(
    job: &Job<'_>,
    encoders: &Encoders,
    plans: &Plans,
    packages: Receiver<Package>,
    permits: Sender<Vec<u8>>,
) -> Result<Flowed, Problem> {
    let of = std::fs::metadata(job.native).map_or(0, |metadata| metadata.len());
    let mut staging = Staging::new(job.staging, encoders);
    let mut cells = CellsMet::new()?;
    let mut keys = Keys::new(job.staging, HELD);
    let mut tally = Tally::default();
    let mut oddities = Oddities::default();
    let mut doubts: BTreeMap<String, u64> = BTreeMap::new();
    let mut surveys = vec![Survey::default(); plans.len()];
    let mut last = (usize::MAX, 0);
    let mut shown = Instant::now();
    let mut early: BTreeMap<u64, Result<Done, Problem>> = BTreeMap::new();
    let mut next = 0;
    for (index, done) in &packages {
        early.insert(index, done);
        while let Some(done) = early.remove(&next) {
            next += 1;
            let done = done?;
            for (name, piece) in done.tables {
                staging.append(name, piece)?;
            }
            if let Some(batch) = done.cells_met
                && let Some(full) = cells.add(&batch)?
            {
                staging.append("cells", Piece::new(encoders, "cells", full)?)?;
            }
            keys.add(&done.keys)?;
            tally.add(done.tally);
            for (what, rows) in done.doubts {
                *doubts.entry(what).or_default() += rows;
            }
            if let Some(survey) = surveys.get_mut(done.plan) {
                survey.add(&done.survey);
            }
            let begun = plans.get(done.plan).map_or(0, |(_, plan)| plan.first_data_row());
            let expected = if last.0 == done.plan { (last.1 + 1).max(begun) } else { begun.max(1) };
            tally.notes += done.span.0.saturating_sub(expected);
            last = (done.plan, done.span.1);
            oddities.foreign += done.oddities.foreign;
            oddities.stray += done.oddities.stray;
            oddities.unclosed.extend(done.oddities.unclosed);
            oddities.unclosed.truncate(5);
            oddities.returns.extend(done.oddities.returns);
            oddities.returns.truncate(5);
            oddities.joined += done.oddities.joined;
            // The reader may be done already.
            let _ = permits.send(done.room);
            if shown.elapsed() >= Duration::from_millis(200) {
                shown = Instant::now();
                (job.progress)(Progress { bytes: done.used.min(of), of, rows: tally.rows });
            }
        }
    }
    if let Some(batch) = cells.take()? {
        staging.append("cells", Piece::new(encoders, "cells", batch)?)?;
    }
    let keys = keys.finish()?;
    let tables = staging.finish()?;
    File::open(job.staging)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| Problem::io("write", job.staging, &error))?;
    (job.progress)(Progress { bytes: of, of, rows: tally.rows });
    let mut remarks = in_words(&oddities);
    remarks.extend(doubts.into_iter().map(|(what, rows)| match rows {
        1 => format!("{what} (1 row)"),
        rows => format!("{what} ({rows} rows)"),
    }));
    Ok(Flowed { tally, tables, keys, remarks, surveys })
}

fn in_words(oddities: &Oddities) -> Vec<String> {
    let mut words = Vec::new();
    match oddities.foreign {
        0 => {}
        1 => words.push("1 byte is not UTF-8 and was read as Windows-1252".to_owned()),
        bytes => words.push(format!("{bytes} bytes are not UTF-8 and were read as Windows-1252")),
    }
    let list = |rows: &[u64]| rows.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    if oddities.joined > 0 {
        words.push(format!(
            "there are line breaks inside quotation marks: the lines that they separate are one row (lines in excess \
             of rows: {})",
            oddities.joined
        ));
    }
    if !oddities.returns.is_empty() {
        words.push(format!(
            "there is a lone carriage return where a line may end, in rows with more fields than the others: what \
             follows it may be a separate row, and was not read as one (first rows: {}); ask for the file again with \
             one kind of line ending",
            list(&oddities.returns)
        ));
    }
    if oddities.stray > 0 {
        words.push(format!(
            "a quotation mark opens a field that is not closed in its row; it was taken as an ordinary character, so \
             that no row is lost ({} in all; first rows: {})",
            oddities.stray,
            list(&oddities.unclosed)
        ));
    }
    words
}
