//! Delimited text.

use super::rows;
use crate::reading::{
    draft::Draft,
    form::{Encoding, Ends, Marks},
};

/// The text as bytes.
pub fn bytes(draft: &Draft) -> Vec<u8> {
    let form = &draft.form;
    let mut text = String::new();
    let rows = rows(draft);
    for (index, row) in rows.iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(form.delimiter);
            }
            push_cell(cell, form.delimiter, form.marks, &mut text);
        }
        if index + 1 < rows.len() || form.last_end {
            text.push_str(match form.ends {
                Ends::Feed => "\n",
                Ends::Both => "\r\n",
                Ends::Return => "\r",
                Ends::Mixed => ["\n", "\r\n"][index % 2],
            });
        }
    }
    encoded(&text, form.encoding)
}

fn push_cell(cell: &str, delimiter: char, marks: Marks, out: &mut String) {
    let needed = cell.contains([delimiter, '"', '\n', '\r']);
    // A line break or a delimiter must be enclosed however marks are written.
    let enclosed = cell.contains([delimiter, '\n', '\r']);
    if match marks {
        Marks::All => true,
        Marks::Needed => needed,
        Marks::Never => enclosed,
    } {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let wide = |mark: u16, bytes: fn(u16) -> [u8; 2]| {
        std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Mark => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Encoding::Utf16Little => wide(0xFEFF, u16::to_le_bytes),
        Encoding::Utf16Big => wide(0xFEFF, u16::to_be_bytes),
        // What is used of it is Latin-1.
        Encoding::Windows1252 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
    }
}
