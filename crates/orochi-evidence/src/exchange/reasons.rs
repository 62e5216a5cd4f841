//! The findings' reasons as CSV: for and against in the same columns, one row each, with the rows behind them.

use std::io::Write;

use orochi_model::problem::Problem;

use super::{Export, csv_escape::safe, marked_csv::MarkedCsv, notation::places};

pub(super) fn write_csv(export: &Export<'_>, out: &mut dyn Write) -> Result<(), Problem> {
    let head = ["method", "numbers", "score", "statement", "direction", "reason", "rows"];
    let mut csv = MarkedCsv::begin(out, export.about.training, head)?;
    for opinion in &export.opinions.all {
        for reason in &opinion.reasons {
            let score = format!("{:.4}", opinion.score);
            csv.row([
                &*export.opinions.method(opinion),
                &safe(&opinion.numbers.join(" ")),
                &score,
                &safe(opinion.statement.as_str()),
                if reason.supports { "for" } else { "against" },
                &safe(reason.text.as_str()),
                &places(&reason.evidence),
            ])?;
        }
    }
    csv.finish()
}
