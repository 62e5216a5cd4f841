//! Files and folders that appear whole or not at all: made under a passing name beside their own, then renamed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use orochi_model::problem::Problem;

/// A passing name; what is left under it is removed on drop.
#[derive(Debug)]
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // Gone after the rename; anything left is of an output that was not finished.
        let _ = if self.0.is_dir() { fs::remove_dir_all(&self.0) } else { fs::remove_file(&self.0) };
    }
}

/// The passing name beside a path.
fn passing(path: &Path) -> Result<PathBuf, Problem> {
    let name = path.file_name().ok_or_else(|| Problem::user("not a name for an output").at(path.display()))?;
    Ok(path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id())))
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
            return Err(there("the output file is there already", path)
                .hint("choose another name, or replace it with --overwrite"));
        }
        let part = passing(path)?;
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&part)
            .map_err(|error| Problem::io("make the output file", path, &error))?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Self { file, passing: Passing(part), path: path.to_owned() })
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> Result<(), Problem> {
        self.file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .and_then(|()| fs::rename(&self.passing.0, &self.path))
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
            return Err(there("the output folder is there already", path)
                .hint("choose another name; folders are never replaced"));
        }
        let part = passing(path)?;
        fs::create_dir(&part).map_err(|error| Problem::io("make the output folder", path, &error))?;
        Ok(Self { passing: Passing(part), path: path.to_owned() })
    }

    /// Where its files go until it is finished.
    pub fn path(&self) -> &Path {
        &self.passing.0
    }

    /// Where a file of it goes that somebody else writes; parents are made.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn place(&self, name: &str) -> Result<PathBuf, Problem> {
        let path = self.passing.0.join(name);
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
            fs::rename(&self.passing.0, &self.path)
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
}
