//! What a layout is: how one operator returns the data of one target.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use orochi_model::problem::Problem;

use super::clock::Clock;
use super::paper::{Paper, TextStyle};
use super::row::{Fault, ReturnRow};
use crate::communication::ContactKind;

/// What stands above the rows of a return.
#[derive(Clone, Debug)]
pub struct Cover {
    /// Reference of the authority.
    pub reference: String,
    /// The operator.
    pub operator: String,
    /// The number returned, digits with country code.
    pub target: u64,
    /// First day asked for.
    pub from: Date,
    /// Last day asked for.
    pub to: Date,
}

/// A return to be written.
pub struct Return<'s> {
    /// What stands above.
    pub cover: &'s Cover,
    /// Rows by start.
    pub rows: &'s [ReturnRow<'s>],
    /// Clock.
    pub clock: &'s Clock,
    /// Folder to write into.
    pub folder: &'s Path,
    /// Name of the file, without what the layout adds.
    pub stem: &'s str,
    /// First instant authorised and first no longer authorised; none when nothing of the return is.
    pub authorised: Option<(i64, i64)>,
}

impl Return<'_> {
    /// What becomes of a row as written.
    pub fn count(&self, row: &ReturnRow<'_>, tally: &mut Tally) {
        tally.rows += 1;
        if row.fault != Fault::None {
            tally.rejects += 1;
        } else if self.authorised.is_none_or(|(from, to)| row.start < from || row.start >= to) {
            tally.excess += 1;
        }
    }
}

/// Rows of a file, and what is wrong with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub rows: u64,
    /// Rows nobody can read.
    pub rejects: u64,
    /// Rows that were not authorised.
    pub excess: u64,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Where.
    pub path: PathBuf,
    /// Its rows.
    pub tally: Tally,
}

/// How an operator returns the data of a target.
pub trait Layout: Sync {
    /// Its name in `truth.json`.
    fn name(&self) -> &'static str;

    /// Writes a return into one or more files. A file that would have no row is not written.
    ///
    /// # Errors
    /// When the disk does not take it.
    fn write(&self, returned: &Return<'_>) -> Result<Vec<WrittenFile>, Problem>;
}

/// A file of a return, where calls, texts and sessions come in files of their own.
#[derive(Clone, Copy, Debug)]
pub struct ReturnPart {
    /// What the file's name ends in, with its extension.
    pub ending: &'static str,
    /// The kinds it holds.
    pub kinds: &'static [ContactKind],
}

/// All kinds in one file.
pub const ALL: &[ContactKind] = &[ContactKind::Call, ContactKind::Text, ContactKind::Data];

/// A layout of text files.
pub trait Delimited: Sync {
    /// Its name in `truth.json`.
    fn name(&self) -> &'static str;
    /// Its files.
    fn parts(&self) -> &'static [ReturnPart];
    /// How they look.
    fn look(&self) -> TextStyle;
    /// Lines above the rows, the header among them.
    fn above(&self, part: usize, returned: &Return<'_>, rows: u64) -> Vec<Vec<String>>;
    /// The lines of a row: one, or one for each leg.
    fn lines(&self, part: usize, row: &ReturnRow<'_>, number: u64, returned: &Return<'_>) -> Vec<Vec<String>>;
    /// Lines under the rows.
    fn below(&self, _part: usize, _rows: &[&ReturnRow<'_>]) -> Vec<Vec<String>> {
        Vec::new()
    }
    /// Whether the last row comes first.
    fn newest_first(&self) -> bool {
        false
    }
}

impl<D: Delimited> Layout for D {
    fn name(&self) -> &'static str {
        Delimited::name(self)
    }

    fn write(&self, returned: &Return<'_>) -> Result<Vec<WrittenFile>, Problem> {
        let mut written = Vec::new();
        for (place, part) in self.parts().iter().enumerate() {
            let mut rows: Vec<&ReturnRow<'_>> =
                returned.rows.iter().filter(|row| part.kinds.contains(&row.kind)).collect();
            if rows.is_empty() {
                continue;
            }
            if self.newest_first() {
                rows.reverse();
            }
            let path = returned.folder.join(format!("{}{}", returned.stem, part.ending));
            let mut paper = Paper::new(&path, self.look())?;
            for line in self.above(place, returned, rows.len() as u64) {
                paper.line(line)?;
            }
            let mut tally = Tally::default();
            for row in &rows {
                for line in self.lines(place, row, tally.rows + 1, returned) {
                    paper.line(line)?;
                    returned.count(row, &mut tally);
                }
            }
            for line in self.below(place, &rows) {
                paper.line(line)?;
            }
            paper.finish()?;
            written.push(WrittenFile { path, tally });
        }
        Ok(written)
    }
}

/// Cells of a line.
pub fn cells<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
