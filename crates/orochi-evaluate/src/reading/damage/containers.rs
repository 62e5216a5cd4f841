//! Characters, ends of lines and archives.

use super::{Damage, Spec, Stage};
use crate::reading::{
    draft::{Column, Draft, Role},
    draw::Draw,
    form::{Encoding, Ends, Kind, Packing},
};

const fn bytes(
    name: &'static str,
    words: &'static str,
    family: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Packing, family, apply }
}

pub(super) static ALL: &[Damage] = &[
    bytes("byte order mark", "UTF-8 with a mark at the start", "encoding", |draft, _, _| {
        encoded(draft, Encoding::Utf8Mark)
    }),
    bytes("UTF-16", "UTF-16, low byte first", "encoding", |draft, _, _| encoded(draft, Encoding::Utf16Little)),
    bytes("UTF-16, high byte first", "UTF-16, high byte first", "encoding", |draft, _, _| {
        encoded(draft, Encoding::Utf16Big)
    }),
    bytes("Windows-1252", "a column of words in Windows-1252", "encoding", western),
    bytes("CRLF line ends", "lines that end in CR LF", "ends", |draft, _, _| ended(draft, Ends::Both)),
    bytes("CR line ends", "lines that end in CR alone", "ends", |draft, _, _| ended(draft, Ends::Return)),
    bytes("mixed line ends", "lines that end in LF or CR LF", "ends", |draft, _, _| ended(draft, Ends::Mixed)),
    bytes("no end of the last line", "the last line has no end", "last", no_last),
    bytes("gzip", "a file packed by gzip", "packing", |draft, _, _| packed(draft, Packing::Gzip)),
    bytes("Macintosh archive", "an archive with a letter and a Macintosh's furniture", "packing", |draft, _, _| {
        packed(draft, Packing::Zip)
    }),
];

fn encoded(draft: &mut Draft, encoding: Encoding) -> bool {
    if draft.form.kind != Kind::Text {
        return false;
    }
    draft.form.encoding = encoding;
    true
}

fn western(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    // Narrow spaces are not in it.
    let foreign = |cell: &String| cell.chars().any(|c| u32::from(c) > 0xFF);
    if !draft.headed || draft.lines.iter().any(|line| line.cells.iter().any(foreign)) {
        return false;
    }
    if !encoded(draft, Encoding::Windows1252) {
        return false;
    }
    let column = Column { heading: "Remarks".into(), role: Role::Extra };
    draft.insert_column(draft.columns.len(), column, |line| {
        ["Caf\u{e9}", "\u{a3}5", "", "na\u{ef}ve"][line % 4].to_owned()
    });
    true
}

fn ended(draft: &mut Draft, ends: Ends) -> bool {
    if draft.form.kind != Kind::Text {
        return false;
    }
    draft.form.ends = ends;
    true
}

fn no_last(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    draft.form.last_end = false;
    draft.form.kind == Kind::Text
}

fn packed(draft: &mut Draft, packing: Packing) -> bool {
    if draft.form.kind != Kind::Text {
        return false;
    }
    draft.form.packing = packing;
    true
}
