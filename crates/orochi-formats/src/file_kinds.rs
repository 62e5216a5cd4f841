//! Kinds of file that people send and that hold no table in a form read here, known by their bytes
//! and never by their names.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::container::Format;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// With its article: `a PDF`.
    pub what: &'static str,
    /// What to do with it.
    pub hint: &'static str,
    /// Whether other files are packed in it, among which tables may be.
    pub packed: bool,
}

const fn other(what: &'static str, hint: &'static str) -> Option<FileKind> {
    Some(FileKind { what, hint, packed: false })
}

const fn packed(what: &'static str) -> Option<FileKind> {
    Some(FileKind { what, hint: "unpack it, and add the files in it", packed: true })
}

const AS_TABLE: &str = "ask for the data as CSV or as a workbook, or first save its tables in that form";
const NO_TABLE: &str = "ask for the data as CSV or as a workbook";

/// The kind of a file that begins with `head`; none for one that may be a table.
pub fn of_head(head: &[u8]) -> Option<FileKind> {
    match head {
        [b'%', b'P', b'D', b'F', ..] => other("a PDF", AS_TABLE),
        [b'{', b'\\', b'r', b't', b'f', ..] => other("a letter in Rich Text", AS_TABLE),
        [b'R', b'a', b'r', b'!', ..] => packed("a RAR archive"),
        [b'7', b'z', 0xBC, 0xAF, ..] => packed("a 7-Zip archive"),
        [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', ..] => packed("a bzip2 file"),
        [0xFD, b'7', b'z', b'X', b'Z', ..] => packed("an xz file"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => packed("a Zstandard file"),
        [b'M', b'S', b'C', b'F', 0, ..] => packed("a cabinet archive"),
        _ if head.get(257..262) == Some(b"ustar") => packed("a tar archive"),
        [0xFF, 0xD8, 0xFF, ..]
        | [0x89, b'P', b'N', b'G', ..]
        | [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..]
        | [b'I', b'I', 42, 0, ..]
        | [b'M', b'M', 0, 42, ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..]
        | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => other("a picture", NO_TABLE),
        [b'I', b'D', b'3', 2..=4, ..]
        | [0xFF, 0xFB | 0xF3 | 0xF2, ..]
        | [b'O', b'g', b'g', b'S', ..]
        | [b'f', b'L', b'a', b'C', ..]
        | [b'#', b'!', b'A', b'M', b'R', ..]
        | [b'R', b'I', b'F', b'F', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', ..] => other("a recording of sound or film", NO_TABLE),
        _ if head.starts_with(b"-----BEGIN ") || is_signature(head) => other("a signature or key", NO_TABLE),
        _ if head.starts_with(b"SQLite format 3\0") => {
            other("a database", "save the tables in it as CSV, and add those")
        }
        [0x4C, 0, 0, 0, 1, 0x14, 2, 0, ..] => other("a shortcut", "add the file that it points to"),
        [b'M', b'Z', _, _, _, 0, ..] | [0x7F, b'E', b'L', b'F', ..] => other("a program", NO_TABLE),
        [0, 5, 0x16, 7, ..] => other("a Macintosh's notes on a file", "add the file itself"),
        _ => None,
    }
}

/// A signature beside a file (CMS): a sequence that begins with the object identifier of signed data.
fn is_signature(head: &[u8]) -> bool {
    const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    head.first() == Some(&0x30) && memchr::memmem::find(&head[..head.len().min(24)], &SIGNED_DATA).is_some()
}

/// What a file is that holds others: a workbook, a document, or an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A workbook.
    Workbook(Format),
    /// A document that holds no table in a form read here.
    Document(FileKind),
    /// Files of any kind.
    Archive,
}

const fn document(what: &'static str) -> Nature {
    Nature::Document(FileKind { what, hint: AS_TABLE, packed: false })
}

/// What a ZIP archive is, by the names of its parts.
pub fn of_zip<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Nature {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        return Nature::Workbook(Format::Xlsx);
    }
    if has("xl/workbook.bin") {
        return Nature::Workbook(Format::Xlsb);
    }
    if has("word/document.xml") {
        return document("a Word document");
    }
    if has("ppt/presentation.xml") {
        return document("a presentation");
    }
    if has("Index/Document.iwa") || has("Index.zip") {
        return document("a document of Apple's Numbers, Pages or Keynote");
    }
    if has("doc.kml") {
        return document("a map (KMZ)");
    }
    if !has("content.xml") {
        return Nature::Archive;
    }
    let mut stated = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        let _ = part.take(100).read_to_string(&mut stated);
    }
    if ["text", "presentation", "graphics"].iter().any(|kind| stated.contains(&format!("opendocument.{kind}"))) {
        return document("an OpenDocument letter");
    }
    Nature::Workbook(Format::Ods)
}

/// What an Office file of before 2007 is, by the names of its streams. One that is broken is taken for a
/// workbook, whose reader says so.
pub fn of_compound<R: Read + Seek>(file: R) -> Nature {
    let Ok(compound) = cfb::CompoundFile::open(file) else { return Nature::Workbook(Format::Xls) };
    let has = |name: &str| compound.exists(name);
    if has("/Workbook") || has("/Book") {
        Nature::Workbook(Format::Xls)
    } else if has("/EncryptedPackage") {
        Nature::Document(FileKind {
            what: "an Office document locked with a password",
            hint: "open it with the password, save it without one, and keep the file as received beside it",
            packed: true,
        })
    } else if has("/WordDocument") {
        document("a Word document")
    } else if has("/__properties_version1.0") {
        document("an Outlook message")
    } else if has("/PowerPoint Document") {
        document("a presentation")
    } else {
        document("an Office file without a workbook")
    }
}
