//! Which fields the columns of a sheet hold: by profile, or proposed from headings and values.
//!
//! A profile that fits always beats a proposal. Nothing is guessed between equals: two profiles that know the same
//! columns, or two columns that could both be the called number, are an error that names both
//! and says how to settle it.

pub mod assignment;
pub mod cell;
pub mod clocks;
pub mod dates;
pub mod field;
pub mod fingerprint;
pub mod furniture;
mod gaps;
pub mod heading;
pub mod library;
pub mod mapping;
mod months;
pub mod notation;
pub mod owner;
pub mod parties;
pub mod preamble;
pub mod profile;
pub mod proposal;
pub mod reading;
mod repeats;
mod rivals;
pub mod shapes;
mod sheet;
pub mod synonyms;
pub mod target;
pub mod timing;
mod vocabulary;
pub mod words;

use orochi_model::{locator::FilePart, problem::Problem};
use serde::{Deserialize, Serialize};

pub use library::Library;

use self::mapping::Mapping;
use self::profile::Profile;
use orochi_formats::rows::Glimpse;

/// What is to become of a sheet, before it is handed to the pipeline.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Its columns.
    Mapped(Box<Mapping>),
    /// Why it is left out.
    Left(String),
}

/// What is known of a file besides its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Received<'r> {
    /// Its name; a number in it is a proposal for the target.
    pub name: &'r str,
    /// Whose data it is, as the user gives it: canonical text.
    pub target: Option<&'r str>,
}

/// Decides what to do with each sheet of a file; one reading for each glimpse, in order.
///
/// # Errors
/// User kind when no sheet can be read as a table, or two readings fit equally well: names both and
/// the columns in question.
pub fn readings(file: Received<'_>, glimpses: &[Glimpse], library: &Library) -> Result<Vec<Reading>, Problem> {
    let name = file.name;
    let (mut read, mut by) = (Vec::new(), Vec::new());
    for glimpse in glimpses {
        let (reading, profile) = sheet(file, glimpse, library);
        read.push(reading);
        by.push(profile);
    }
    repeats::leave(glimpses, library, &by, &mut read);
    leave_hidden(glimpses, &mut read);
    // One sheet that cannot be read is left out when another can; a file of which nothing can be read is an error.
    let any = read.iter().any(|reading| matches!(reading, Ok(Reading::Mapped(_))));
    let mut out = Vec::with_capacity(read.len());
    let mut first = None;
    for reading in read {
        match reading {
            Ok(reading) => out.push(reading),
            Err(problem) if any && problem.message.starts_with(UNKNOWN) => out.push(Reading::Left(problem.to_string())),
            Err(problem) => return Err(problem),
        }
    }
    if !any {
        for reading in out {
            if let Reading::Left(why) = reading {
                first.get_or_insert(why);
            }
        }
        return Err(unknown(name, None).because(first.unwrap_or_else(|| "the file has no rows".into())));
    }
    Ok(out)
}

// A hidden sheet is read only when no sheet that is shown holds a table; else it is named with its rows, so that
// whoever reads the result can ask for it.
fn leave_hidden(glimpses: &[Glimpse], read: &mut [Result<Reading, Problem>]) {
    let shown = glimpses
        .iter()
        .zip(read.iter())
        .any(|(glimpse, reading)| glimpse.hidden.is_none() && matches!(reading, Ok(Reading::Mapped(_))));
    for (glimpse, reading) in glimpses.iter().zip(read) {
        match (glimpse.hidden, &mut *reading) {
            (Some(rows), _) if shown => {
                *reading = Ok(Reading::Left(format!(
                    "it is hidden in the workbook, and holds {rows} rows; to have them read, show the sheet and add \
                     the workbook beside the file as received"
                )));
            }
            (Some(_), Ok(Reading::Mapped(mapping))) => {
                let remark = "the sheet is hidden in the workbook; it was read, because no visible sheet holds a table";
                mapping.remarks.push(remark.to_owned());
            }
            _ => {}
        }
    }
}

const UNKNOWN: &str = "no table of communications data was found";

/// The refusal of a sheet that is none of the tables.
pub(crate) fn unknown(name: &str, sheet: Option<&str>) -> Problem {
    let place = sheet.map_or(name.to_owned(), |sheet| format!("{name}, sheet {}", FilePart::shown_text(sheet)));
    Problem::user(UNKNOWN).at(place).hint(
        "looked for calls, texts or data sessions (a start time with parties, a SIM or a handset), cell lists (a cell \
         with a position), subscribers, top-ups, handset histories and postcode lists; if it is one of these, run \
         `orochi preview` with a profile of its headings",
    )
}

fn sheet<'l>(
    file: Received<'_>,
    glimpse: &Glimpse,
    library: &'l Library,
) -> (Result<Reading, Problem>, Option<&'l Profile>) {
    let name = file.name;
    if glimpse.head.iter().all(|(_, row)| row.iter().all(|cell| cell.trim().is_empty())) {
        return (Ok(Reading::Left("the sheet is empty".into())), None);
    }
    let fits = fingerprint::fits(glimpse, library.profiles());
    if let Some(best) = fits.first() {
        let rank = |fit: &fingerprint::Fit<'_>| (fit.header.is_some(), fit.known, fit.required);
        if let Some(second) = fits.get(1)
            && rank(second) == rank(best)
        {
            let problem = Problem::user(format!(
                "two layout profiles fit equally: {} and {}",
                best.profile.name, second.profile.name
            ))
            .at(name)
            .hint("make one of them require a heading that the other layout does not have");
            return (Err(problem), None);
        }
        let mapped = fingerprint::map(glimpse, best).and_then(|mut mapping| {
            if let Some(target) = file.target {
                target::give(target, &mut mapping)?;
            }
            parties::owner_known(&mapping).map_err(|problem| problem.at(name))?;
            Ok(Reading::Mapped(Box::new(mapping)))
        });
        return (mapped, Some(best.profile));
    }
    (proposal::propose(file, glimpse).map(|mapping| Reading::Mapped(Box::new(mapping))), None)
}
