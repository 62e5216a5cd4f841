//! The figures as Markdown.

use std::fmt::Write;

use super::figures::AttributionFigures;
use crate::{
    report::tables::{SYNTHETIC, count, share},
    summary::Share,
};

/// Everything in order.
pub fn tables(figures: &AttributionFigures) -> String {
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let _ = writeln!(
        text,
        "Methods {}, scored by {}. Scenarios: {}{}; seeds {}; {} simulated folders, {} lines of which cells are \
         held.\n",
        figures.made.method,
        figures.made.tool,
        figures.scenarios.join(", "),
        figures.made.not_as_said(),
        figures.seeds,
        count(figures.folders),
        count(figures.lines),
    );
    text.push_str(
        "| lines | how many | own phone first | among the first three | spells said to be somebody's that are | \
         changes within 6 hours | changes within bounds |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for group in &figures.groups {
        let cell = |it: &Share| share(Some(it));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            group.name,
            count(group.lines),
            cell(&group.first),
            cell(&group.three),
            cell(&group.right),
            cell(&group.near),
            cell(&group.within),
        );
    }
    text.push_str("\nShares with Wilson's 95% intervals, which take spells to be independent.\n");
    text
}
