//! Reliability diagram: is a score of 0.8 right eight times out of ten?

use plotters::prelude::*;

use super::{Area, BLUE, Drawn, GREY, Plot, axes, longest};
use crate::summary::{LinesFigures, Summary};

pub(super) const PLOT: Plot = Plot {
    name: "reliability",
    title: "Reliability of the score",
    caption: "Of judged numbers with about one score, the share that are a line's, with Wilson's 95% intervals and how \
              many there are. On the dashed diagonal the score would be a probability at the simulated base rate.",
    fits: |summary| !longest(summary).is_empty(),
    size: (900, 460),
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
    let mut chart = axes::panel(area, heading, 0.0..1.0, 0.0..1.04)?;
    axes::shares(&mut chart, "score", "share that are a line's number")?;
    chart.draw_series(DashedLineSeries::new([(0.0, 0.0), (1.0, 1.0)], 5, 5, GREY.stroke_width(1)))?;
    let value = |with: u64, of: u64| with as f64 / of.max(1) as f64;
    chart.draw_series(figures.reliability.iter().map(|bin| {
        let (low, high) = bin.lines.wilson();
        ErrorBar::new_vertical(bin.mean, low, value(bin.lines.with, bin.lines.of), high, BLUE.filled(), 8)
    }))?;
    chart.draw_series(figures.reliability.iter().map(|bin| {
        let at = (bin.mean, value(bin.lines.with, bin.lines.of));
        let many = Text::new(crate::report::tables::count(bin.lines.of), (6, 2), ("sans-serif", 11).into_font());
        EmptyElement::at(at) + Circle::new((0, 0), 4, BLUE.filled()) + many
    }))?;
    Ok(())
}
