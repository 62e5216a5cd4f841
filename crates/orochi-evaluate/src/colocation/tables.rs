//! The figures as Markdown.

use std::fmt::Write;

use super::figures::ColocationFigures;
use crate::report::tables::{SYNTHETIC, count, head, row, share};

/// Everything in order.
pub fn tables(figures: &ColocationFigures) -> String {
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let _ = writeln!(
        text,
        "Method {}, scored by {}. Scenarios: {}{}; seeds {}; {} populations with {} owners of two phones and {} \
         registrations in all.\n",
        figures.made.method,
        figures.made.tool,
        figures.scenarios.join(", "),
        figures.made.not_as_said(),
        figures.seeds,
        count(figures.folders),
        count(figures.owners),
        count(figures.registrations),
    );
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
    let rate = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.4}"));
    head(
        &mut text,
        &[
            "days",
            "pairs",
            "slices of one owner",
            "of two",
            "insufficient",
            "Cllr",
            "Cllr-min",
            "reference's Cllr (ours on the same)",
            "two owners: LR > 1",
            "≥ 10",
            "≥ 100",
            "≥ 1,000",
            "one owner: LR < 1",
            "≤ 1/10",
        ],
    );
    for group in &figures.groups {
        let misleading = &group.misleading;
        row(
            &mut text,
            &[
                group.days.to_string(),
                group.condition.words().to_owned(),
                count(group.same),
                count(group.different),
                count(group.insufficient),
                number(group.cllr),
                number(group.cllr_min),
                format!("{} ({})", number(group.reference_cllr), number(group.beside_cllr)),
                rate(misleading.different_above_1),
                rate(misleading.different_above_10),
                rate(misleading.different_above_100),
                rate(misleading.different_above_1000),
                rate(misleading.same_below_1),
                rate(misleading.same_below_10th),
            ],
        );
    }
    text.push_str("\nPairs of two owners with a ratio of 1,000 or more in any slice, with Wilson's 95% interval:\n\n");
    head(&mut text, &["days", "pairs", "share"]);
    for group in &figures.groups {
        row(
            &mut text,
            &[group.days.to_string(), group.condition.words().to_owned(), share(Some(&group.pairs_over_1000))],
        );
    }
    text
}
