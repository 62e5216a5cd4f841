//! The figures as Markdown.

use std::fmt::Write;

use super::{
    damage::damages,
    figures::{Rates, ReadingFigures},
    layouts::LAYOUTS,
};
use crate::{
    measure::proportion::Proportion,
    report::tables::{SYNTHETIC, count},
};

/// Everything in order.
pub fn tables(figures: &ReadingFigures) -> String {
    let mut text = format!("**{SYNTHETIC}.**\n\n");
    let _ = writeln!(
        text,
        "Read by orochi {}. Seed {}, files {} to {}: {} hurt files of {} layouts with one to three of {} kinds of \
         damage each.\n",
        figures.tool,
        figures.seed,
        figures.first,
        figures.first + figures.files.saturating_sub(1),
        count(figures.files),
        figures.layouts,
        figures.kinds,
    );
    text.push_str("| how the hurt file was read | files | share | aim |\n| --- | --- | --- | --- |\n");
    let of = |words: &str| figures.outcomes.get(words).copied().unwrap_or(0);
    let _ = writeln!(text, "| right, row by row | {} | – | |", count(of("right")));
    let _ = writeln!(text, "| refused, as it may be | {} | – | |", count(of("refused, as it may be")));
    for (words, share, aim) in [
        ("silently wrong", figures.all.wrong, "0"),
        ("parties, times or rows lost unsaid", figures.all.lost, "0"),
        ("a column or some of its values unread", figures.all.unread, "below 1%"),
        ("refused although readable, whole or in part", figures.all.refused, "below 3%"),
    ] {
        let _ = writeln!(text, "| {words} | {} | {} | {aim} |", count(share.with), shown(share));
    }
    let _ = writeln!(
        text,
        "\nClean tables that were not read right: {} of {}.\n",
        count(figures.clean.with),
        count(figures.clean.of)
    );
    let words = |name: &str| damages().iter().find(|damage| damage.name == name).map_or("", |damage| damage.words);
    text.push_str(
        "By kind of damage; a file counts under each of its damages, so that what one does shows under those beside it \
         too.\n\n\
         | damage | what it is | files | silently wrong | lost unsaid | unread | refused |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (name, rates) in &figures.by_damage {
        let _ = writeln!(text, "| {name} | {} | {} |", words(name), cells(rates));
    }
    text.push_str(
        "\nBy layout.\n\n| layout | profile | files | silently wrong | lost unsaid | unread | refused |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (name, rates) in &figures.by_layout {
        let shipped = LAYOUTS.iter().any(|layout| layout.name == *name && layout.profile);
        let _ = writeln!(text, "| {name} | {} | {} |", if shipped { "shipped" } else { "none" }, cells(rates));
    }
    text.push_str(
        "\nShares with Wilson's 95% intervals. Refusals are of the files that an honest reader may not refuse.\n",
    );
    text
}

fn cells(rates: &Rates) -> String {
    let parts = [rates.wrong, rates.lost, rates.unread, rates.refused].map(shown);
    format!("{} | {}", count(rates.wrong.of), parts.join(" | "))
}

/// `0.12% (0.05% to 0.30%)`; none of nothing is a dash.
fn shown(share: Proportion) -> String {
    let Some(value) = share.value() else { return "–".into() };
    let (low, high) = share.wilson();
    let percent = |value: f64| format!("{:.2}%", 100.0 * value);
    format!("{} ({} to {})", percent(value), percent(low), percent(high))
}
