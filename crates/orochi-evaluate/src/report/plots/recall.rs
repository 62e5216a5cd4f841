//! How many lines are found, and how many flagged numbers are lines', by window.

use plotters::prelude::*;

use super::{Area, BLUE, Drawn, GREEN, GREY, Plot, RED, axes};
use crate::{
    condition::DataHeld,
    summary::{LinesFigures, Share, Summary},
};

pub(super) const PLOT: Plot = Plot {
    name: "found",
    title: "Lines found by length of the window",
    caption: "Share of lines found and share of flagged numbers that are a line's, with 95% intervals, by whose data \
              is held. With three customers' data: share of runs in which the line is among the first three unknown \
              numbers.",
    fits: |summary| !summary.conditions.is_empty(),
    size: (1020, 380),
    draw,
};

fn draw(area: &Area<'_>, summary: &Summary) -> Drawn {
    let all = [DataHeld::Everything, DataHeld::Targets, DataHeld::ThreeCustomers];
    let held: Vec<DataHeld> = all.into_iter().filter(|held| summary.windows(*held).next().is_some()).collect();
    for (panel, held) in area.split_evenly((1, held.len().max(1))).iter().zip(held) {
        draw_panel(panel, summary, held)?;
    }
    Ok(())
}

type Series = (&'static str, RGBColor, fn(&LinesFigures) -> Option<Share>);

static RECALL: [Series; 3] = [
    ("lines that broadcast, found", BLUE, |f| f.recall.get("broadcasting").copied()),
    ("quiet lines, found", RED, |f| f.recall.get("quiet").copied()),
    ("flagged numbers that are a line's", GREY, |f| Some(f.precision)),
];

static TOP: [Series; 2] = [
    ("line among the first 3", GREEN, |f| f.top.map(|top| top.three)),
    ("line first", BLUE, |f| f.top.map(|top| top.first)),
];

fn draw_panel(area: &Area<'_>, summary: &Summary, held: DataHeld) -> Drawn {
    let windows: Vec<(u32, &LinesFigures)> = summary.windows(held).collect();
    let most = windows.len() as f64;
    let mut chart = axes::panel(area, held.words(), -0.5..most - 0.5, 0.0..1.02)?;
    let days = |x: &f64| {
        let near = x.round();
        let window = windows.get(near as usize).filter(|_| (near - x).abs() < 1e-6 && near >= 0.0);
        window.map_or(String::new(), |(days, _)| days.to_string())
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.12))
        .x_desc("days of data")
        .y_desc("share")
        .x_labels(12)
        .y_labels(6)
        .x_label_formatter(&days)
        .y_label_formatter(&|y| format!("{y:.1}"))
        .draw()?;
    let series: &[Series] = if held == DataHeld::ThreeCustomers { &TOP } else { &RECALL };
    for (place, (name, colour, of)) in series.iter().enumerate() {
        // Beside each other, so that intervals do not hide each other.
        let aside = (place as f64 - (series.len() as f64 - 1.0) / 2.0) * 0.12;
        let points: Vec<(f64, Share)> = (0..)
            .zip(&windows)
            .filter_map(|(at, (_, figures))| of(figures).map(|share| (f64::from(at) + aside, share)))
            .filter(|(_, share)| share.count.of > 0)
            .collect();
        let value = |share: &Share| share.count.value().unwrap_or_default();
        chart
            .draw_series(LineSeries::new(points.iter().map(|(x, share)| (*x, value(share))), colour.stroke_width(2)))?;
        chart
            .draw_series(
                points.iter().map(|(x, share)| {
                    ErrorBar::new_vertical(*x, share.low, value(share), share.high, colour.filled(), 8)
                }),
            )?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
    }
    axes::legend(&mut chart, SeriesLabelPosition::LowerRight)
}
