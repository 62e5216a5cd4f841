//! `orochi reading`

use std::path::PathBuf;

use orochi_case::reading::{self, Column, Content, Rejection, Report};
use orochi_model::locator::FilePart;
use serde_json::json;

use crate::{
    case_session,
    exit::Done,
    export::aligned,
    text::{count, counted, printable},
    ui::Ui,
};

/// Show how an exhibit was read, column by column: what was understood, corrected, doubted, rejected and passed over
///
/// The output states what was done when the file was taken in, by the layout kept with the exhibit, whatever profiles
/// exist today. Counts are of the whole file. Examples are taken from rows among the records, one for each way in which
/// the values of a column are written, as received and as read. "Absent" counts rows whose cell is empty or means that
/// there is no value (-1, N/A, withheld). What was left out, and why, is listed at the end.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi reading heron EX0003
  orochi reading heron EX0003 --json")]
pub struct ReadingArgs {
    /// The case folder
    case: PathBuf,
    /// The exhibit
    exhibit: String,
    /// Leave out text from the file other than headings and remarks
    #[arg(long)]
    without_values: bool,
}

impl ReadingArgs {
    /// Shows it.
    pub fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        let exhibit = case.exhibit(&self.exhibit)?;
        case_session::consult(
            &case,
            "reading",
            json!({ "exhibit": exhibit.label, "without_values": self.without_values }),
        )?;
        let engine = case_session::engine(&case)?;
        let mut report = reading::report(&case, &engine, &exhibit)?;
        if self.without_values {
            report = report.without_values();
        }
        if ui.json() {
            return ui.stream_document(&report);
        }
        ui.print(&text(ui, &report))
    }
}

fn text(ui: &Ui, report: &Report) -> String {
    let tally = &report.tally;
    let mut text = format!(
        "{} {} (SHA-256 {}, {} bytes)\n{}: {}, {}, {} excess; {} not rows of data\n",
        report.exhibit,
        printable(&report.file),
        report.sha256,
        count(report.bytes),
        counted(tally.rows, "row", "rows"),
        counted(tally.records, "record", "records"),
        counted(tally.rejects, "reject", "rejects"),
        count(tally.excess),
        counted(tally.notes, "line is", "lines are"),
    );
    if !report.kept {
        text.push_str(
            "How this file was read was not kept, because an earlier orochi took it in. What follows rests on today's \
             profiles and may differ from what was done then; counts and values read are those recorded then.\n",
        );
    }
    for sheet in &report.sheets {
        text.push('\n');
        if let Some(name) = &sheet.sheet {
            text.push_str(&format!("Sheet {}\n", ui.bold(&printable(&FilePart::shown_text(name)))));
        }
        if let Some(why) = &sheet.left_out {
            text.push_str(&format!("Left out: {why}\n"));
        }
        if let Some(content) = &sheet.read {
            content_text(ui, content, &mut text);
        }
    }
    if !report.remarks.is_empty() {
        text.push_str(&format!("\n{}\n", ui.bold("Remarks when it was taken in")));
        report.remarks.iter().for_each(|remark| text.push_str(&format!("  {}\n", printable(remark))));
    }
    text
}

fn content_text(ui: &Ui, content: &Content, text: &mut String) {
    content.understood.iter().for_each(|said| text.push_str(&format!("{}\n", printable(said))));
    for line in &content.above {
        text.push_str(&format!("  {}: {}\n", printable(&line.key), printable(&line.value)));
    }
    let rows = content.columns.iter().map(line).collect();
    let heads = ["column", "heading", "field", "filled", "absent", "doubted", "rejected"];
    text.push_str(&format!("\n{}", aligned(&heads, &[true, false, false, true, true, true, true], rows)));
    content.columns.iter().for_each(|column| column_text(ui, column, text));
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{}\n", ui.bold(title)));
            lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
    };
    part(
        "Rows rejected for a reason that concerns no single column",
        content.rejections.iter().map(rejection).collect(),
    );
    let mut passed = Vec::new();
    for lines in &content.passed_over {
        passed.push(format!("{}: {}", lines.kind, counted(lines.lines, "line", "lines")));
        passed.extend(lines.first.iter().map(|line| format!("  row {}: {}", line.row, printable(&line.text))));
    }
    part("Passed over because they are not rows of data", passed);
    let mut nobody: Vec<String> = content.unmapped.iter().map(|heading| printable(heading).into_owned()).collect();
    if content.beyond > 0 {
        nobody.push(format!("text beyond the last heading in {}", counted(content.beyond, "row", "rows")));
    }
    part("Columns that were not used", nobody);
}

fn line(column: &Column) -> Vec<String> {
    let field = column.field.map_or("(no field)", |field| field.as_str());
    vec![
        column.column.to_string(),
        column.heading.clone(),
        field.to_owned(),
        count(column.filled),
        column.absent.map(count).unwrap_or_default(),
        count(column.doubted),
        count(column.rejected),
    ]
}

fn column_text(ui: &Ui, column: &Column, text: &mut String) {
    let Some(field) = column.field else { return };
    if column.understood.is_empty() && column.examples.is_empty() && column.rejections.is_empty() {
        return;
    }
    let title = format!("Column {}, {}: {}", column.column, printable(&column.heading), field.as_str());
    text.push_str(&format!("\n{}\n", ui.bold(&title)));
    column.understood.iter().for_each(|said| text.push_str(&format!("  {}\n", printable(said))));
    for one in &column.examples {
        let read = one.read.as_deref().unwrap_or("(nothing)");
        text.push_str(&format!("  row {}: {} → {}\n", one.row, printable(&one.received), printable(read)));
    }
    column.rejections.iter().for_each(|one| text.push_str(&format!("  rejected, {}\n", rejection(one))));
}

fn rejection(one: &Rejection) -> String {
    let received = one.received.as_deref().filter(|text| !text.is_empty()).map(|text| format!("{}: ", printable(text)));
    let place = match one.rows {
        0 | 1 => format!("row {}", one.row),
        rows => format!("{} from row {}", counted(rows, "row", "rows"), one.row),
    };
    format!("{place}: {}{}", received.unwrap_or_default(), printable(&one.reason))
}
