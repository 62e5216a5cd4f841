//! Which fields the columns of a sheet hold: by profile, or proposed from headings and values.
//!
//! A profile that fits always beats a proposal. Nothing is guessed between equals: two profiles that know the same columns, or two
//! columns that could both be the called number, are an error that names both and says how to settle it.

pub mod assign;
pub mod cell;
pub mod clocks;
pub mod field;
pub mod fingerprint;
mod gaps;
pub mod heading;
pub mod library;
pub mod mapping;
pub mod notation;
pub mod parties;
pub mod preamble;
pub mod profile;
pub mod propose;
mod rivals;
pub mod shapes;
mod sheet;
pub mod synonyms;
mod vocabulary;
pub mod words;

use orochi_model::problem::Problem;

pub use library::Library;

use self::heading::normalise;
use self::mapping::Mapping;
use self::profile::Profile;
use orochi_formats::rows::Glimpse;

/// What is to become of a sheet, before it is handed to the pipeline.
#[derive(Debug)]
pub enum Reading {
    /// Its columns.
    Mapped(Box<Mapping>),
    /// Why it is left out.
    Left(String),
}

/// Decides what to do with each sheet of a file; one reading for each glimpse, in order.
///
/// # Errors
/// User kind when no sheet can be read as a table, or two readings fit equally well: names both and the columns in question.
pub fn readings(name: &str, glimpses: &[Glimpse], library: &Library) -> Result<Vec<Reading>, Problem> {
    let mut read: Vec<Result<Reading, Problem>> = Vec::new();
    let mut by: Vec<Option<&Profile>> = Vec::new();
    for glimpse in glimpses {
        let (reading, profile) = sheet(name, glimpse, library);
        read.push(reading);
        by.push(profile);
    }
    prefer_sheets(glimpses, library, &by, &mut read);
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

const UNKNOWN: &str = "no table of communications data was found";

/// The refusal of a sheet that is none of the tables.
pub(crate) fn unknown(name: &str, sheet: Option<&str>) -> Problem {
    let place = sheet.map_or(name.to_owned(), |sheet| format!("{name}, sheet {sheet}"));
    Problem::user(UNKNOWN).at(place).hint(
        "looked for calls, texts or data sessions (a start time with parties, a SIM or a handset), cell lists (a cell with a \
         position), subscribers, top-ups, handset histories and postcode lists; if it is one of these, run `orochi preview` with a \
         profile of its headings",
    )
}

fn sheet<'l>(name: &str, glimpse: &Glimpse, library: &'l Library) -> (Result<Reading, Problem>, Option<&'l Profile>) {
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
        return (fingerprint::map(glimpse, best).map(|mapping| Reading::Mapped(Box::new(mapping))), Some(best.profile));
    }
    let named = glimpse.sheet.as_deref().map(normalise);
    let left = library
        .profiles()
        .iter()
        .any(|profile| profile.sheets.leave.iter().any(|leave| Some(normalise(leave)) == named));
    if left {
        return (Ok(Reading::Left("a sheet of this name holds no records of its own".into())), None);
    }
    (propose::propose(name, glimpse).map(|mapping| Reading::Mapped(Box::new(mapping))), None)
}

// Several sheets of one workbook can show the same events: of a profile's sheets only the preferred one is read.
fn prefer_sheets(
    glimpses: &[Glimpse],
    library: &Library,
    by: &[Option<&Profile>],
    read: &mut [Result<Reading, Problem>],
) {
    for profile in library.profiles() {
        let place = |list: &[String], index: usize| {
            let name = glimpses[index].sheet.as_deref().map(normalise)?;
            list.iter().position(|known| normalise(known) == name)
        };
        let ours: Vec<usize> =
            (0..glimpses.len()).filter(|index| by[*index].is_some_and(|p| p.name == profile.name)).collect();
        let best = ours
            .iter()
            .copied()
            .filter_map(|index| place(&profile.sheets.prefer, index).map(|rank| (rank, index)))
            .min();
        for index in &ours {
            if place(&profile.sheets.leave, *index).is_some() {
                read[*index] = Ok(Reading::Left("a sheet of this name repeats another one".into()));
            } else if let Some((_, chosen)) = best
                && chosen != *index
            {
                let chosen = glimpses[chosen].sheet.as_deref().unwrap_or_default();
                read[*index] = Ok(Reading::Left(format!("shows the same events as the sheet {chosen}, which is read")));
            }
        }
    }
}
