//! Standard output or a file. A file appears whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use orochi_model::problem::Problem;

use crate::stop::{Done, Stop};

/// Where bytes go.
#[derive(Debug)]
pub enum Target {
    /// Standard output, unlocked between writes.
    Stdout(io::Stdout),
    /// A file under a passing name until it is complete.
    File {
        /// The open file.
        file: BufWriter<File>,
        /// Its passing name, removed on drop unless complete.
        part: Part,
        /// Its name once complete.
        path: PathBuf,
    },
}

/// A passing name.
#[derive(Debug)]
pub struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Gone after the rename; anything left is of an output that was not finished.
        let _ = fs::remove_file(&self.0);
    }
}

impl Target {
    /// Opens `out`, or standard output.
    ///
    /// # Errors
    /// User kind when the file exists and may not be replaced, or cannot be made.
    pub fn open(out: Option<&Path>, overwrite: bool) -> Result<Self, Problem> {
        let Some(path) = out else { return Ok(Self::Stdout(io::stdout())) };
        if !overwrite && path.exists() {
            return Err(Problem::user("the output file is there already")
                .at(path.display())
                .hint("choose another name, or replace it with --overwrite"));
        }
        let name = path.file_name().ok_or_else(|| Problem::user("not a file name").at(path.display()))?;
        let part = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&part)
            .map_err(|error| Problem::io("make the output file", path, &error))?;
        Ok(Self::File { file: BufWriter::with_capacity(1 << 18, file), part: Part(part), path: path.to_owned() })
    }

    /// Writes bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Done {
        self.write_all(bytes).map_err(|error| self.stop(&error))
    }

    /// Completes a file.
    pub fn finish(mut self) -> Done {
        self.flush().map_err(|error| self.stop(&error))?;
        if let Self::File { file, part, path } = &mut self {
            let complete = || -> io::Result<()> {
                file.get_ref().sync_all()?;
                fs::rename(&part.0, &path)
            };
            complete().map_err(|error| Problem::io("write the output file", path, &error))?;
        }
        Ok(())
    }

    fn stop(&self, error: &io::Error) -> Stop {
        match self {
            Self::Stdout(_) => Stop::stdout(error),
            Self::File { path, .. } => Stop::Problem(Problem::io("write the output file", path, error)),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File { file, .. } => file.flush(),
        }
    }
}
