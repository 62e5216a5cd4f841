//! What a native file is, judged by its bytes: text, gzip, an archive of several files, or a workbook.
//!
//! Nothing is unpacked to disk, so names inside an archive never become paths; they are shown, so control characters are
//! replaced. What an archive expands to is bounded ([`limit`]), an archive in an archive is refused, and checksums are verified:
//! a broken or deceitful container is refused whole rather than read in part.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::{Crc, bufread::MultiGzDecoder, read::DeflateDecoder};
use orochi_model::problem::Problem;
use zip::{CompressionMethod, ZipArchive};

/// An archive may expand to this many bytes whatever its size.
pub const FREE_EXPANSION: u64 = 1 << 30;

/// Beyond that it may expand to this many times its size; tables of calls expand five to thirty times.
pub const MAX_RATIO: u64 = 200;

/// Most members of an archive, or parts of a workbook.
pub const MAX_MEMBERS: usize = 10_000;

/// Most bytes that an archive of `compressed` bytes may expand to.
pub fn limit(compressed: u64) -> u64 {
    FREE_EXPANSION.max(compressed.saturating_mul(MAX_RATIO))
}

/// What a native file is.
#[derive(Debug)]
pub enum Container {
    /// Text as it is.
    Plain,
    /// One gzip stream, or several one after the other.
    Gzip,
    /// A ZIP archive of texts.
    Zip(Vec<Member>),
    /// A workbook.
    Workbook(Format),
}

/// Kinds of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML.
    Xlsx,
    /// Excel's binary workbook in a ZIP archive.
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// One file in an archive.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name as shown.
    pub name: String,
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    stored: bool,
}

impl Container {
    /// Looks at the file's bytes; names are no evidence.
    ///
    /// # Errors
    /// Data kind for a broken archive or a bomb, user kind for kinds of file that hold no table in a form read here.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let mut file = File::open(path).map_err(|error| Problem::io("open", path, &error))?;
        let mut head = Vec::new();
        file.by_ref().take(4096).read_to_end(&mut head).map_err(|error| Problem::io("read", path, &error))?;
        match head.as_slice() {
            [0x1F, 0x8B, ..] => Ok(Self::Gzip),
            [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => open_zip(file),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Ok(Self::Workbook(Format::Xls)),
            head => refuse_others(head).map_or(Ok(Self::Plain), Err),
        }
    }
}

/// Kinds of file that people do send and that are no text.
fn refuse_others(head: &[u8]) -> Option<Problem> {
    let (what, hint) = match head {
        [b'%', b'P', b'D', b'F', ..] => {
            ("a PDF", "ask for the data as CSV or as a workbook, or convert its tables first")
        }
        [b'R', b'a', b'r', b'!', ..] => ("a RAR archive", "unpack it and add the files in it"),
        [b'7', b'z', 0xBC, 0xAF, ..] => ("a 7-Zip archive", "unpack it and add the files in it"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => ("a bzip2 file", "unpack it and add the file in it"),
        [0xFD, b'7', b'z', b'X', b'Z', ..] => ("an xz file", "unpack it and add the file in it"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => ("a Zstandard file", "unpack it and add the file in it"),
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] => {
            ("a picture", "ask for the data as CSV or as a workbook")
        }
        _ => return None,
    };
    Some(Problem::user(format!("the file is {what}, which holds no table in a form that can be read")).hint(hint))
}

fn open_zip(file: File) -> Result<Container, Problem> {
    let packed = file.metadata().map_or(0, |metadata| metadata.len());
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken("archive", &error))?;
    if archive.len() > MAX_MEMBERS {
        return Err(Problem::data(format!("the archive has {} members, more than {MAX_MEMBERS}", archive.len())));
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    let format = if has("xl/workbook.xml") {
        Some(Format::Xlsx)
    } else if has("xl/workbook.bin") {
        Some(Format::Xlsb)
    } else if has("content.xml") {
        Some(Format::Ods)
    } else {
        None
    };
    if let Some(format) = format {
        check_parts(&mut archive, limit(packed))?;
        return Ok(Container::Workbook(format));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| broken("archive", &error))?;
        let name = shown(&entry.name().unwrap_or_default());
        if entry.is_dir() || entry.size() == 0 || is_litter(&name) {
            continue;
        }
        if entry.encrypted() {
            return Err(Problem::user("the archive is locked with a password")
                .at(name)
                .hint("unpack it with the password, and add the files in it"));
        }
        let stored = match entry.compression() {
            CompressionMethod::Stored => true,
            CompressionMethod::Deflated => false,
            other => {
                return Err(Problem::user(format!("the archive is packed with {other}, which is not read here"))
                    .at(name)
                    .hint("unpack it, and add the files in it"));
            }
        };
        let start =
            entry.data_start().ok_or_else(|| Problem::data("the archive has a member without data").at(&name))?;
        members.push(Member {
            start,
            packed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
            stored,
            name,
        });
    }
    if members.is_empty() {
        return Err(Problem::user("the archive is empty"));
    }
    Ok(Container::Zip(members))
}

/// Expands every part of a workbook once, into nothing: the library that reads them trusts what they say of their size.
fn check_parts(archive: &mut ZipArchive<BufReader<File>>, limit: u64) -> Result<(), Problem> {
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken("workbook", &error))?;
        let name = shown(&part.name().unwrap_or_default());
        let mut part = part.take(limit + 1 - total);
        total += io::copy(&mut part, &mut io::sink()).map_err(|error| broken("workbook", &error).at(name))?;
        if total > limit {
            return Err(bomb(limit));
        }
    }
    Ok(())
}

/// What operating systems leave in archives.
fn is_litter(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || last.eq_ignore_ascii_case("thumbs.db")
        || last == ".DS_Store"
        || last == "desktop.ini"
}

/// A name fit to be shown: an archive may hold anything.
fn shown(name: &str) -> String {
    name.chars().take(200).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn broken(what: &str, cause: &dyn std::fmt::Display) -> Problem {
    Problem::data(format!("the {what} is broken or cut short"))
        .because(cause)
        .hint("get the file again from whoever sent it, and compare its hash")
}

fn bomb(limit: u64) -> Problem {
    Problem::data(format!("the archive expands to more than {} MiB, far more than tables do", limit >> 20))
        .hint("if it is genuine, unpack it and add the files in it")
}

/// The bytes of one text in a native file, and a count of the native file's bytes used so far.
///
/// # Errors
/// When the file cannot be opened. Errors on reading are turned into problems by [`problem`].
pub fn text(
    path: &Path,
    container: &Container,
    member: usize,
    used: &Arc<AtomicU64>,
) -> Result<Box<dyn Read + Send>, Problem> {
    let opened = |error| Problem::io("open", path, &error);
    let mut file = File::open(path).map_err(opened)?;
    let size = file.metadata().map_err(opened)?.len();
    let counted = |file| Counted { inner: file, used: Arc::clone(used) };
    Ok(match container {
        Container::Plain => Box::new(counted(file)),
        Container::Gzip => {
            let packed = BufReader::with_capacity(256 << 10, counted(file));
            Box::new(Bounded { inner: MultiGzDecoder::new(packed), left: limit(size), limit: limit(size) })
        }
        Container::Zip(members) => {
            let member = members.get(member).ok_or_else(|| Problem::bug("no such member"))?;
            file.seek(SeekFrom::Start(member.start)).map_err(opened)?;
            let packed = BufReader::with_capacity(256 << 10, counted(file).take(member.packed));
            let plain: Box<dyn Read + Send> =
                if member.stored { Box::new(packed) } else { Box::new(DeflateDecoder::new(packed)) };
            let checked = Checked { inner: plain, crc: Crc::new(), expected: member.crc, size: member.size };
            Box::new(Bounded { inner: checked, left: limit(size), limit: limit(size) })
        }
        Container::Workbook(_) => return Err(Problem::bug("a workbook is no text")),
    })
}

/// The problem behind a failed read of a native file.
pub fn problem(path: &Path, error: &io::Error) -> Problem {
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<Problem>()) {
        return inner.clone();
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            broken("archive", error)
        }
        _ => Problem::io("read", path, error),
    }
}

/// Refuses an archive in an archive; `head` is the head of an unpacked text.
///
/// # Errors
/// Data kind, with what to do.
pub fn refuse_nested(head: &[u8]) -> Result<(), Problem> {
    match head {
        [0x1F, 0x8B, ..] | [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            Err(Problem::user("an archive or workbook inside an archive is not read")
                .hint("unpack the outer archive, and add the files in it one by one"))
        }
        head => refuse_others(head).map_or(Ok(()), Err),
    }
}

struct Counted<R> {
    inner: R,
    used: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.used.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

struct Bounded<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| io::Error::other(bomb(self.limit)))?;
        Ok(n)
    }
}

/// Checks size and checksum at the end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
    size: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.crc.update(&into[..n]);
        if n == 0
            && !into.is_empty()
            && (self.crc.sum() != self.expected || u64::from(self.crc.amount()) != self.size & 0xFFFF_FFFF)
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "size or checksum of a member is wrong"));
        }
        Ok(n)
    }
}
