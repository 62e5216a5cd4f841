//! The figures as Markdown.

use std::fmt::Write;

use super::figures::QuantityFigures;
use crate::report::tables::{SYNTHETIC, count, share};

/// Everything in order.
pub fn tables(figures: &QuantityFigures) -> String {
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let _ = writeln!(
        text,
        "Method {}, scored by {}. Scenarios: {}{}; seeds {}; {} simulated folders, {} lines of which data is held.\n",
        figures.made.method,
        figures.made.tool,
        figures.scenarios.join(", "),
        figures.made.not_as_said(),
        figures.seeds,
        count(figures.folders),
        count(figures.lines),
    );
    text.push_str(
        "| method | lines | how many | insufficient data | truth inside | range above it | range below it | no wider \
         than 4 | high/low, median | central/truth, median |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | \
         --- |\n",
    );
    let cell = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
    for group in &figures.groups {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            group.method.replace('_', "-"),
            group.name,
            count(group.lines),
            count(group.insufficient),
            share(Some(&group.inside)),
            count(group.above),
            count(group.below),
            share(Some(&group.narrow)),
            cell(group.width),
            cell(group.ratio),
        );
    }
    text.push_str("\nShares with Wilson's 95% intervals, which take lines to be independent.\n");
    text
}
