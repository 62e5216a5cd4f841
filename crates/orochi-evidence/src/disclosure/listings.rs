//! `exhibits.csv`: the native files, what became of their rows, and what a reader should know of each.

use orochi_case::Exhibit;
use orochi_model::problem::Problem;

use super::redaction::Redaction;
use crate::exchange::{
    cell::safe,
    whole::{WholeFolder, unwritten},
};

pub(super) fn exhibits(
    exhibits: &[Exhibit],
    training: bool,
    redaction: Option<&Redaction>,
    folder: &WholeFolder,
) -> Result<(), Problem> {
    let mut csv = csv::Writer::from_writer(folder.file("exhibits.csv")?);
    let head = [
        "exhibit",
        "file",
        "sha256",
        "bytes",
        "profile",
        "rows",
        "records",
        "rejects",
        "excess",
        "notes",
        "duplicates",
        "targets",
        "remarks",
        "unmapped",
        "authorities",
        "added",
        "added_by",
    ];
    csv.write_record(training.then_some("marking").into_iter().chain(head)).map_err(unwritten)?;
    let shown = |text: &str| safe(&redaction.map_or_else(|| text.to_owned(), |redaction| redaction.text(text)));
    for one in exhibits {
        let tally = &one.tally;
        let cells = [
            one.label.clone(),
            shown(&one.file),
            one.sha256.clone(),
            one.bytes.to_string(),
            one.profile.clone(),
            tally.rows.to_string(),
            tally.records.to_string(),
            tally.rejects.to_string(),
            tally.excess.to_string(),
            tally.notes.to_string(),
            one.duplicates.to_string(),
            shown(&one.targets.join("; ")),
            shown(&one.remarks.join("; ")),
            shown(&one.unmapped.join("; ")),
            shown(&one.authorities.join("; ")),
            one.added.clone(),
            one.added_by.clone(),
        ];
        csv.write_record(training.then_some("TRAINING").into_iter().chain(cells.iter().map(String::as_str)))
            .map_err(unwritten)?;
    }
    csv.flush().map_err(unwritten)
}
