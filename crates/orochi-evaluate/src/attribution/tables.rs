//! The figures as Markdown.

use std::fmt::Write;

use super::figures::{AttributionFigures, AttributionGroup};
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
    text.push_str("Numbers of the line and of other lines given:\n\n");
    text.push_str(&table(&figures.groups));
    let discovered = &figures.discovered;
    let _ = writeln!(
        text,
        "\nLines and links found as they are for a user (`lines`, then `succession`, then this method). A number of \
         the line was found of {} of lines; {} of the numbers held were joined to it; {} numbers of others were. A \
         spell of a line that was not found counts as one whose holder was not found.\n",
        share(Some(&discovered.lines)),
        share(Some(&discovered.numbers)),
        count(discovered.foreign),
    );
    text.push_str(&table(&discovered.groups));
    text.push_str("\nShares with Wilson's 95% intervals, which take spells to be independent.\n");
    text
}

fn table(groups: &[AttributionGroup]) -> String {
    let mut text = String::from(
        "| lines | how many | own phone first | among the first three | spells said to be somebody's that are | \
         changes within 6 hours | changes within bounds |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for group in groups {
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
    text
}
