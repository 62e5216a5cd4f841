//! Columns without a place in a table, as a JSON object in file order: nothing disclosed is dropped.

use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// The cells no field took; none when all are empty.
pub(crate) fn extra(row: Row<'_>, mapping: &Mapping) -> Option<String> {
    let mut out = String::new();
    for (column, cell) in row.cells.iter().enumerate() {
        let cell = cell.trim();
        if cell.is_empty() || mapping.field_of(column).is_some_and(|field| field != Field::Ignore) {
            continue;
        }
        out.push_str(if out.is_empty() { "{" } else { "," });
        quote(mapping.headings.get(column).map_or("", |heading| heading.trim()), &mut out);
        out.push(':');
        quote(cell, &mut out);
    }
    if out.is_empty() {
        return None;
    }
    out.push('}');
    Some(out)
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes_as_json() {
        let mut out = String::new();
        super::quote("a \"b\" \\ \n", &mut out);
        assert_eq!(out, r#""a \"b\" \\ \u000a""#);
    }
}
