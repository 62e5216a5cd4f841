//! What goes wrong, said so that a reader can act on it: what, where, what was expected and found, what to do next.

use std::fmt;

/// Who can mend it; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The user can fix it: a wrong path, a missing authority, an ambiguous layout. Exit code 1.
    User,
    /// The data is damaged: a broken archive, an altered log, a native file that no longer
    /// matches its hash. Exit code 3.
    Data,
    /// A bug or the machine: exit code 101 for a bug, 1 for a full disk or a denied permission.
    Bug,
}

/// An error with a place and a next step. Libraries return it; only the command line prints it.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Who can mend it.
    pub kind: Kind,
    /// What is wrong, one line, lower case, no full stop.
    pub message: String,
    /// File, row, column: as much of the place as is known.
    pub place: Option<String>,
    /// What lies behind it (the operating system's or a library's words).
    pub cause: Option<String>,
    /// What to do next.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem the user can fix.
    pub fn user(message: impl Into<String>) -> Self {
        Self::new(Kind::User, message)
    }

    /// Damaged data.
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(Kind::Data, message)
    }

    /// Something that cannot happen.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(Kind::Bug, message)
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: None, cause: None, hint: None }
    }

    /// Names the place.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(place.to_string());
        self
    }

    /// Keeps the words of what lies behind it.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Names the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// An input or output error at a path. The operating system's failures are for the user to
    /// mend (disk, rights, path).
    pub fn io(action: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        let problem = Self::user(format!("cannot {action}")).at(path.display()).because(error);
        match error.kind() {
            std::io::ErrorKind::StorageFull => problem.hint("free some disk space, then run the same command again"),
            std::io::ErrorKind::PermissionDenied => problem.hint("check the rights on this path"),
            std::io::ErrorKind::NotFound => problem.hint("check the path"),
            _ => problem,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
