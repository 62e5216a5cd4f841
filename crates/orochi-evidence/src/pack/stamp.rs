//! What stands on every page: case, marking, program, the audit log's head.

use orochi_case::{Case, audit};
use orochi_model::{problem::Problem, program};
use serde::Serialize;

use super::text::{clean, moment};

/// The page marks of one pack. Taken before the pack itself is logged, so that the same case gives the same pages.
#[derive(Clone, Debug, Serialize)]
pub struct Stamp {
    /// The case's name.
    pub case: String,
    /// The force's reference; may be empty.
    pub reference: String,
    /// Whether it is a training case.
    pub training: bool,
    /// `TRAINING` or `LIVE CASE`.
    pub marking: &'static str,
    /// Program, version and build, as in the audit log.
    pub tool: &'static str,
    /// The audit log's tree head as `SIZE:ROOT`, which `orochi verify --head` takes.
    pub head: String,
    /// The instant of the log's last entry in words; documents carry no other date.
    pub as_of: String,
    /// The same, seconds since 1970.
    #[serde(skip)]
    pub as_of_second: Option<i64>,
}

impl Stamp {
    /// Takes it from a case whose audit log holds.
    ///
    /// # Errors
    /// Data kind when the log was touched: documents of such a case could not be relied on.
    pub fn from_case(case: &Case) -> Result<Self, Problem> {
        let verified = audit::sound(case.dir(), "no documents are made from this case").map_err(|problem| {
            problem.hint("`orochi verify` gives details; documents are made only from a case whose log was not altered")
        })?;
        let last = audit::entries(case.dir())?.pop();
        let at = last.and_then(|entry| entry.time.parse::<jiff::Timestamp>().ok());
        let about = case.about();
        Ok(Self {
            case: clean(&about.name),
            reference: clean(&about.reference),
            training: about.training,
            marking: if about.training { "TRAINING" } else { "LIVE CASE" },
            tool: program::name(),
            head: verified.head().to_string(),
            as_of: match at {
                Some(at) => format!("{}, the last entry of the audit log", moment(at.as_microsecond())?.full()),
                None => "the audit log has no entry".to_owned(),
            },
            as_of_second: at.map(jiff::Timestamp::as_second),
        })
    }
}
