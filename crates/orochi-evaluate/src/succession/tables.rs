//! The figures as Markdown.

use std::fmt::Write;

use super::{figures::SuccessionFigures, pairs::What};
use crate::{
    report::tables::{SYNTHETIC, count, share},
    summary::Share,
};

/// Everything in order.
pub fn tables(figures: &SuccessionFigures) -> String {
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let _ = writeln!(
        text,
        "Method {}, scored by {}. Scenarios: {}{}; seeds {}; {} simulated folders with {} people and {} lines in \
         all.\n",
        figures.made.method,
        figures.made.tool,
        figures.scenarios.join(", "),
        figures.made.not_as_said(),
        figures.seeds,
        count(figures.folders),
        count(figures.people),
        count(figures.lines),
    );
    text.push_str(
        "| data held | days | precision, lines | recall, lines | recall, lines that come back | precision, all | \
         recall, all | hardly seen (linked) |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for it in &figures.conditions {
        let cell = |it: &Share| share(Some(it));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} ({}) |",
            it.held.words(),
            it.days,
            cell(&it.precision_of_lines),
            cell(&it.recall_of_lines),
            share(it.recall.get(&What::Return)),
            cell(&it.precision_of_all),
            cell(&it.recall_of_all),
            count(it.hardly.of),
            count(it.hardly.with),
        );
    }
    text.push_str(
        "\nShares with Wilson's 95% intervals, which take pairs to be independent. Three customers' data: \
         one run for each number of a line.\n",
    );
    text
}
