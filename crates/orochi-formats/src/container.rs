//! What a native file is, judged by its bytes: text, gzip, an archive of several files, or a workbook.
//!
//! Nothing is unpacked to disk, so names inside an archive never become paths; they are shown, so control characters
//! are replaced. What an archive expands to is bounded ([`limit`]), an archive in an archive is refused, and checksums
//! are verified: a broken or deceitful container is refused whole rather than read in part.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::{Crc, bufread::MultiGzDecoder};
use orochi_model::problem::Problem;
use zip::ZipArchive;

use crate::{
    archive::Archive,
    file_kinds::{self, FileKind, Nature},
};

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
    /// A ZIP archive of texts and workbooks.
    Zip(Archive),
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
            [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => open_zip(path, file),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                file.rewind().map_err(|error| Problem::io("read", path, &error))?;
                match file_kinds::of_compound(BufReader::new(file)) {
                    Nature::Document(kind) => Err(refusal(kind)),
                    _ => Ok(Self::Workbook(Format::Xls)),
                }
            }
            head => file_kinds::of_head(head).map_or(Ok(Self::Plain), |kind| Err(refusal(kind))),
        }
    }
}

/// The refusal of a kind of file that holds no table.
fn refusal(kind: FileKind) -> Problem {
    let why = if kind.packed {
        "which this program does not open"
    } else {
        "which holds no table in a form that can be read"
    };
    Problem::user(format!("the file is {}, {why}", kind.what)).hint(kind.hint)
}

fn open_zip(path: &Path, file: File) -> Result<Container, Problem> {
    let packed = file.metadata().map_or(0, |metadata| metadata.len());
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken("archive", &error))?;
    if archive.len() > MAX_MEMBERS {
        return Err(Problem::data(format!("the archive has {} members, more than {MAX_MEMBERS}", archive.len())));
    }
    match file_kinds::of_zip(&mut archive) {
        Nature::Workbook(format) => {
            check_parts(&mut archive, &mut limit(packed))?;
            Ok(Container::Workbook(format))
        }
        Nature::Document(kind) => Err(refusal(kind)),
        Nature::Archive => Archive::open(path, archive, packed).map(Container::Zip),
    }
}

/// Expands every part of a workbook once, into nothing: the library that reads them trusts what they say of their size.
///
/// # Errors
/// Data kind when a part is broken, or they expand to more than is `left`.
pub(crate) fn check_parts<R: Read + Seek>(archive: &mut ZipArchive<R>, left: &mut u64) -> Result<(), Problem> {
    let allowed = *left;
    if archive.len() > MAX_MEMBERS {
        return Err(Problem::data(format!("the workbook has {} parts, more than {MAX_MEMBERS}", archive.len())));
    }
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken("workbook", &error))?;
        let name = shown(&part.name().unwrap_or_default());
        let copied = io::copy(&mut part.take(*left + 1), &mut io::sink());
        let copied = copied.map_err(|error| broken("workbook", &error).at(name))?;
        *left = left.checked_sub(copied).ok_or_else(|| bomb(allowed))?;
    }
    Ok(())
}

/// A name fit to be shown: an archive may hold anything.
pub(crate) fn shown(name: &str) -> String {
    name.chars().take(200).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

pub(crate) fn broken(what: &str, cause: &dyn std::fmt::Display) -> Problem {
    Problem::data(format!("the {what} is broken or cut short"))
        .because(cause)
        .hint("get the file again from the sender, and compare its hash")
}

fn bomb(limit: u64) -> Problem {
    Problem::data(format!("the archive expands to more than {} MiB, far more than any table does", limit >> 20))
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
    Ok(match container {
        Container::Plain => Box::new(CountingReader::new(File::open(path).map_err(opened)?, used)),
        Container::Gzip => {
            let file = File::open(path).map_err(opened)?;
            let size = file.metadata().map_err(opened)?.len();
            let packed = BufReader::with_capacity(256 << 10, CountingReader::new(file, used));
            Box::new(Bounded::new(MultiGzDecoder::new(packed), limit(size)))
        }
        Container::Zip(archive) => {
            let member = archive.members.get(member).ok_or_else(|| Problem::bug("no such member"))?;
            member.open(path, used)?
        }
        Container::Workbook(_) => return Err(Problem::bug("a workbook is not text")),
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
        head => file_kinds::of_head(head).map_or(Ok(()), |kind| Err(refusal(kind))),
    }
}

/// Counts the bytes read.
pub(crate) struct CountingReader<R> {
    inner: R,
    used: Arc<AtomicU64>,
}

impl<R> CountingReader<R> {
    pub fn new(inner: R, used: &Arc<AtomicU64>) -> Self {
        Self { inner, used: Arc::clone(used) }
    }
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.used.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Ends with a problem after so many bytes.
pub(crate) struct Bounded<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R> Bounded<R> {
    pub fn new(inner: R, limit: u64) -> Self {
        Self { inner, left: limit, limit }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| io::Error::other(bomb(self.limit)))?;
        Ok(n)
    }
}

/// Checks size and checksum at the end.
pub(crate) struct Checked<R> {
    pub inner: R,
    pub crc: Crc,
    pub expected: u32,
    pub size: u64,
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
