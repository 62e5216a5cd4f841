//! Web pages that are called workbooks.

use super::rows;
use crate::reading::draft::Draft;

fn plain(cell: &str) -> String {
    cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A page with one table.
pub fn page(draft: &Draft) -> String {
    let mut text = String::from("<html><head><meta charset=\"utf-8\"></head><body>\n<table border=\"1\">\n");
    for (index, row) in rows(draft).iter().enumerate() {
        let cell = if draft.headed && index == draft.above.len() { "th" } else { "td" };
        text.push_str("<tr>");
        for value in row {
            text.push_str(&format!("<{cell}>{}</{cell}>", plain(value)));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</table>\n</body></html>\n");
    text
}

/// The page as one part of a message.
pub fn mime(draft: &Draft) -> String {
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_part\"\r\n\r\n------=_part\r\n\
         Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\
         Content-Location: file:///C:/table.htm\r\n\r\n{}\r\n------=_part--\r\n",
        page(draft).replace('\n', "\r\n")
    )
}
