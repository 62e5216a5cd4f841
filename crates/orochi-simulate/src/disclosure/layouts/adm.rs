//! The ADM workbook: several sheets, of which one holds the events, every field in the variants it was worked on in
//! (raw, standardised, decoded, calculated, enriched), UTC stated above, raw numbers as spreadsheet numbers.
//!
//! Source: headings read from an open-source UK analyst's tool (isildur-uk/solar, commit 07141af0);
//! single source, not official.

use orochi_model::problem::Problem;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::super::clock::{UNREADABLE, Zone, day_first, time, year_first};
use super::super::layout::{Layout, Return, Tally, WrittenFile};
use super::super::number::{Imei, Number, Writing, mangled};
use super::super::row::{CellText, Fault, ReturnRow};
use super::poppy::degrees;
use crate::communication::{ContactKind, Outcome};

/// The layout.
pub struct Adm;

const BEFORE_CELLS: [&str; 14] = [
    "Event Type (*Enriched)",
    "Start Datetime (*Raw)",
    "Start Datetime (*Standardised)",
    "End Datetime (*Standardised)",
    "Duration (*Calculated)",
    "Originator Comms Address (*Raw)",
    "Originator Comms Address (*Standardised)",
    "Recipient Comms Address (*Raw)",
    "Recipient Comms Address (*Standardised)",
    "Forwarded to Comms Address (*Raw)",
    "IMSI (*Raw)",
    "IMEI (*Raw)",
    "IMEI (*Decoded)",
    "APN",
];

const OF_A_CELL: [&str; 9] = [
    "Cell Global Identity (CGI/ECGI/NCGI)",
    "Cell Site Address Details",
    "Cell Postcode (*Raw)",
    "Cell Generation (*Standardised)",
    "Cell Easting (*Standardised)",
    "Cell Northing (*Standardised)",
    "Cell Latitude (*Calculated)",
    "Cell Longitude (*Calculated)",
    "Cell Azimuth (*Standardised)",
];

/// Where this made-up operator forwards unanswered calls to; recalled from public help pages as O2's.
const VOICEMAIL: u64 = 901;
/// Lines above the header.
const ABOVE: u32 = 5;

fn event(row: &ReturnRow<'_>) -> &'static str {
    match (row.kind, row.outcome, row.outgoing()) {
        (ContactKind::Call, Outcome::Missed, true) => "Voice MO (no answer)",
        (ContactKind::Call, Outcome::Missed, false) => "Voice MT (no answer)",
        (ContactKind::Call, _, true) => "Voice MO",
        (ContactKind::Call, _, false) => "Voice MT",
        (ContactKind::Text, _, true) => "SMS MO",
        (ContactKind::Text, _, false) => "SMS MT",
        (ContactKind::Data, ..) => "GPRS",
    }
}

fn moment(at: jiff::civil::DateTime) -> Result<ExcelDateTime, XlsxError> {
    let unsigned = |number: i8| u8::try_from(number).unwrap_or_default();
    ExcelDateTime::from_ymd(u16::try_from(at.year()).unwrap_or_default(), unsigned(at.month()), unsigned(at.day()))?
        .and_hms(u16::try_from(at.hour()).unwrap_or_default(), unsigned(at.minute()), f64::from(at.second()))
}

/// A party as the operator gave it: numbers stand as numbers, names as text.
fn raw(sheet: &mut Worksheet, line: u32, column: u16, row: &ReturnRow<'_>, party: Number<'_>) -> Result<(), XlsxError> {
    let text = if row.fault == Fault::Mangled { mangled(party) } else { Writing::Plain.text(party) };
    match text.parse::<u64>() {
        Ok(number) => sheet.write_number(line, column, number as f64)?,
        Err(_) => sheet.write_string(line, column, text)?,
    };
    Ok(())
}

fn cell(sheet: &mut Worksheet, line: u32, column: u16, cell: Option<&CellText>) -> Result<(), XlsxError> {
    let Some(cell) = cell else { return Ok(()) };
    sheet.write_string(line, column, cell.global('-'))?;
    sheet.write_string(line, column + 1, format!("{}, {}", cell.name, cell.address))?;
    sheet.write_string(line, column + 2, &cell.postcode)?;
    sheet.write_string(line, column + 3, cell.generation)?;
    sheet.write_number(line, column + 4, cell.site.easting)?;
    sheet.write_number(line, column + 5, cell.site.northing)?;
    for (place, text) in degrees(cell).into_iter().enumerate() {
        if let Ok(number) = text.parse::<f64>() {
            sheet.write_number(line, column + 6 + place as u16, number)?;
        }
    }
    sheet.write_number(line, column + 8, cell.azimuth)?;
    Ok(())
}

fn events(sheet: &mut Worksheet, returned: &Return<'_>, tally: &mut Tally) -> Result<(), XlsxError> {
    let dated = Format::new().set_num_format("dd/mm/yyyy hh:mm:ss");
    let cover = returned.cover;
    let above = [
        ("Target identity", Writing::Plus.text(Number::Sim(cover.target))),
        ("URN", cover.reference.clone()),
        ("CSP", cover.operator.clone()),
        ("Times", "UTC".to_owned()),
    ];
    for (line, (key, value)) in above.iter().enumerate() {
        sheet.write_string(line as u32, 0, *key)?;
        sheet.write_string(line as u32, 2, value)?;
    }
    for (column, heading) in BEFORE_CELLS.iter().enumerate() {
        sheet.write_string(ABOVE, column as u16, *heading)?;
    }
    let first = BEFORE_CELLS.len() as u16;
    let last = first + OF_A_CELL.len() as u16;
    for (column, heading) in OF_A_CELL.iter().enumerate() {
        sheet.write_string(ABOVE, first + column as u16, format!("Start {heading}"))?;
        sheet.write_string(ABOVE, last + column as u16, format!("End {heading}"))?;
    }
    for row in returned.rows {
        let line = ABOVE + 1 + tally.rows as u32;
        let start = returned.clock.civil(row.start, Zone::Utc);
        let end = returned.clock.civil(row.end, Zone::Utc);
        let data = row.kind == ContactKind::Data;
        sheet.write_string(line, 0, event(row))?;
        if row.fault == Fault::Undated {
            sheet.write_string(line, 1, UNREADABLE)?;
        } else {
            sheet.write_string(line, 1, format!("{}T{}Z", year_first(start), time(start)))?;
            sheet.write_datetime_with_format(line, 2, moment(start)?, &dated)?;
        }
        sheet.write_datetime_with_format(line, 3, moment(end)?, &dated)?;
        if row.kind != ContactKind::Text {
            sheet.write_number(line, 4, row.seconds)?;
        }
        raw(sheet, line, 5, row, row.a())?;
        if !data {
            raw(sheet, line, 7, row, row.b())?;
        }
        if row.fault != Fault::Mangled {
            sheet.write_string(line, 6, Writing::Plus.text(row.a()))?;
            if !data {
                sheet.write_string(line, 8, Writing::Plus.text(row.b()))?;
            }
        }
        if row.outcome == Outcome::Voicemail {
            sheet.write_number(line, 9, VOICEMAIL as f64)?;
        }
        sheet.write_string(line, 10, row.imsi.to_string())?;
        if let Ok(number) = Imei::Zero.text(row.imei).parse::<f64>() {
            sheet.write_number(line, 11, number)?;
        }
        sheet.write_string(line, 12, Imei::Short.text(row.imei))?;
        if data {
            sheet.write_string(line, 13, "mobile.web")?;
        }
        cell(sheet, line, first, row.first)?;
        cell(sheet, line, last, if data { None } else { row.last })?;
        returned.count(row, tally);
    }
    Ok(())
}

/// The same events for those who want few columns.
fn simple(sheet: &mut Worksheet, returned: &Return<'_>) -> Result<(), XlsxError> {
    for (column, heading) in
        ["Event Type", "Start Datetime", "Originator Comms Address", "Recipient Comms Address"].iter().enumerate()
    {
        sheet.write_string(0, column as u16, *heading)?;
    }
    for (line, row) in returned.rows.iter().enumerate() {
        let line = line as u32 + 1;
        let start = returned.clock.civil(row.start, Zone::Utc);
        sheet.write_string(line, 0, event(row))?;
        sheet.write_string(line, 1, format!("{} {}", day_first(start), time(start)))?;
        sheet.write_string(line, 2, Writing::Plus.text(row.a()))?;
        sheet.write_string(
            line,
            3,
            if row.kind == ContactKind::Data { String::new() } else { Writing::Plus.text(row.b()) },
        )?;
    }
    Ok(())
}

fn workbook(returned: &Return<'_>) -> Result<(Workbook, Tally), XlsxError> {
    let mut book = Workbook::new();
    // The only thing in a workbook that is not in its cells and changes from run to run.
    let made = ExcelDateTime::from_ymd(2025, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author("made up").set_creation_datetime(&made));
    let cover = book.add_worksheet().set_name("Cover Sheet")?;
    cover.write_string(0, 0, "Communications data, made up by a simulator")?;
    cover.write_string(2, 0, "Reference")?.write_string(2, 1, &returned.cover.reference)?;
    let mut tally = Tally::default();
    events(book.add_worksheet_with_constant_memory()?.set_name("ADM Summary")?, returned, &mut tally)?;
    simple(book.add_worksheet_with_constant_memory()?.set_name("Simple View")?, returned)?;
    let glossary = book.add_worksheet().set_name("Glossary")?;
    glossary.write_string(0, 0, "Term")?.write_string(0, 1, "Meaning")?;
    glossary.write_string(1, 0, "(*Raw)")?.write_string(1, 1, "as the operator gave it")?;
    glossary.write_string(2, 0, "(*Standardised)")?.write_string(2, 1, "in one form for all operators")?;
    Ok((book, tally))
}

impl Layout for Adm {
    fn name(&self) -> &'static str {
        "adm"
    }

    fn write(&self, returned: &Return<'_>) -> Result<Vec<WrittenFile>, Problem> {
        if returned.rows.is_empty() {
            return Ok(Vec::new());
        }
        let path = returned.folder.join(format!("{}-adm.xlsx", returned.stem));
        let failed = |error: XlsxError| Problem::user("cannot write the workbook").at(path.display()).because(error);
        let (mut book, tally) = workbook(returned).map_err(failed)?;
        book.save(&path).map_err(failed)?;
        Ok(vec![WrittenFile { path, tally }])
    }
}
