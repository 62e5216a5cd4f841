//! Of each kind of number that is no line's, how many are flagged.

use plotters::prelude::*;

use super::{Area, Drawn, GREY, Plot, RED, longest};
use crate::summary::{LinesFigures, Share, Summary};

pub(super) const PLOT: Plot = Plot {
    name: "false-alarms",
    title: "False alarms by kind of number",
    caption: "Share of judged numbers of each kind that are flagged, with 95% intervals: where none is flagged, the \
              bar shows what share could still be missed by chance.",
    fits: |summary| !longest(summary).is_empty(),
    size: (1000, 560),
    draw,
};

fn draw(area: &Area<'_>, summary: &Summary) -> Drawn {
    let all = longest(summary);
    for (panel, (held, days, figures)) in area.split_evenly((1, all.len())).iter().zip(all) {
        draw_panel(panel, &format!("{}, {days} days", held.words()), figures)?;
    }
    Ok(())
}

fn draw_panel(area: &Area<'_>, heading: &str, figures: &LinesFigures) -> Drawn {
    let kinds: Vec<(&String, &Share)> = figures.false_alarms.iter().filter(|(_, share)| share.count.of > 0).collect();
    let most = kinds.iter().map(|(_, share)| share.high).fold(0.01, f64::max) * 1.05;
    let rows = kinds.len() as f64;
    let mut chart = ChartBuilder::on(area)
        .caption(heading, ("sans-serif", 15))
        .margin(10)
        .x_label_area_size(42)
        .y_label_area_size(190)
        .build_cartesian_2d(0.0..most, -0.5..rows.max(1.0) - 0.5)?;
    let name = |y: &f64| {
        let near = y.round();
        let kind = kinds.get((rows - 1.0 - near).max(0.0) as usize).filter(|_| (near - y).abs() < 1e-6);
        kind.map_or(String::new(), |(kind, share)| {
            let short: String = if kind.chars().count() > 26 {
                kind.chars().take(25).chain(['…']).collect()
            } else {
                (*kind).clone()
            };
            format!("{short} ({}/{})", share.count.with, share.count.of)
        })
    };
    chart
        .configure_mesh()
        .disable_y_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.12))
        .x_desc("share flagged")
        .x_labels(5)
        .y_labels(kinds.len() * 4)
        .y_label_formatter(&name)
        .x_label_formatter(&|x| format!("{x:.3}"))
        .draw()?;
    let bars = kinds.iter().enumerate().map(|(place, (_, share))| (rows - 1.0 - place as f64, share));
    for (y, share) in bars {
        let value = share.count.value().unwrap_or_default();
        chart.draw_series([Rectangle::new([(0.0, y - 0.3), (value, y + 0.3)], RED.filled())])?;
        chart.draw_series([PathElement::new([(share.low, y), (share.high, y)], GREY.stroke_width(2))])?;
    }
    Ok(())
}
