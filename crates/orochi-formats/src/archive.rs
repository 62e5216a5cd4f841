//! ZIP archives: which members are tables, and what becomes of the others.
//!
//! Archives come with covering letters, pictures of maps, signatures, and what operating systems leave in every folder.
//! All that is named and passed over. What may hold a table and cannot be looked into, an archive in the archive or a
//! member that is locked, is refused: its rows would be missing unsaid.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
    sync::{Arc, atomic::AtomicU64},
};

use flate2::{Crc, read::DeflateDecoder};
use orochi_model::problem::Problem;
use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use crate::{
    container::{Bounded, Checked, CountingReader, Format, broken, check_parts, limit, problem, shown},
    file_kinds::{self, Nature},
};

/// Largest workbook in an archive: it is unpacked into memory.
const LOADED: u64 = 256 << 20;

/// Most names that one remark lists.
const LISTED: usize = 10;

/// An archive of tables.
#[derive(Debug, Default)]
pub struct Archive {
    /// Members that may be tables.
    pub members: Vec<Member>,
    /// What is no table, by what it is.
    passed: BTreeMap<&'static str, Vec<String>>,
}

/// One file in an archive.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name as shown.
    pub name: String,
    /// Its kind, where it is a workbook; a text otherwise.
    pub workbook: Option<Format>,
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    stored: bool,
}

impl Archive {
    /// Looks at each member.
    ///
    /// # Errors
    /// Data kind for a broken archive or a bomb; user kind for members that may hold a table and cannot be read.
    pub(crate) fn open(path: &Path, mut parts: ZipArchive<BufReader<File>>, packed: u64) -> Result<Self, Problem> {
        let mut archive = Self::default();
        // Shared by all workbooks in it, so that many small ones cannot do what one large one may not.
        let mut left = limit(packed);
        for index in 0..parts.len() {
            let entry = parts.by_index_raw(index).map_err(|error| broken("archive", &error))?;
            let name = shown(&entry.name().unwrap_or_default());
            if entry.is_dir() {
                archive.pass("a folder", name);
            } else if is_furniture(&name) {
                archive.pass("furniture of macOS, Windows or an office program", name);
            } else if entry.size() == 0 {
                archive.pass("empty", name);
            } else {
                let member = Member::new(&entry, name)?;
                drop(entry);
                archive.take(path, member, &mut left)?;
            }
        }
        if archive.members.is_empty() { Err(archive.holds_no_table()) } else { Ok(archive) }
    }

    fn take(&mut self, path: &Path, mut member: Member, left: &mut u64) -> Result<(), Problem> {
        let mut head = Vec::new();
        let failed = |error| problem(path, &error).at(&member.name);
        member.open(path, &Arc::default())?.take(4096).read_to_end(&mut head).map_err(failed)?;
        let nature = match head.as_slice() {
            [0x1F, 0x8B, ..] => return Err(nested("a gzip file", &member.name)),
            [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => {
                let bytes = Cursor::new(member.load(path)?);
                let mut parts = ZipArchive::new(bytes).map_err(|error| broken("archive", &error).at(&member.name))?;
                let nature = file_kinds::of_zip(&mut parts);
                if matches!(nature, Nature::Workbook(_)) {
                    check_parts(&mut parts, left).map_err(|problem| problem.at(&member.name))?;
                }
                nature
            }
            [0xD0, 0xCF, 0x11, 0xE0, ..] => file_kinds::of_compound(Cursor::new(member.load(path)?)),
            head => match file_kinds::of_head(head) {
                Some(kind) => Nature::Document(kind),
                None => {
                    self.members.push(member);
                    return Ok(());
                }
            },
        };
        match nature {
            Nature::Workbook(format) => {
                member.workbook = Some(format);
                self.members.push(member);
            }
            Nature::Archive => return Err(nested("an archive", &member.name)),
            Nature::Document(kind) if kind.packed => return Err(nested(kind.what, &member.name)),
            Nature::Document(kind) => self.pass(kind.what, member.name),
        }
        Ok(())
    }

    /// Notes a member that is no table.
    pub(crate) fn pass(&mut self, what: &'static str, name: String) {
        self.passed.entry(what).or_default().push(name);
    }

    /// What was passed over, a line for each kind.
    pub(crate) fn remarks(&self) -> Vec<String> {
        self.held().map(|held| format!("not read in the archive, {held}")).collect()
    }

    fn held(&self) -> impl Iterator<Item = String> {
        self.passed.iter().map(|(what, names)| {
            let more = names.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let names: Vec<&str> = names.iter().take(LISTED).map(String::as_str).collect();
            format!("because it is {what}: {}{more}", names.join(", "))
        })
    }

    /// The refusal of an archive in which nothing is a table.
    pub(crate) fn holds_no_table(&self) -> Problem {
        let held: Vec<String> = self.held().collect();
        if held.is_empty() {
            return Problem::user("the archive is empty");
        }
        Problem::user("the archive holds no table")
            .because(format!("what it holds was not read, {}", held.join("; ")))
            .hint("ask for the data as CSV or as a workbook")
    }
}

fn nested(what: &str, name: &str) -> Problem {
    Problem::user(format!("{what} inside an archive is not read"))
        .at(name)
        .hint("unpack the outer archive, and add the files in it one by one")
}

impl Member {
    fn new<R: Read>(entry: &ZipFile<'_, R>, name: String) -> Result<Self, Problem> {
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
        let (packed, size, crc) = (entry.compressed_size(), entry.size(), entry.crc32());
        Ok(Self { name, workbook: None, start, packed, size, crc, stored })
    }

    /// Its bytes, unpacked, bounded and checked.
    ///
    /// # Errors
    /// When the archive cannot be opened.
    pub(crate) fn open(&self, path: &Path, used: &Arc<AtomicU64>) -> Result<Box<dyn Read + Send>, Problem> {
        let opened = |error| Problem::io("open", path, &error);
        let mut file = File::open(path).map_err(opened)?;
        let size = file.metadata().map_err(opened)?.len();
        file.seek(SeekFrom::Start(self.start)).map_err(opened)?;
        let packed = BufReader::with_capacity(256 << 10, CountingReader::new(file, used).take(self.packed));
        let plain: Box<dyn Read + Send> =
            if self.stored { Box::new(packed) } else { Box::new(DeflateDecoder::new(packed)) };
        let checked = Checked { inner: plain, crc: Crc::new(), expected: self.crc, size: self.size };
        Ok(Box::new(Bounded::new(checked, limit(size))))
    }

    /// All its bytes.
    ///
    /// # Errors
    /// User kind when they are too many to hold; data kind when they are broken.
    pub(crate) fn load(&self, path: &Path) -> Result<Vec<u8>, Problem> {
        let too_large = || {
            Problem::user(format!("a workbook of more than {} MiB inside an archive is not read", LOADED >> 20))
                .at(&self.name)
                .hint("unpack the archive, and add the files in it one by one")
        };
        if self.size > LOADED {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        let failed = |error| problem(path, &error).at(&self.name);
        self.open(path, &Arc::default())?.take(LOADED + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > LOADED { Err(too_large()) } else { Ok(bytes) }
    }
}

/// What operating systems and office programs leave in folders.
fn is_furniture(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']).rev();
    let last = parts.next().unwrap_or(name);
    let files = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", "Icon\u{FFFD}", ".directory"];
    let folders =
        ["__MACOSX", ".Spotlight-V100", ".Trashes", ".fseventsd", "$RECYCLE.BIN", "System Volume Information"];
    files.iter().any(|file| file.eq_ignore_ascii_case(last))
        || ["._", "~$", ".~lock."].iter().any(|mark| last.starts_with(mark))
        || parts.any(|part| folders.iter().any(|folder| folder.eq_ignore_ascii_case(part)))
}
