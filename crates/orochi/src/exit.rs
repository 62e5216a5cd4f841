//! Why a command stops before its end, and the exit code that goes with it.

use std::io;

use orochi_model::problem::{Kind, Problem};

/// What ends a command early.
#[derive(Debug)]
pub enum Stop {
    /// Something went wrong.
    Problem(Problem),
    /// The call itself makes no sense: options that exclude each other. Known only after parsing.
    Usage(String),
    /// The reader of standard output went away (`| head`): nobody is left to tell, and nothing is wrong.
    ReaderGone,
    /// Some of several files failed; each was reported when it happened. Holds the exit code.
    Reported(u8),
}

/// What commands return.
pub type Done = Result<(), Stop>;

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Stop {
    /// A failed write to standard output.
    pub fn stdout(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ReaderGone;
        }
        Self::Problem(Problem::user("cannot write to standard output").because(error))
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Problem(problem) => code(problem.kind),
            Self::Usage(_) => 2,
            Self::ReaderGone => 0,
            Self::Reported(code) => *code,
        }
    }
}

/// The exit code of a problem.
pub fn code(kind: Kind) -> u8 {
    match kind {
        Kind::User => 1,
        Kind::Data => 3,
        Kind::Bug => 101,
    }
}

/// The word for a kind in a JSON error.
pub fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "user",
        Kind::Data => "data",
        Kind::Bug => "bug",
    }
}
