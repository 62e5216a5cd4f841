//! Native files and authorities, as `orochi add` and `orochi authority add` take them in again.

use std::fs;

use orochi_case::Case;
use orochi_model::problem::Problem;

use super::{
    manifest,
    replay::{self, Plan},
};
use crate::atomic_output::{WholeFolder, unwritten};
use crate::exchange::notation::instant;

/// Copies every native file. Returns how many.
///
/// # Errors
/// Data kind when a file is not what was received: a disclosure of it would be none.
pub(super) fn copy(case: &Case, folder: &WholeFolder) -> Result<usize, Problem> {
    let exhibits = case.exhibits()?;
    for exhibit in &exhibits {
        let (from, to) = (case.native(exhibit), folder.place(&replay::native(exhibit))?);
        fs::copy(&from, &to).map_err(|error| Problem::io("copy the native file", &from, &error))?;
        let found = manifest::hash(&to).map_err(|error| Problem::io("read", &to, &error))?;
        if found != exhibit.sha256 {
            return Err(Problem::data("a native file is not what was received, so nothing is disclosed")
                .at(format!("{} {}", exhibit.label, exhibit.file))
                .because(format!("its SHA-256 is {found}, but {} when it was received", exhibit.sha256))
                .hint("`orochi verify` checks them all"));
        }
    }
    Ok(exhibits.len())
}

/// Writes the lists of authorities, in the form that `orochi authority add --file` reads.
pub(super) fn authorities(plan: &Plan, folder: &WholeFolder) -> Result<(), Problem> {
    for (file, authorities) in &plan.authorities {
        let mut csv = csv::Writer::from_writer(folder.file(file)?);
        csv.write_record(["reference", "identifiers", "from", "to"]).map_err(unwritten)?;
        for authority in authorities {
            let (from, to) = (instant(authority.from_us)?, instant(authority.to_us)?);
            let identifiers: Vec<String> = authority.identifiers.iter().map(|text| labelled(text)).collect();
            csv.write_record([authority.reference.as_str(), &identifiers.join("; "), &from, &to]).map_err(unwritten)?;
        }
        csv.flush().map_err(unwritten)?;
    }
    Ok(())
}

/// Fifteen digits could be a SIM's or a handset's; the list says which.
fn labelled(identifier: &str) -> String {
    match identifier.len() {
        _ if !identifier.bytes().all(|byte| byte.is_ascii_digit()) => identifier.to_owned(),
        14 => format!("imei:{identifier}"),
        15 => format!("imsi:{identifier}"),
        _ => identifier.to_owned(),
    }
}
