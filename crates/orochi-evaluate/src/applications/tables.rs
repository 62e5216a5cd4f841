//! The figures as Markdown.

use std::fmt::Write;

use super::{
    figures::{ApplicationsFigures, ApplicationsGroup, WITHIN},
    investigation::{Goal, MOST, Order},
};
use crate::{
    report::tables::{SYNTHETIC, count, figure, head, row, share},
    summary::{Figure, Share},
};

/// Everything in order.
pub fn tables(figures: &ApplicationsFigures) -> String {
    let made = &figures.made;
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let _ = writeln!(
        text,
        "Method {}, scored by {}. Scenarios: {}; seeds {}; {} simulated folders with {} people and {} lines in \
         all{}.\n",
        made.method,
        made.tool,
        figures.scenarios.join(", "),
        figures.seeds,
        count(figures.folders),
        count(figures.people),
        count(figures.lines),
        made.not_as_said(),
    );
    text.push_str("### What is reached\n\n");
    reached(&mut text, figures);
    text.push_str("### By kind of line\n\n");
    for goal in [Goal::Known, Goal::Holder] {
        by_group(&mut text, figures, goal);
    }
    text.push_str("### Intrusion\n\n");
    intrusion(&mut text, figures);
    expected(&mut text, figures);
    text.trim_end().to_owned() + "\n"
}

/// A number of applications: `4 (3 to 6)`, `more than 12`.
fn applications(figure: &Figure, digits: usize) -> String {
    let one = |value: f64| {
        if value > f64::from(MOST) { format!("more than {MOST}") } else { format!("{value:.digits$}") }
    };
    match (figure.value, figure.interval) {
        (Some(value), Some((low, high))) => format!("{} ({} to {})", one(value), one(low), one(high)),
        (Some(value), None) => one(value),
        (None, _) => "-".into(),
    }
}

fn titles(first: &[&str]) -> Vec<String> {
    let mut titles: Vec<String> = first.iter().map(|title| (*title).to_owned()).collect();
    titles.extend(["median".to_owned(), "mean".to_owned()]);
    titles.extend(WITHIN.map(|most| format!("within {most}")));
    titles
}

fn cells(group: &ApplicationsGroup, goal: Goal) -> Vec<String> {
    let reach = &group.goals[&goal];
    let mut cells = vec![applications(&reach.median, 0), applications(&reach.mean, 1)];
    cells.extend(WITHIN.iter().map(|most| share(reach.within.get(most))));
    cells
}

fn reached(text: &mut String, figures: &ApplicationsFigures) {
    head(text, &titles(&["goal", "order"]));
    for goal in Goal::ALL {
        for (order, ordered) in &figures.orders {
            // Without a method nothing is a possible line.
            let Some(all) = ordered.groups.get("all").filter(|_| (*order, goal) != (Order::Contacts, Goal::Known))
            else {
                continue;
            };
            let first = [goal.words().to_owned(), order.words().to_owned()];
            row(text, &[&first[..], &cells(all, goal)].concat());
        }
    }
    let _ = writeln!(
        text,
        "\nApplications made until the goal was reached, and shares of lines, with 95% intervals. In the mean, lines \
         not reached count as {MOST}.\n"
    );
}

fn by_group(text: &mut String, figures: &ApplicationsFigures, goal: Goal) {
    let Some(ordered) = figures.orders.get(&Order::Next) else { return };
    head(text, &titles(&[goal.words(), "lines"]));
    for (name, group) in ordered.groups.iter().filter(|(name, _)| *name != "all") {
        row(text, &[&[name.clone(), count(group.lines)][..], &cells(group, goal)].concat());
    }
    text.push('\n');
}

fn intrusion(text: &mut String, figures: &ApplicationsFigures) {
    head(
        text,
        &[
            "order",
            "applications a line",
            "uninvolved numbers applied for, a line",
            "share of applications",
            "uninvolved numbers in the answers, a line",
            "nothing left to apply for",
        ],
    );
    for (order, ordered) in &figures.orders {
        let i = &ordered.intrusion;
        row(
            text,
            &[
                order.words().to_owned(),
                figure(&i.per_line, 1),
                figure(&i.uninvolved, 1),
                share(Some(&i.uninvolved_share)),
                figure(&i.intruded, 1),
                share(Some(&ordered.ran_out)),
            ],
        );
    }
    text.push('\n');
}

fn expected(text: &mut String, figures: &ApplicationsFigures) {
    let Some(Some(i)) = figures.orders.get(&Order::Next).map(|ordered| {
        let any = ordered.intrusion.new_as_expected.values().any(|share: &Share| share.count.of > 0);
        any.then_some(&ordered.intrusion)
    }) else {
        return;
    };
    head(
        text,
        &[
            "applied for, by `applications`",
            "times",
            "new numbers as many as expected",
            "uninvolved ones as many as expected",
        ],
    );
    for (kind, new) in &i.new_as_expected {
        let times = if kind == "all" { i.applications } else { i.kinds.get(kind).copied().unwrap_or_default() };
        row(text, &[kind.clone(), count(times), share(Some(new)), share(i.intruded_as_expected.get(kind))]);
    }
    text.push('\n');
}
