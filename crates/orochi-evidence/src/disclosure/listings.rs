//! `exhibits.csv`: the native files, what became of their rows, and what a reader should know of each.

use orochi_case::Exhibit;
use orochi_model::problem::Problem;

use super::redaction::{Redaction, shown};
use crate::atomic_output::WholeFolder;
use crate::exchange::{csv_escape::safe, marked_csv::MarkedCsv};

pub(super) fn exhibits(
    exhibits: &[Exhibit],
    training: bool,
    redaction: Option<&Redaction>,
    folder: &WholeFolder,
) -> Result<(), Problem> {
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
    let mut csv = MarkedCsv::begin(folder.file("exhibits.csv")?, training, head)?;
    let shown = |text: &str| safe(&shown(redaction, text));
    for one in exhibits {
        let tally = &one.tally;
        csv.row([
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
        ])?;
    }
    csv.finish()
}
