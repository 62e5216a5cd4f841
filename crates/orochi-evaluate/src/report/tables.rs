//! The figures of a study as Markdown tables.

use std::{collections::BTreeSet, fmt::Write};

use crate::{
    condition::DataHeld,
    outcome::JUDGED,
    summary::{Figure, LinesFigures, Share, Summary},
};

/// What stands over every set of figures.
pub const SYNTHETIC: &str = "SYNTHETIC: figures over made-up operations; they say nothing about accuracy in the field";

/// Everything in order: what was scored, then a part for each kind of holding.
pub fn tables(summary: &Summary) -> String {
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let made = &summary.made;
    let _ = writeln!(
        text,
        "Method {}, scored by {}. Scenarios: {}; seeds {}; {} simulated folders with {} people, {} numbers and {} \
         lines in all, which is one line to {} numbers{}.\n",
        made.method,
        made.tool,
        summary.scenarios.join(", "),
        summary.seeds,
        count(summary.folders),
        count(summary.people),
        count(summary.numbers),
        count(summary.lines),
        count(summary.numbers / summary.lines.max(1)),
        made.not_as_said(),
    );
    for held in [DataHeld::Everything, DataHeld::Targets] {
        if summary.windows(held).next().is_some() {
            let _ = writeln!(text, "### With {}\n", held.words());
            found_by_window(&mut text, summary, held);
            ranking(&mut text, summary, held);
            kinds_of_line(&mut text, summary, held);
            false_alarms(&mut text, summary, held);
        }
    }
    if summary.windows(DataHeld::ThreeCustomers).next().is_some() {
        let _ = writeln!(text, "### With {}\n", DataHeld::ThreeCustomers.words());
        tops(&mut text, summary);
        found_by_window(&mut text, summary, DataHeld::ThreeCustomers);
    }
    text.trim_end().to_owned() + "\n"
}

/// A row of a table.
pub(crate) fn row<S: AsRef<str>>(text: &mut String, cells: &[S]) {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// A table's heading.
pub(crate) fn head<S: AsRef<str>>(text: &mut String, cells: &[S]) {
    row(text, cells);
    row(text, &vec!["---"; cells.len()]);
}

/// `0.967 (0.931 to 0.992; 58 of 60)`.
pub fn share(share: Option<&Share>) -> String {
    match share.and_then(|share| share.count.value().map(|value| (share, value))) {
        Some((share, value)) => {
            let (with, of) = (count(share.count.with), count(share.count.of));
            format!("{value:.3} ({:.3} to {:.3}; {with} of {of})", share.low, share.high)
        }
        None => "-".into(),
    }
}

/// `0.97 (0.93 to 0.99)`.
pub(crate) fn figure(figure: &Figure, digits: usize) -> String {
    match (figure.value, figure.interval) {
        (Some(value), Some((low, high))) => format!("{value:.digits$} ({low:.digits$} to {high:.digits$})"),
        (Some(value), None) => format!("{value:.digits$}"),
        (None, _) => "-".into(),
    }
}

/// `13,035`
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn found_by_window(text: &mut String, summary: &Summary, held: DataHeld) {
    let titles = ["days", "lines found: all", "that broadcast", "quiet", "flagged numbers that are a line's"];
    head(text, &[&titles[..], &["hardly seen (flagged)"]].concat());
    for (days, f) in summary.windows(held) {
        let hardly = format!("{} ({})", count(f.hardly_seen.lines), count(f.hardly_seen.flagged));
        let recall = |name: &str| share(f.recall.get(name));
        let [all, broadcasting, quiet] = ["all", "broadcasting", "quiet"].map(recall);
        row(text, &[days.to_string(), all, broadcasting, quiet, share(Some(&f.precision)), hardly]);
    }
    let _ = writeln!(
        text,
        "\nShares with 95% intervals. A line is found when a number of it that received at least {JUDGED} \
         communications in the data is flagged; lines without such a number are hardly seen and not in the shares.\n"
    );
}

fn ranking(text: &mut String, summary: &Summary, held: DataHeld) {
    let titles = ["days", "judged numbers", "average precision", "Cllr (bits)", "Cllr-min (bits)", "Brier"];
    head(text, &[&titles[..], &["Brier of the base rate"]].concat());
    for (days, f) in summary.windows(held) {
        let base = f.brier_base.map_or("-".into(), |base| format!("{base:.5}"));
        let bits = |it: &Figure| figure(it, 3);
        let (judged, brier) = (count(f.judged), figure(&f.brier, 5));
        row(
            text,
            &[days.to_string(), judged, bits(&f.average_precision), bits(&f.cllr), bits(&f.cllr_min), brier, base],
        );
    }
    text.push('\n');
}

type Windows<'a> = [(u32, &'a LinesFigures)];

/// A table with a row for each name and a column for each window.
fn by_window(
    text: &mut String,
    title: &str,
    windows: &Windows<'_>,
    names: &BTreeSet<&String>,
    cell: impl Fn(&LinesFigures, &String) -> String,
) {
    let mut titles = vec![title.to_owned()];
    titles.extend(windows.iter().map(|(days, _)| format!("{days} days")));
    head(text, &titles);
    for name in names {
        let mut cells = vec![(*name).clone()];
        cells.extend(windows.iter().map(|(_, figures)| cell(figures, name)));
        row(text, &cells);
    }
    text.push('\n');
}

fn kinds_of_line(text: &mut String, summary: &Summary, held: DataHeld) {
    let windows: Vec<(u32, &LinesFigures)> = summary.windows(held).collect();
    let all = windows.iter().flat_map(|(_, figures)| figures.recall.keys());
    let names = all.filter(|name| name.starts_with("size ") || name.starts_with("style ")).collect();
    by_window(text, "lines found, by", &windows, &names, |figures, name| share(figures.recall.get(name)));
}

fn false_alarms(text: &mut String, summary: &Summary, held: DataHeld) {
    let windows: Vec<(u32, &LinesFigures)> = summary.windows(held).collect();
    let names = windows.iter().flat_map(|(_, figures)| figures.false_alarms.keys()).collect();
    by_window(text, "judged numbers that are no line's, flagged", &windows, &names, |figures, name| {
        match figures.false_alarms.get(name) {
            Some(share) if share.count.of > 0 => {
                format!("{} of {} (at most {})", count(share.count.with), count(share.count.of), percent(share.high))
            }
            _ => "-".into(),
        }
    });
}

/// A small share in percent, with as many digits as say something.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent >= 1.0 { format!("{percent:.0}%") } else { format!("{percent:.3}%") }
}

fn tops(text: &mut String, summary: &Summary) {
    head(
        text,
        &["days", "line first of unknown numbers", "among the first 3", "among the first 10", "line not in the data"],
    );
    for (days, figures) in summary.windows(DataHeld::ThreeCustomers) {
        let Some(top) = &figures.top else { continue };
        let [first, three, ten] = [&top.first, &top.three, &top.ten].map(|each| share(Some(each)));
        row(text, &[days.to_string(), first, three, ten, count(top.unseen)]);
    }
    text.push_str("\nOne run for each line; unknown numbers are all but the three customers' own.\n\n");
}
