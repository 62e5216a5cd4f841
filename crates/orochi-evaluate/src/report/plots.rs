//! Plots of a study as SVG, one file each, made with `plotters`. Every one carries the word SYNTHETIC.

pub(crate) mod axes;
mod false_alarms;
mod recall;
mod reliability;
mod scores;

use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;
use plotters::{coord::Shift, prelude::*};

use crate::{
    condition::DataHeld,
    report::document::write_text,
    summary::{LinesFigures, Summary},
};

/// A panel, or the whole of a plot.
pub(crate) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// The plotting library's own errors, which only drawing code sees.
pub(crate) type Drawn = Result<(), Box<dyn std::error::Error>>;

/// A plot.
#[derive(Debug)]
pub struct Plot {
    /// Name of its file, without what stands before and after it.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// What to see in it.
    pub caption: &'static str,
    /// Whether the study holds what it shows.
    pub fits: fn(&Summary) -> bool,
    size: (u32, u32),
    draw: fn(&Area<'_>, &Summary) -> Drawn,
}

/// Every plot, in the order they are shown.
pub const ALL: [Plot; 4] = [recall::PLOT, reliability::PLOT, false_alarms::PLOT, scores::PLOT];

/// Writes every plot that the study has something to show in. Returns the files.
///
/// # Errors
/// Input and output.
pub fn write(folder: &Path, before: &str, summary: &Summary) -> Result<Vec<PathBuf>, Problem> {
    std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    let mut files = Vec::new();
    for plot in ALL.iter().filter(|plot| (plot.fits)(summary)) {
        let path = folder.join(format!("{before}{}.svg", plot.name));
        write_text(&path, &svg(plot, summary)?)?;
        files.push(path);
    }
    Ok(files)
}

fn svg(plot: &Plot, summary: &Summary) -> Result<String, Problem> {
    drawn(plot.name, plot.title, plot.size, |area| (plot.draw)(area, summary))
}

/// A plot as SVG under its heading, which says SYNTHETIC.
pub(crate) fn drawn(
    name: &str,
    title: &str,
    size: (u32, u32),
    draw: impl FnOnce(&Area<'_>) -> Drawn,
) -> Result<String, Problem> {
    let mut text = String::new();
    let into = || -> Drawn {
        let root = SVGBackend::with_string(&mut text, size).into_drawing_area();
        root.fill(&WHITE)?;
        draw(&root.titled(&format!("{title} (SYNTHETIC)"), ("sans-serif", 20))?)?;
        root.present()?;
        Ok(())
    };
    into().map_err(|error| Problem::bug("a plot cannot be drawn").at(name).because(error))?;
    Ok(text)
}

/// The two kinds of holding that flags are judged under, with the figures of their longest window.
fn longest(summary: &Summary) -> Vec<(DataHeld, u32, &LinesFigures)> {
    [DataHeld::Everything, DataHeld::Targets]
        .into_iter()
        .filter_map(|held| summary.windows(held).last().map(|(days, figures)| (held, days, figures)))
        .collect()
}

pub(crate) const BLUE: RGBColor = RGBColor(0, 90, 181);
pub(crate) const RED: RGBColor = RGBColor(220, 50, 32);
pub(crate) const GREY: RGBColor = RGBColor(110, 110, 110);
const GREEN: RGBColor = RGBColor(0, 128, 96);
