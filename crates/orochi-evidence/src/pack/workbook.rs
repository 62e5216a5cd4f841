//! The same pack as a workbook: every row, to be sorted and filtered.
//!
//! What may surprise:
//! - Telephone numbers and identifiers are text, so that no spreadsheet rounds them; times are real dates on the United
//!   Kingdom's clock, with the zone beside them, and again as text in UTC.
//! - Text that begins like a formula is written as text and stays text in an XLSX. (Saved on as CSV by
//!   the reader, it would not.)
//! - Rows are written out as they are made: memory does not grow with them.

use jiff::tz::TimeZone;
use orochi_model::problem::Problem;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{
    Document,
    bursts::bulk_texts,
    document::Printer,
    folder::{Folder, file},
    identifiers,
    line::LineEvent,
    sequence::{cells, kind},
    study::Study,
    text::{clean, london, row},
};

/// Rows of one sheet; a longer table goes on in a further sheet. A spreadsheet takes 1,048,576.
const SHEET: usize = 1_000_000;

/// A cell's value.
enum Value {
    Text(String),
    Number(f64),
    /// Microseconds UTC: three cells, the wall clock, its zone, UTC.
    When(i64),
    /// An instant that is not stated: three empty cells.
    Unstated,
    Nothing,
}

fn text(words: impl AsRef<str>) -> Value {
    Value::Text(clean(words.as_ref()))
}

fn some(words: Option<&str>) -> Value {
    words.map_or(Value::Nothing, text)
}

fn number(number: usize) -> Value {
    Value::Number(number as f64)
}

fn wrong(error: XlsxError) -> Problem {
    match error {
        XlsxError::IoError(error) => Problem::user("the workbook cannot be written").because(error),
        error => Problem::bug("the workbook cannot be written").because(error),
    }
}

struct Book {
    book: Workbook,
    zone: TimeZone,
    bold: Format,
    date: Format,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let study = press.study;
    let mut book = Book {
        book: Workbook::new(),
        zone: london()?,
        bold: Format::new().set_bold(),
        date: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
    };
    let mut properties = DocProperties::new()
        .set_title(format!("Locator pack of {}", study.name()))
        .set_author(&press.stamp.reference)
        .set_comment(format!("{}, audit log {}, {}", press.stamp.tool, press.stamp.head, press.stamp.marking));
    // Never the clock: without a log the year spreadsheets count from.
    let made = press.stamp.as_of_second.unwrap_or_default();
    properties = properties.set_creation_datetime(&stamp(&TimeZone::UTC, made.saturating_mul(1_000_000))?);
    book.book.set_properties(&properties);

    about(&mut book, press)?;
    let numbers = study.numbers.iter().map(|one| {
        vec![text(&one.number), Value::When(one.first), Value::When(one.last), Value::Number(one.events as f64)]
    });
    book.table("Numbers", &[("Number", 18), ("First", 0), ("Last", 0), ("Communications", 16)], numbers)?;
    let lines: Vec<&str> = study.numbers.iter().map(|one| one.number.as_str()).collect();
    let columns = [
        ("No.", 8),
        ("Start", 0),
        ("From", 18),
        ("To", 18),
        ("Forwarded to", 18),
        ("Type", 14),
        ("Outcome", 12),
        ("Seconds", 9),
        ("Cell used", 44),
        ("What it shows", 40),
        ("Exhibit:row", 40),
        ("Hour shown twice", 16),
    ];
    let sequence = (1..).zip(study.events()).map(|(place, event)| entry(&lines, place, event));
    let rows = book.try_table("Sequence of events", &columns, sequence)?;
    bulk(&mut book, study)?;
    devices(&mut book, study)?;
    strands(&mut book, press)?;

    let bytes = book.book.save_to_buffer().map_err(wrong)?;
    let mut made = file(Document::Workbook, "workbook.xlsx");
    made.rows = Some(rows);
    folder.write(made, &bytes)
}

/// Texts of bursts, and who received them.
fn bulk(book: &mut Book, study: &Study<'_>) -> Result<(), Problem> {
    let bulk = bulk_texts(study, study.burst_rule());
    let texts = (1..).zip(&bulk.bursts).flat_map(|(place, burst)| {
        burst.texts.iter().map(move |one| {
            vec![
                number(place),
                Value::When(one.start),
                text(burst.sender),
                some(one.b.as_deref()),
                text(one.records.first().map(|record| row(&record.row)).unwrap_or_default()),
            ]
        })
    });
    book.table("Burst texts", &[("Burst", 8), ("Sent", 0), ("From", 18), ("To", 18), ("Exhibit:row", 24)], texts)?;
    let base = bulk.base.iter().map(|one| {
        vec![
            text(one.number),
            Value::When(one.first.start),
            number(one.bursts),
            number(one.contacts),
            number(one.days),
            text(one.first.records.first().map(|record| row(&record.row)).unwrap_or_default()),
        ]
    });
    let columns = [
        ("Number", 18),
        ("First burst received", 0),
        ("Bursts received", 16),
        ("Contacts to line", 16),
        ("Days in contact", 16),
        ("Exhibit:row", 24),
    ];
    book.table("Recipients of bulk texts", &columns, base)?;
    Ok(())
}

/// SIMs and handsets.
fn devices(book: &mut Book, study: &Study<'_>) -> Result<(), Problem> {
    let found = identifiers::identifiers_of_line(study)?;
    let found = found.iter().map(|one| {
        let (from, to) = one.seen.map_or((Value::Unstated, Value::Unstated), |(a, b)| (Value::When(a), Value::When(b)));
        vec![
            text(one.kind),
            text(&one.value),
            text(&one.number),
            from,
            to,
            Value::Number(one.rows as f64),
            text(row(&one.first)),
        ]
    });
    let columns = [
        ("Kind", 10),
        ("Identifier", 24),
        ("With number", 18),
        ("First row", 0),
        ("Last row", 0),
        ("Rows", 8),
        ("First at", 24),
    ];
    book.table("Identifiers", &columns, found)?;
    Ok(())
}

fn about(book: &mut Book, press: &Printer<'_, '_>) -> Result<(), Problem> {
    let (stamp, cover) = (press.stamp, press.cover()?);
    let mut rows = vec![
        ("Marking", stamp.marking.to_owned()),
        ("Case", stamp.case.clone()),
        ("Reference", stamp.reference.clone()),
        ("Line", cover.line),
        ("Period", cover.period),
        ("Made from", cover.made_from),
        ("As at", stamp.as_of.clone()),
        ("Program", stamp.tool.to_owned()),
        ("Audit log", stamp.head.clone()),
        ("Cells", "A cell says which mast served the phone, not where any person was.".to_owned()),
        (
            "Opinion",
            "The sheet Attribution holds the opinion of a method, for and against; all other sheets hold facts from \
             the records."
                .to_owned(),
        ),
    ];
    if press.study.events().is_empty() {
        rows.push(("Missing", super::profile::absent(press.study)?));
    }
    book.table(
        "About",
        &[("Item", 14), ("Value", 100)],
        rows.into_iter().map(|(name, value)| vec![text(name), text(value)]),
    )
    .map(drop)
}

fn strands(book: &mut Book, press: &Printer<'_, '_>) -> Result<(), Problem> {
    let report = press.study.attributed()?;
    let mut rows = Vec::new();
    for (place, spell) in (1..).zip(&report.findings) {
        for candidate in &spell.candidates {
            let sides = [("for", &candidate.supports), ("against", &candidate.against)];
            for (side, strand) in sides.iter().flat_map(|(side, all)| all.iter().map(move |one| (*side, one))) {
                let behind: Vec<String> = strand.evidence.iter().map(row).collect();
                rows.push(vec![
                    number(place),
                    text(&spell.from),
                    text(&spell.to),
                    text(&candidate.number),
                    candidate.log10_lr.map_or(Value::Nothing, Value::Number),
                    Value::Number(candidate.bound),
                    text(&candidate.verbal),
                    text(side),
                    text(strand.strand),
                    text(strand.text.as_str()),
                    text(behind.join(", ")),
                ]);
            }
        }
    }
    let columns = [
        ("Spell", 7),
        ("From (UTC)", 22),
        ("To (UTC)", 22),
        ("Number compared", 18),
        ("log10 likelihood ratio", 20),
        ("Bound (log10)", 14),
        ("In words", 22),
        ("Side", 9),
        ("Strand", 22),
        ("What it says", 90),
        ("Exhibit:row", 40),
    ];
    book.table("Attribution", &columns, rows.into_iter()).map(drop)
}

fn entry(lines: &[&str], place: usize, event: &LineEvent) -> Result<Vec<Value>, Problem> {
    let rows: Vec<String> = event.rows().iter().map(row).collect();
    Ok(vec![
        number(place),
        Value::When(event.start),
        some(event.a.as_deref()),
        some(event.b.as_deref()),
        some(event.c.as_deref()),
        text(kind(event)),
        some(event.outcome.as_deref()),
        event.duration.filter(|_| !event.is_text()).map_or(Value::Nothing, |seconds| Value::Number(seconds.into())),
        text(cells(lines, event).join("; ")),
        text(event.shows()?.as_str()),
        text(rows.join(", ")),
        if event.ambiguous { text("yes") } else { Value::Nothing },
    ])
}

/// An instant as a spreadsheet's date, on a clock.
fn stamp(zone: &TimeZone, us: i64) -> Result<ExcelDateTime, Problem> {
    let at = jiff::Timestamp::from_microsecond(us)
        .map_err(|error| Problem::data("an instant is outside the calendar").because(error))?
        .to_zoned_datetime(zone.clone());
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default().clamp(1900, 9999);
    ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))
        .and_then(|date| date.and_hms(part(at.hour()).into(), part(at.minute()), part(at.second())))
        .map_err(wrong)
}

impl Book {
    /// A sheet with a frozen, filtered header; gives its rows. A width of 0 marks an instant,
    /// which takes three columns.
    fn table(
        &mut self,
        name: &str,
        columns: &[(&str, u16)],
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Result<usize, Problem> {
        self.try_table(name, columns, rows.map(Ok))
    }

    fn try_table(
        &mut self,
        name: &str,
        columns: &[(&str, u16)],
        rows: impl Iterator<Item = Result<Vec<Value>, Problem>>,
    ) -> Result<usize, Problem> {
        let mut rows = rows.peekable();
        let mut total = 0;
        for part in 1.. {
            let title = if part == 1 { name.to_owned() } else { format!("{name} {part}") };
            let sheet = self.book.add_worksheet_with_constant_memory().map_err(wrong)?;
            sheet.set_name(&title).map_err(wrong)?;
            let wide = head(sheet, columns, &self.bold)?;
            let mut count = 0_u32;
            while (count as usize) < SHEET {
                let Some(values) = rows.next() else { break };
                count += 1;
                write_row(sheet, count, values?, &self.zone, &self.date)?;
            }
            sheet.autofilter(0, 0, count, wide.saturating_sub(1)).map_err(wrong)?;
            sheet.set_freeze_panes(1, 0).map_err(wrong)?;
            total += count as usize;
            if rows.peek().is_none() {
                break;
            }
        }
        Ok(total)
    }
}

fn head(sheet: &mut Worksheet, columns: &[(&str, u16)], bold: &Format) -> Result<u16, Problem> {
    let mut at = 0;
    let mut one = |name: String, width: u16| {
        sheet.set_column_width(at, width).map_err(wrong)?;
        sheet.write_string_with_format(0, at, name, bold).map_err(wrong)?;
        at += 1;
        Ok::<_, Problem>(())
    };
    for (name, width) in columns {
        if *width == 0 {
            one(format!("{name} (UK time)"), 20)?;
            one("Zone".to_owned(), 7)?;
            one(format!("{name} (UTC)"), 22)?;
        } else {
            one((*name).to_owned(), *width)?;
        }
    }
    Ok(at)
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    values: Vec<Value>,
    zone: &TimeZone,
    date: &Format,
) -> Result<(), Problem> {
    let mut at = 0;
    for value in values {
        match value {
            Value::Text(words) => {
                // A spreadsheet's cell holds 32,767 characters.
                let words: String = words.chars().take(32_000).collect();
                sheet.write_string(row, at, words).map_err(wrong)?;
            }
            Value::Number(number) => {
                sheet.write_number(row, at, number).map_err(wrong)?;
            }
            Value::When(us) => {
                sheet.write_datetime_with_format(row, at, &stamp(zone, us)?, date).map_err(wrong)?;
                sheet.write_string(row, at + 1, super::text::moment_in(zone, us)?.zone).map_err(wrong)?;
                let utc = jiff::Timestamp::from_microsecond(us).map(|at| at.to_string()).unwrap_or_default();
                sheet.write_string(row, at + 2, utc).map_err(wrong)?;
                at += 2;
            }
            Value::Unstated => at += 2,
            Value::Nothing => {}
        }
        at += 1;
    }
    Ok(())
}
