//! Standard output or a file. A file appears whole or not at all.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use orochi_evidence::atomic_output::WholeFile;
use orochi_model::problem::Problem;

use crate::exit::{Done, Stop};

/// Where bytes go.
#[derive(Debug)]
pub enum Target {
    /// Standard output, unlocked between writes.
    Stdout(io::Stdout),
    /// A file.
    File {
        /// Under a passing name until it is complete.
        file: WholeFile,
        /// Its name once complete.
        path: PathBuf,
    },
}

impl Target {
    /// Opens `out`, or standard output.
    ///
    /// # Errors
    /// User kind when the file exists and may not be replaced, or cannot be made.
    pub fn open(out: Option<&Path>, overwrite: bool) -> Result<Self, Problem> {
        let Some(path) = out else { return Ok(Self::Stdout(io::stdout())) };
        Ok(Self::File { file: WholeFile::begin(path, overwrite)?, path: path.to_owned() })
    }

    /// Writes bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Done {
        self.write_all(bytes).map_err(|error| self.stop(&error))
    }

    /// Completes a file.
    pub fn finish(mut self) -> Done {
        self.flush().map_err(|error| self.stop(&error))?;
        if let Self::File { file, .. } = self {
            file.finish()?;
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
