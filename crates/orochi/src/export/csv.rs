//! Comma separated values that a spreadsheet may open.
//!
//! A spreadsheet runs a cell that begins like a formula, and disclosed text can begin with anything. Such cells get an
//! apostrophe before them, the spreadsheet's own sign for text. A phone number begins with `+` too and must stay as it
//! is, so `+` and `-` are left alone when only digits, spaces, points, brackets and hyphens follow: no
//! formula can be made of these.

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use orochi_evidence::exchange::csv_escape::is_formula;
use orochi_tables::cell_text::{ColumnText, Shape};

use super::{Sink, target::Target};
use crate::exit::{Done, Stop};

/// Bytes collected before a write.
const CHUNK: usize = 1 << 16;

pub struct Csv {
    target: Target,
    marking: Option<&'static str>,
    text: String,
}

impl Csv {
    pub fn new(target: Target, schema: &SchemaRef, marking: Option<&'static str>) -> Result<Self, Stop> {
        let mut text = String::with_capacity(CHUNK * 2);
        let names = marking.iter().map(|_| "marking").chain(schema.fields().iter().map(|field| field.name().as_str()));
        for (index, name) in names.enumerate() {
            if index > 0 {
                text.push(',');
            }
            push_cell(&mut text, name);
        }
        text.push('\n');
        Ok(Self { target, marking, text })
    }
}

impl Sink for Csv {
    fn write(&mut self, batch: &RecordBatch) -> Done {
        let columns = batch.columns().iter().map(ColumnText::new).collect::<Result<Vec<_>, _>>()?;
        let mut cell = String::new();
        for row in 0..batch.num_rows() {
            if let Some(marking) = self.marking {
                self.text.push_str(marking);
                self.text.push(',');
            }
            for (index, column) in columns.iter().enumerate() {
                if index > 0 {
                    self.text.push(',');
                }
                cell.clear();
                match column.write(row, &mut cell) {
                    Shape::Text => push_cell(&mut self.text, &cell),
                    Shape::Null | Shape::Number | Shape::NotANumber | Shape::Boolean => self.text.push_str(&cell),
                }
            }
            self.text.push('\n');
            if self.text.len() > CHUNK {
                self.target.write(self.text.as_bytes())?;
                self.text.clear();
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Done {
        self.target.write(self.text.as_bytes())?;
        self.target.finish()
    }
}

/// Appends a text cell: made harmless, and quoted where the format asks for it.
fn push_cell(out: &mut String, text: &str) {
    let guard = is_formula(text);
    if !guard && !text.contains([',', '"', '\n', '\r']) {
        out.push_str(text);
        return;
    }
    if !text.contains([',', '"', '\n', '\r']) {
        out.push('\'');
        out.push_str(text);
        return;
    }
    out.push('"');
    if guard {
        out.push('\'');
    }
    for part in text.split_inclusive('"') {
        out.push_str(part);
        if part.ends_with('"') {
            out.push('"');
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push_cell(&mut out, text);
        out
    }

    #[test]
    fn phone_numbers_and_negative_numbers_stay_as_they_are() {
        for text in
            ["+447700900123", "+44 7700 900123", "+44 (0)7700-900123", "-12.5", "07700 900123", "", "O2", "plain text"]
        {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn formula_like_cells_are_made_text() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
        assert_eq!(cell("-A1"), "'-A1");
        assert_eq!(cell("\t=1"), "'\t=1");
        assert_eq!(cell("＝1"), "'＝1");
    }

    #[test]
    fn a_formula_behind_a_number_is_still_a_formula() {
        assert_eq!(cell("+44+cmd|'/C calc'!A0"), "'+44+cmd|'/C calc'!A0");
        assert_eq!(cell("-1=HYPERLINK(A1)"), "'-1=HYPERLINK(A1)");
    }

    #[test]
    fn quotes_commas_and_line_ends_are_quoted() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
        assert_eq!(cell("=A1,\"B\""), "\"'=A1,\"\"B\"\"\"");
    }
}
