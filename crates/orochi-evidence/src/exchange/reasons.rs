//! The findings' reasons as CSV: for and against in the same columns, one row each, with the rows behind them.

use std::io::Write;

use orochi_model::problem::Problem;

use super::{Export, cell::safe, forms::places, whole::unwritten};

pub(super) fn write_csv(export: &Export<'_>, out: &mut dyn Write) -> Result<(), Problem> {
    let mut csv = csv::Writer::from_writer(out);
    let marking = |text| export.about.training.then_some(text);
    let head = ["method", "numbers", "score", "statement", "direction", "reason", "rows"];
    csv.write_record(marking("marking").into_iter().chain(head)).map_err(unwritten)?;
    for opinion in &export.opinions.all {
        for reason in &opinion.reasons {
            let score = format!("{:.4}", opinion.score);
            let cells = [
                &*export.opinions.method(opinion),
                &safe(&opinion.numbers.join(" ")),
                &score,
                &safe(opinion.statement.as_str()),
                if reason.supports { "for" } else { "against" },
                &safe(reason.text.as_str()),
                &places(&reason.evidence),
            ];
            csv.write_record(marking("TRAINING").into_iter().chain(cells)).map_err(unwritten)?;
        }
    }
    csv.flush().map_err(unwritten)
}
