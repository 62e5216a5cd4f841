//! Document 9, *how the files were read*: of each file behind the pack what its columns were taken for, what was
//! mended, doubted, rejected and passed over, with examples before and after. For those who answer for the
//! processing of call data.

use orochi_case::reading::{Column, Content, Rejection, Report};
use orochi_model::{locator::FilePart, problem::Problem};
use serde::Serialize;

use super::{
    Document,
    document::Printer,
    folder::{Folder, file},
    text::{clean, count, counted},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "reading.typ", text: include_str!("templates/reading.typ") };

/// Words of a column of words on paper; `orochi reading --json` has more.
const EXAMPLES: usize = 6;

#[derive(Serialize)]
struct ReadingBody {
    missing: Vec<String>,
    files: Vec<Read>,
}

/// A file.
#[derive(Serialize)]
struct Read {
    title: String,
    facts: Vec<[String; 2]>,
    kept: bool,
    parts: Vec<Part>,
    remarks: Vec<String>,
}

/// A sheet of it.
#[derive(Default, Serialize)]
struct Part {
    title: String,
    left_out: Option<String>,
    understood: Vec<String>,
    columns: Vec<[String; 6]>,
    rejections: Vec<[String; 3]>,
    passed_over: Vec<[String; 3]>,
    nobody: Vec<String>,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let mut made = file(Document::Reading, "9-how-the-files-were-read.pdf");
    let readings = &press.study.readings;
    let mut missing = press.study.missing();
    if readings.is_empty() {
        missing.push(
            "No file holds a communication of the line in this period, and no file gives positions of cells."
                .to_owned(),
        );
    }
    for one in readings.iter().filter(|one| !one.kept) {
        missing.push(format!(
            "How {} was read was not kept, because an earlier version of the program took it in. Its columns are shown \
             as this version would read them.",
            one.exhibit
        ));
    }
    made.missing.clone_from(&missing);
    press.add(folder, TEMPLATE, made, &ReadingBody { missing, files: readings.iter().map(read).collect() })
}

fn read(report: &Report) -> Read {
    let tally = &report.tally;
    let fact = |name: &str, value: String| [name.to_owned(), value];
    let parts = report.sheets.iter().map(|sheet| {
        let title = sheet
            .sheet
            .as_deref()
            .map(|name| format!("Sheet {}", clean(&FilePart::shown_text(name))))
            .unwrap_or_default();
        match (&sheet.read, &sheet.left_out) {
            (Some(content), _) => Part { title, ..part(content) },
            (None, why) => Part { title, left_out: Some(clean(why.as_deref().unwrap_or_default())), ..Part::default() },
        }
    });
    Read {
        title: format!("{}: {}", report.exhibit, clean(&report.file)),
        facts: vec![
            fact("SHA-256 of the file as received", report.sha256.clone()),
            fact("Size", format!("{} bytes", count(report.bytes))),
            fact("Rows of data", count(tally.rows)),
            fact("Became records", count(tally.records)),
            fact("Rejected, kept with the reason", count(tally.rejects)),
            fact("Quarantined as excess data when taken in", count(tally.excess)),
            fact("Lines that are not rows of data", count(tally.notes)),
            fact("Records that repeat another one", count(report.duplicates)),
        ],
        kept: report.kept,
        parts: parts.collect(),
        remarks: report.remarks.iter().map(|remark| clean(remark)).collect(),
    }
}

fn part(content: &Content) -> Part {
    let mut nobody: Vec<String> = content.unmapped.iter().map(|heading| clean(heading)).collect();
    if content.beyond > 0 {
        let rows = counted(usize::try_from(content.beyond).unwrap_or_default(), "row", "rows");
        nobody.push(format!("text beyond the last heading, in {rows}"));
    }
    let of_columns =
        content.columns.iter().flat_map(|column| column.rejections.iter().map(|one| rejection(&column.heading, one)));
    let passed_over = content.passed_over.iter().map(|lines| {
        let first: Vec<String> =
            lines.first.iter().map(|line| format!("row {}: {}", line.row, clean(&line.text))).collect();
        [lines.kind.to_owned(), count(lines.lines), first.join("; ")]
    });
    Part {
        understood: content.understood.iter().map(|said| clean(said)).collect(),
        columns: content.columns.iter().filter(|column| column.field.is_some()).map(|one| row(one, content)).collect(),
        rejections: of_columns.chain(content.rejections.iter().map(|one| rejection("none alone", one))).collect(),
        passed_over: passed_over.collect(),
        nobody,
        ..Part::default()
    }
}

/// A column: heading and field, how it was understood with examples, and counts.
fn row(column: &Column, content: &Content) -> [String; 6] {
    let field = column.field.map_or("", |field| field.as_str());
    let heading = if column.heading.is_empty() { format!("column {}", column.column) } else { clean(&column.heading) };
    // What holds for the whole sheet stands above the table.
    let said = column.understood.iter().filter(|said| !content.understood.contains(said)).map(|said| clean(said));
    let examples = column.examples.iter().take(EXAMPLES).map(|one| {
        let read = one.read.as_deref().map_or_else(|| "nothing".to_owned(), clean);
        format!("{} \u{2192} {read} (row {})", clean(&one.received), one.row)
    });
    let lines: Vec<String> = said.chain(examples).collect();
    let absent = column.absent.map(count).unwrap_or_default();
    [heading, field.to_owned(), lines.join("\n"), absent, count(column.doubted), count(column.rejected)]
}

fn rejection(heading: &str, one: &Rejection) -> [String; 3] {
    let rows = match one.rows {
        0 | 1 => format!("row {}", one.row),
        rows => format!("{} rows from {}", count(rows), one.row),
    };
    let received = one.received.as_deref().filter(|text| !text.is_empty());
    let reason = match received {
        Some(text) => format!("{}: {}", clean(text), clean(&one.reason)),
        None => clean(&one.reason),
    };
    [clean(heading), rows, reason]
}
