//! A column of dates is judged by all its rows: what a spreadsheet hurt is mended and said, or refused with the
//! rows; never half turned.

use std::{fs, io::Write as _};

use arrow::array::AsArray as _;
use arrow::datatypes::{TimestampMicrosecondType, UInt64Type};
use orochi_ingest::pipeline::{Job, Taken, ingest};
use orochi_layout::Library;
use orochi_model::problem::Problem;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::common::training;

/// What a file gave: starts by row, and what was said.
struct Read {
    starts: Vec<(u64, String)>,
    rejects: u64,
    remarks: String,
}

fn read(text: &str) -> Result<Read, Problem> {
    read_column(text, "records", "start")
}

/// The instants of a column of a table.
fn read_column(text: &str, table: &str, column: &str) -> Result<Read, Problem> {
    let mut native = tempfile::NamedTempFile::new().unwrap();
    native.write_all(text.as_bytes()).unwrap();
    let staging = tempfile::tempdir().unwrap();
    let (library, scope) = (Library::open(None).unwrap(), training());
    let job = Job {
        native: native.path(),
        name: "calls.csv",
        target: None,
        staging: staging.path(),
        library: &library,
        scope: &scope,
        threads: 2,
        progress: &|_| (),
    };
    let taken: Taken = ingest(&job)?;
    let mut starts = Vec::new();
    let file = fs::File::open(staging.path().join(format!("{table}.parquet")));
    let batches =
        file.into_iter().flat_map(|file| ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap());
    for batch in batches {
        let batch = batch.unwrap();
        let rows = batch.column_by_name("row").unwrap().as_primitive::<UInt64Type>();
        let at = batch.column_by_name(column).unwrap().as_primitive::<TimestampMicrosecondType>();
        starts.extend(
            (0..batch.num_rows()).map(|index| {
                (rows.value(index), jiff::Timestamp::from_microsecond(at.value(index)).unwrap().to_string())
            }),
        );
    }
    Ok(Read { starts, rejects: taken.tally.rejects, remarks: taken.remarks.join("\n") })
}

/// Calls on every day of some months of 2025, at 09:15:22 UTC, each written by `date`.
fn calls(months: std::ops::RangeInclusive<i8>, date: impl Fn(jiff::civil::DateTime) -> String) -> String {
    let mut text = "Calling Number,Called Number,Start Time (UTC),Duration (s)\n".to_owned();
    for month in months {
        for day in 1..=28 {
            let at = jiff::civil::date(2025, month, day).at(9, 15, 22, 0);
            text.push_str(&format!("+447700900111,+447700900222,{},35\n", date(at)));
        }
    }
    text
}

/// The starts of such a file, by row.
fn truth(months: std::ops::RangeInclusive<i8>) -> Vec<(u64, String)> {
    let days = months.flat_map(|month| (1..=28).map(move |day| format!("2025-{month:02}-{day:02}T09:15:22Z")));
    days.enumerate().map(|(index, at)| (index as u64 + 2, at)).collect()
}

fn by(format: &'static str) -> impl Fn(jiff::civil::DateTime) -> String {
    move |at| at.strftime(format).to_string()
}

fn refused(text: &str) -> String {
    match read(text) {
        Ok(read) => panic!("taken in: {:?}\n{}", &read.starts[..5], read.remarks),
        Err(problem) => format!("{problem:?}"),
    }
}

#[test]
fn one_table_in_every_form_reads_to_the_same_instants() {
    for format in [
        "%d/%m/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%SZ",
        "%d/%m/%y %H:%M:%S",
        "%-d/%-m/%Y %H:%M:%S",
        "%d.%m.%Y %H.%M.%S",
        "%d %B %Y %H:%M:%S",
        "%d-%b-%y %H:%M:%S",
        "\"%A, %d %b %Y %I:%M:%S %p\"",
        "%d/%m/%Y %-I:%M:%S%p",
        "%Y%m%d%H%M%S",
        "%Y%m%dT%H%M%SZ",
        "%Y-%m-%d %H:%M:%S (UTC+0)",
        "%d/%m/%Y\u{a0}%H:%M:%S",
        "'%d/%m/%Y %H:%M:%S",
        "\"=\"\"%d/%m/%Y %H:%M:%S\"\"\"",
    ] {
        let read = read(&calls(1..=3, by(format))).unwrap_or_else(|problem| panic!("{format}: {problem:?}"));
        assert_eq!(read.starts, truth(1..=3), "{format}\n{}", read.remarks);
    }
    let day = |at: jiff::civil::DateTime| jiff::tz::TimeZone::UTC.to_timestamp(at).unwrap().as_second();
    for read in [
        read(&calls(1..=3, |at| day(at).to_string())),
        read(&calls(1..=3, |at| (day(at) * 1000).to_string())),
        read(&calls(1..=3, |at| format!("{:.8}", day(at) as f64 / 86_400.0 + 25_569.0))),
    ] {
        let read = read.unwrap();
        assert_eq!(read.starts, truth(1..=3), "{}", read.remarks);
    }
}

/// A British column that an American spreadsheet opened: what reads as month/day became a date cell.
fn half_turned(at: jiff::civil::DateTime, format: &str, cell: &str) -> String {
    if at.day() > 12 {
        return at.strftime(format).to_string();
    }
    jiff::civil::date(at.year(), at.day(), at.month()).to_datetime(at.time()).strftime(cell).to_string()
}

#[test]
fn days_that_a_spreadsheet_took_for_months_are_put_right() {
    for (format, cell) in [
        ("%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"),
        ("%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"),
        ("%d/%m/%Y %H:%M:%S", "%d-%b-%Y %H:%M:%S"),
    ] {
        for months in [2..=2, 2..=4, 1..=12] {
            let american = format.starts_with("%m");
            let text = calls(months.clone(), |at| {
                // In either order it is the days up to the 12th that are taken.
                half_turned(at, if american { "%m/%d/%Y %H:%M:%S" } else { format }, cell)
            });
            let read = read(&text).unwrap_or_else(|problem| panic!("{format} {months:?}: {problem:?}"));
            assert_eq!(read.starts, truth(months), "{format}\n{}", read.remarks);
            assert!(read.remarks.contains("a spreadsheet took the month for the day"), "{}", read.remarks);
        }
    }
}

/// Handsets first used on the days of June 2024, last used on one day of July, as a spreadsheet leaves the dates.
fn handsets_half_turned(last: i8) -> String {
    let write = |at| half_turned(at, "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S");
    let mut text = "IMEI,Mobile Number,IMSI,First Used (UTC),Last Used (UTC)\n".to_owned();
    for day in 1..=27 {
        let [first, last] =
            [(6, day), (7, last)].map(|(month, day)| write(jiff::civil::date(2024, month, day).at(9, 15, 22, 0)));
        text.push_str(&format!("353456614683347,0770090{day:04},,{first},{last}\n"));
    }
    text
}

/// A spreadsheet that took days for months in one column did so in the other one too, though
/// none of its dates is a text.
#[test]
fn a_column_beside_one_that_was_turned_is_turned_with_it() {
    let last = read_column(&handsets_half_turned(2), "handsets", "to").unwrap();
    assert!(last.starts.iter().all(|(_, at)| at == "2024-07-02T09:15:22Z"), "{:?}", last.starts);
    assert_eq!((last.starts.len(), last.remarks.matches("took the month for the day").count()), (27, 2));
    // The 7th of May is as near to June as the 5th of July.
    let problem = read_column(&handsets_half_turned(5), "handsets", "to").err().unwrap();
    assert!(problem.message.contains("cannot be determined"), "{problem}");
}

#[test]
fn day_numbers_of_turned_dates_are_put_right() {
    let text = calls(2..=4, |at| {
        if at.day() > 12 {
            return at.strftime("%d/%m/%Y %H:%M:%S").to_string();
        }
        let turned = jiff::civil::date(at.year(), at.day(), at.month()).to_datetime(at.time());
        let seconds = jiff::tz::TimeZone::UTC.to_timestamp(turned).unwrap().as_second();
        format!("{:.8}", seconds as f64 / 86_400.0 + 25_569.0)
    });
    let read = read(&text).unwrap();
    assert_eq!(read.starts, truth(2..=4), "{}", read.remarks);
}

#[test]
fn two_forms_that_mean_the_same_are_left_as_they_are() {
    // Saved again by the American spreadsheet, the cells show the numbers that the texts had.
    let bare = calls(1..=3, |at| {
        let format = if at.day() > 12 { "%d/%m/%Y %H:%M:%S" } else { "%-d/%-m/%Y %-H:%M:%S" };
        at.strftime(format).to_string()
    });
    let mixed = calls(1..=3, |at| {
        at.strftime(if at.day() % 2 == 0 { "%d/%m/%Y %H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
    });
    for text in [bare, mixed] {
        let read = read(&text).unwrap();
        assert_eq!(read.starts, truth(1..=3), "{}", read.remarks);
        assert!(!read.remarks.contains("spreadsheet"), "{}", read.remarks);
    }
}

#[test]
fn a_contradiction_far_down_is_refused_with_its_rows() {
    let mut text = "Calling Number,Called Number,Start Time (UTC),Duration (s)\n".to_owned();
    for row in 0..5_000 {
        let day = 1 + row % 28;
        text.push_str(&format!("+447700900111,+447700900222,{day:02}/02/2025 09:15:22,35\n"));
    }
    text.push_str(
        "+447700900111,+447700900222,02/28/2025 09:15:22,35\n+447700900111,+447700900222,03/01/2025 09:15:22,35\n",
    );
    let said = refused(&text);
    assert!(said.contains("two orders") && said.contains("row 5002"), "{said}");
}

#[test]
fn an_order_that_only_later_rows_show_is_taken_for_all() {
    let mut text = "Calling Number,Called Number,Start Time (UTC),Duration (s)\n".to_owned();
    for row in 0..600 {
        let day = if row < 300 { 1 + row % 12 } else { 1 + row % 28 };
        let month = if row < 300 { 2 + row % 2 } else { 4 };
        text.push_str(&format!("+447700900111,+447700900222,{month:02}/{day:02}/2025 09:15:22,35\n"));
    }
    let read = read(&text).unwrap();
    assert_eq!((read.starts.len(), read.rejects), (600, 0));
    assert_eq!(read.starts[1].1, "2025-03-02T09:15:22Z", "{}", read.remarks);
    assert!(read.remarks.contains("month/day/year"), "{}", read.remarks);
}

#[test]
fn one_mistyped_date_does_not_turn_the_others() {
    let mut text = "Calling Number,Called Number,Start Time (UTC),Duration (s)\n".to_owned();
    for row in 0..400 {
        let (day, month) = (1 + row % 12, 2 + row % 2);
        text.push_str(&format!("+447700900111,+447700900222,{day:02}/{month:02}/2025 09:15:22,35\n"));
    }
    text.push_str("+447700900111,+447700900222,05/13/2025 09:15:22,35\n");
    let said = refused(&text);
    assert!(said.contains("row 402"), "{said}");
}

#[test]
fn cut_day_numbers_are_rejected_one_and_all() {
    // 09:36:00 is a whole minute, and still no more than what was left of another time.
    let read = read(&calls(1..=1, |at| {
        format!("{:.2}", f64::from(at.day()) + 45_657.0 + if at.day() < 9 { 0.4 } else { 0.39 })
    }))
    .unwrap();
    assert_eq!((read.starts.len(), read.rejects), (0, 28));
    assert!(read.remarks.contains("cut to fewer than five decimals"), "{}", read.remarks);
}

#[test]
fn times_that_lost_their_zeros_are_filled_up() {
    let mut text = "Calling Number,Called Number,Date,Time (UTC),Duration (s)\n".to_owned();
    for (hour, minute) in [(19, 17), (9, 15), (0, 3), (23, 59), (0, 17)] {
        let time: u32 = hour * 10_000 + minute * 100 + 44;
        text.push_str(&format!("+447700900111,+447700900222,13/02/2025,{time},35\n"));
    }
    let read = read(&text).unwrap();
    let times: Vec<&str> = read.starts.iter().map(|(_, at)| &at[11..19]).collect();
    assert_eq!(times, ["19:17:44", "09:15:44", "00:03:44", "23:59:44", "00:17:44"], "{}", read.remarks);
}

#[test]
fn dates_counted_from_1904_beside_others_are_put_right() {
    let text = calls(2..=4, |at| {
        let at = if at.day() % 3 == 0 { at.checked_sub(jiff::Span::new().days(1_462)).unwrap() } else { at };
        at.strftime(if at.year() == 2021 { "%Y-%m-%d %H:%M:%S" } else { "%d/%m/%Y %H:%M:%S" }).to_string()
    });
    let read = read(&text).unwrap();
    assert_eq!(read.starts, truth(2..=4), "{}", read.remarks);
    assert!(read.remarks.contains("1904"), "{}", read.remarks);
}

#[test]
fn an_end_before_the_start_and_an_end_that_is_none() {
    let read = read(
        "Calling Number,Called Number,Start (UTC),End (UTC)\n\
         +447700900111,+447700900222,13/02/2025 09:15:22,13/02/2025 09:14:22\n\
         +447700900111,+447700900222,13/02/2025 09:15:22,01/01/1970 00:00:00\n\
         +447700900111,+447700900222,13/02/2025 09:15:22,13/02/2025 09:16:22\n\
         +447700900111,+447700900222,1970-01-01 00:00:00,13/02/2025 09:16:22\n",
    )
    .unwrap();
    assert_eq!((read.starts.len(), read.rejects), (3, 1), "{}", read.remarks);
    assert!(read.remarks.contains("the end is before the start: row 2"), "{}", read.remarks);
}

#[test]
fn a_month_that_was_turned_round_whole_is_refused() {
    let mut text = "Calling Number,Called Number,Start Time (UTC),Duration (s)\n".to_owned();
    for row in 0..24 {
        text.push_str(&format!("+447700900111,+447700900222,2025-{:02}-02 09:15:22,35\n", 1 + row % 12));
    }
    let said = refused(&text);
    assert!(said.contains("have been swapped"), "{said}");
}

#[test]
fn orders_mixed_in_the_first_rows_are_refused_with_their_rows() {
    let text = calls(1..=2, |at| {
        at.strftime(if at.day() % 2 == 0 { "%d/%m/%Y %H:%M:%S" } else { "%m/%d/%Y %H:%M:%S" }).to_string()
    });
    let said = refused(&text);
    assert!(said.contains("two orders") && said.contains("row"), "{said}");
}

#[test]
fn two_forms_of_two_orders_are_each_read_in_theirs() {
    let text = calls(1..=3, |at| {
        at.strftime(if at.day() % 2 == 0 { "%d/%m/%Y %H:%M:%S" } else { "%-m/%-d/%y %-H:%M:%S" }).to_string()
    });
    let read = read(&text).unwrap();
    assert_eq!(read.starts, truth(1..=3), "{}", read.remarks);
    assert!(read.remarks.contains("month/day/year"), "{}", read.remarks);
}

#[test]
fn times_that_state_no_offset_among_those_that_do_are_rejected() {
    let text = calls(7..=7, |at| {
        at.strftime(if at.day() == 9 { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M:%SZ" }).to_string()
    })
    .replace("Start Time (UTC)", "Start Time");
    let read = read(&text).unwrap();
    assert_eq!((read.starts.len(), read.rejects), (27, 1));
    assert!(read.remarks.contains("state their offset") && read.remarks.contains("row 10"), "{}", read.remarks);
}

#[test]
fn headings_of_two_zones_are_refused_and_offsets_beat_a_heading() {
    let said = refused(
        "Calling Number,Called Number,Start (UTC),End (local)\n\
         +447700900111,+447700900222,13/07/2025 09:15:22,13/07/2025 10:16:22\n",
    );
    assert!(said.contains("two time zones"), "{said}");
    let read = read(
        "Calling Number,Called Number,Start (UTC),Duration (s)\n\
         +447700900111,+447700900222,13/07/2025 10:15:22 +0100,35\n",
    )
    .unwrap();
    assert_eq!(read.starts[0].1, "2025-07-13T09:15:22Z");
    assert!(read.remarks.contains("their own offset"), "{}", read.remarks);
    let shifted = calls(7..=7, by("%d/%m/%Y %H:%M:%S")).replace("(UTC)", "(UTC+1)");
    assert_eq!(self::read(&shifted).unwrap().starts[0].1, "2025-07-01T08:15:22Z");
}
