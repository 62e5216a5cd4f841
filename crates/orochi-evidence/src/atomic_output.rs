//! Files and folders that appear whole or not at all: made under a passing name beside their own, then renamed.
//!
//! A run that is killed leaves its passing name behind; the next run for the same output removes it, unless
//! another is at work there.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use orochi_model::problem::Problem;

/// A passing name; what is left under it is removed on drop. A lock says that somebody is at work on it.
#[derive(Debug)]
struct Passing {
    path: PathBuf,
    /// Held until the output has its name; systems that do not open folders have none.
    _lock: Option<File>,
}

impl Passing {
    /// Makes a file or a folder under the passing name of a path; what killed runs left beside it goes.
    fn make(what: &str, path: &Path, make: impl FnOnce(&Path) -> io::Result<Option<File>>) -> Result<Self, Problem> {
        let name = path.file_name().ok_or_else(|| {
            Problem::user("not a name for an output").at(path.display()).hint("name a new file or folder")
        })?;
        let name = format!(".{}.", name.to_string_lossy());
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sweep(parent, &name);
        let passing = parent.join(format!("{name}{}.part", std::process::id()));
        let lock = make(&passing).map_err(|error| Problem::io(what, path, &error))?;
        if let Some(lock) = &lock {
            // Without a lock nobody could tell that it was left, and it would stay: no harm to this run.
            let _ = lock.lock();
        }
        Ok(Self { path: passing, _lock: lock })
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // Gone after the rename; anything left is of an output that was not finished.
        remove(&self.path);
    }
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

/// Removes what runs that were killed left under passing names: that on which no lock is held.
fn sweep(parent: &Path, name: &str) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let found = entry.file_name();
        let rest = found.to_str().and_then(|found| found.strip_prefix(name)?.strip_suffix(".part"));
        let process = rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|digit| digit.is_ascii_digit()));
        if process && File::open(entry.path()).is_ok_and(|left| left.try_lock().is_ok()) {
            remove(&entry.path());
        }
    }
}

/// A file in the making.
#[derive(Debug)]
pub struct WholeFile {
    file: BufWriter<File>,
    passing: Passing,
    path: PathBuf,
}

impl WholeFile {
    /// Begins a file.
    ///
    /// # Errors
    /// User kind when it is there and may not be replaced, or cannot be made.
    pub fn begin(path: &Path, overwrite: bool) -> Result<Self, Problem> {
        if path.is_dir() {
            return Err(Problem::user("the output is a folder; this format is one file").at(path.display()));
        }
        if !overwrite && path.exists() {
            return Err(there("the output file already exists", path)
                .hint("choose another name, or replace it with --overwrite"));
        }
        let mut made = None;
        let passing = Passing::make("make the output file", path, |part| {
            let file = OpenOptions::new().write(true).create_new(true).open(part)?;
            made = Some(file.try_clone()?);
            Ok(Some(file))
        })?;
        let file = made.ok_or_else(|| Problem::bug("an output file was not made"))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), passing, path: path.to_owned() })
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> Result<(), Problem> {
        self.file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .and_then(|()| fs::rename(&self.passing.path, &self.path))
            .map_err(|error| Problem::io("write the output file", &self.path, &error))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl io::Seek for WholeFile {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// A folder in the making.
#[derive(Debug)]
pub struct WholeFolder {
    passing: Passing,
    path: PathBuf,
}

impl WholeFolder {
    /// Begins a folder. One that is there is never replaced, unless it is empty.
    ///
    /// # Errors
    /// User kind when it is there or cannot be made.
    pub fn begin(path: &Path) -> Result<Self, Problem> {
        let empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        if path.exists() && !empty() {
            return Err(there("the output folder already exists", path)
                .hint("choose another name: a folder that is not empty is never replaced or added to"));
        }
        Ok(Self {
            passing: Passing::make("make the output folder", path, |part| {
                fs::create_dir(part).map(|()| File::open(part).ok())
            })?,
            path: path.to_owned(),
        })
    }

    /// Where its files go until it is finished.
    pub fn path(&self) -> &Path {
        &self.passing.path
    }

    /// Where a file of it goes that somebody else writes; parents are made.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn place(&self, name: &str) -> Result<PathBuf, Problem> {
        let path = self.passing.path.join(name);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .map_err(|error| Problem::io("make the output file", &path, &error))?;
        Ok(path)
    }

    /// Begins a file in it; parents are made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn file(&self, name: &str) -> Result<BufWriter<File>, Problem> {
        let path = self.place(name)?;
        let file = File::create_new(&path).map_err(|error| Problem::io("make the output file", &path, &error))?;
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> Result<(), Problem> {
        let complete = || {
            if self.path.is_dir() {
                fs::remove_dir(&self.path)?;
            }
            fs::rename(&self.passing.path, &self.path)
        };
        complete().map_err(|error| Problem::io("write the output folder", &self.path, &error))
    }
}

fn there(message: &str, path: &Path) -> Problem {
    Problem::user(message).at(path.display())
}

/// A failed write of an export, whichever of its files it was.
pub(crate) fn unwritten(error: impl std::fmt::Display) -> Problem {
    Problem::user("cannot write the output")
        .because(error)
        .hint("check the disk's free space and the rights on the folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finished_leaves_nothing_and_what_is_there_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let (file, folder) = (dir.path().join("a.json"), dir.path().join("pack"));
        drop(WholeFile::begin(&file, false).unwrap());
        drop(WholeFolder::begin(&folder).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut begun = WholeFile::begin(&file, false).unwrap();
        begun.write_all(b"{}").unwrap();
        begun.finish().unwrap();
        assert!(WholeFile::begin(&file, false).unwrap_err().hint.unwrap().contains("--overwrite"));
        drop(WholeFile::begin(&file, true).unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"{}");
        let begun = WholeFolder::begin(&folder).unwrap();
        begun.file("native/EX0001/a.csv").unwrap().write_all(b"x").unwrap();
        begun.finish().unwrap();
        assert_eq!(fs::read(folder.join("native/EX0001/a.csv")).unwrap(), b"x");
        assert!(WholeFolder::begin(&folder).is_err());
    }

    #[test]
    fn what_a_killed_run_left_goes_and_what_another_run_is_at_stays() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for left in [".pack.11.part", ".pack.22.part"] {
            fs::create_dir(at(left)).unwrap();
            fs::write(at(left).join("a.pdf"), b"half").unwrap();
        }
        fs::write(at(".pack.old.part"), b"somebody's own").unwrap();
        let other = File::open(at(".pack.22.part")).unwrap();
        other.lock().unwrap();
        let begun = WholeFolder::begin(&at("pack")).unwrap();
        assert!(!at(".pack.11.part").exists(), "nobody is at it");
        assert!(at(".pack.22.part").join("a.pdf").exists() && at(".pack.old.part").exists());
        begun.finish().unwrap();
        assert!(at("pack").is_dir());
    }
}
