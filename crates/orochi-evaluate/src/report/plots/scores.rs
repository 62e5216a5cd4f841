//! Distribution of scores: lines' numbers beside all others.

use plotters::prelude::*;

use super::{Area, BLUE, Drawn, GREY, Plot, RED, axes, longest};
use crate::summary::{Distribution, Summary};

pub(super) const PLOT: Plot = Plot {
    name: "scores",
    title: "Distribution of scores",
    caption: "How many judged numbers got each score, in steps of 0.02; upwards on a logarithmic scale, on which none \
              is drawn at the foot and one just above it.",
    fits: |summary| !longest(summary).is_empty(),
    size: (1000, 420),
    draw,
};

fn draw(area: &Area<'_>, summary: &Summary) -> Drawn {
    let all = longest(summary);
    for (panel, (held, days, figures)) in area.split_evenly((1, all.len())).iter().zip(all) {
        draw_panel(panel, &format!("{}, {days} days", held.words()), &figures.scores)?;
    }
    Ok(())
}

/// 0 for none, 1 for one, 2 for ten.
fn height(many: u64) -> f64 {
    if many == 0 { 0.0 } else { 1.0 + (many as f64).log10() }
}

fn draw_panel(area: &Area<'_>, heading: &str, scores: &Distribution) -> Drawn {
    let series = [
        ("no line's", GREY, &scores.others),
        ("lines that broadcast", BLUE, &scores.broadcasting),
        ("quiet lines", RED, &scores.quiet),
    ];
    let most = series.iter().flat_map(|(_, _, counts)| counts.iter()).map(|many| height(*many)).fold(2.0, f64::max);
    let mut chart = axes::panel(area, heading, 0.0..1.0, 0.0..most.ceil())?;
    let label = |y: &f64| match y.round() {
        near if (near - y).abs() > 1e-6 => String::new(),
        near if near < 0.5 => "0".into(),
        near => format!("{:.0}", 10f64.powf(near - 1.0)),
    };
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.12))
        .x_desc("score")
        .y_desc("numbers")
        .x_labels(6)
        .y_labels(most.ceil() as usize + 1)
        .x_label_formatter(&|x| format!("{x:.1}"))
        .y_label_formatter(&label)
        .draw()?;
    for (name, colour, counts) in series {
        let steps = (0..).zip(counts).flat_map(|(bin, many)| {
            let (from, y) = (f64::from(bin) / 50.0, height(*many));
            [(from, y), (from + 0.02, y)]
        });
        chart
            .draw_series(LineSeries::new(steps, colour.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
    }
    axes::legend(&mut chart, SeriesLabelPosition::UpperRight)
}
