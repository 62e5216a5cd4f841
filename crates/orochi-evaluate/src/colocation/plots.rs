//! Tippett and empirical cross-entropy plots of a study, one panel for each length of time.

use std::path::{Path, PathBuf};

use orochi_likelihood::curves::cross_entropy;
use orochi_model::problem::Problem;
use plotters::prelude::*;

use super::{
    condition::PairCondition,
    figures::{together, validated},
    study::{ColocationRow, Ratios},
};
use crate::report::{
    document::write_text,
    plots::{Area, BLUE, Drawn, GREY, RED, axes, drawn},
};

/// Ratios shown, log10.
const SHOWN: f64 = 4.0;
const SIZE: (u32, u32) = (1_000, 760);

/// A plot: name of its file, heading, what to see in it, how a panel is drawn.
type Plot = (&'static str, &'static str, &'static str, fn(&Area<'_>, &str, &Ratios) -> Drawn);

const ALL: [Plot; 2] = [
    (
        "tippett",
        "Tippett plot",
        "Shares of slices with a ratio as high or higher: of one owner (blue) and of two (red). Blue left of 0 and red \
         right of 0 mislead.",
        tippett,
    ),
    (
        "entropy",
        "Empirical cross-entropy",
        "Cost of the ratios at prior odds, in bits: as they are (blue), after calibration with the truth (grey), and \
         of a ratio of 1 always (red). Blue under red is better than saying nothing.",
        entropy,
    ),
];

/// Writes the plots of all pairs. Returns the files and the words that show them in a document.
///
/// # Errors
/// Input and output.
pub fn write(folder: &Path, before: &str, rows: &[ColocationRow]) -> Result<(Vec<PathBuf>, String), Problem> {
    std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    let all = together(rows);
    let panels: Vec<(u32, &Ratios)> =
        all.iter().filter(|(key, _)| key.1 == PairCondition::All).map(|(key, cases)| (key.0, &cases.ours)).collect();
    let (mut files, mut words) = (Vec::new(), String::new());
    for (name, title, caption, panel) in ALL {
        let path = folder.join(format!("{before}{name}.svg"));
        let svg = drawn(name, title, SIZE, |area| {
            for (area, (days, ratios)) in area.split_evenly((2, panels.len().div_ceil(2).max(1))).iter().zip(&panels) {
                let days = if *days == 1 { "1 day".to_owned() } else { format!("{days} days") };
                panel(area, &format!("slices of {days}, all pairs"), ratios)?;
            }
            Ok(())
        })?;
        write_text(&path, &svg)?;
        words.push_str(&format!("\n![{title}]({before}{name}.svg)\n\n{title}: {caption}\n"));
        files.push(path);
    }
    Ok((files, words))
}

fn tippett(area: &Area<'_>, heading: &str, ratios: &Ratios) -> Drawn {
    let mut chart = axes::panel(area, heading, -SHOWN..SHOWN, 0.0..1.0)?;
    axes::shares(&mut chart, "log10 likelihood ratio", "share of slices")?;
    for (of, colour) in [(&ratios.same, BLUE), (&ratios.different, RED)] {
        let mut sorted = of.clone();
        sorted.sort_by(f64::total_cmp);
        let share =
            |at: f64| (sorted.len() - sorted.partition_point(|lr| *lr < at)) as f64 / sorted.len().max(1) as f64;
        let steps = (SHOWN * 50.0) as i32;
        let points = (-steps..=steps).map(|step| f64::from(step) / 50.0).map(|at| (at, share(at)));
        chart.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
    }
    chart.draw_series(DashedLineSeries::new([(0.0, 0.0), (0.0, 1.0)], 5, 5, GREY.stroke_width(1)))?;
    Ok(())
}

fn entropy(area: &Area<'_>, heading: &str, ratios: &Ratios) -> Drawn {
    let odds: Vec<f64> = (-30..=30).map(|step| f64::from(step) / 10.0).collect();
    let points = cross_entropy(&validated(ratios), &odds);
    let most = points.iter().map(|point| point.observed).fold(1.0, f64::max).min(2.0);
    let mut chart = axes::panel(area, heading, -3.0..3.0, 0.0..most * 1.05)?;
    axes::shares(&mut chart, "log10 prior odds of one owner", "bits")?;
    let lines = [(GREY, 0), (RED, 1), (BLUE, 2)];
    for (colour, which) in lines {
        let of = |point: &orochi_likelihood::curves::Entropy| match which {
            0 => point.calibrated,
            1 => point.neutral,
            _ => point.observed,
        };
        let line = points.iter().map(|point| (point.log10_prior_odds, of(point).min(most)));
        chart.draw_series(LineSeries::new(line, colour.stroke_width(2)))?;
    }
    Ok(())
}
