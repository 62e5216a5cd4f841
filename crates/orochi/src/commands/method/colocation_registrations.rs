//! `orochi colocation --registrations`: the method on a file of registrations whose owners are known.

use std::path::Path;

use orochi_colocation::{Fit, Model, Settings, SharedGround, Strangers, Track, Validation, validate::RatioFigures};
use orochi_model::problem::Problem;
use serde_json::json;

use crate::{exit::Done, export::aligned, progress::Busy, ui::Ui};

/// The stretch of time that each ratio is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Seconds; 0 is the whole period.
    seconds: i64,
}

impl std::str::FromStr for Slice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text == "all" {
            return Ok(Self { seconds: 0 });
        }
        let wrong =
            || format!("expected a number of minutes, hours, days or weeks (90m, 24h, 7d, 2w), or all; found {text:?}");
        let unit = text.chars().next_back().ok_or_else(wrong)?;
        let number = text[..text.len() - unit.len_utf8()].trim().parse::<i64>().map_err(|_| wrong())?;
        let each = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return Err(wrong()),
        };
        number.checked_mul(each).filter(|seconds| *seconds >= 60).map(|seconds| Self { seconds }).ok_or_else(wrong)
    }
}

fn tracks(path: &Path) -> Result<Vec<Track>, Problem> {
    let file = std::fs::File::open(path).map_err(|error| Problem::io("read the registrations", path, &error))?;
    orochi_colocation::read(file).map_err(|error| {
        Problem::user("the registrations cannot be read")
            .at(path.display())
            .because(error)
            .hint("columns: owner, device, timestamp, latitude, longitude, and optionally cell and azimuth")
    })
}

/// Says how good the method is on the file.
pub fn validate(ui: &Ui, path: &Path, slice: Slice, model: &Model) -> Done {
    let busy = Busy::new(ui, "colocation");
    let tracks = tracks(path)?;
    let settings = Settings { slice_s: slice.seconds, ..Settings::default() };
    let validation = orochi_colocation::validate(&tracks, &settings, model);
    drop(busy);
    if ui.json() {
        return ui.stream_document(&validation);
    }
    ui.print(&text(&validation))
}

/// Fits a model on all owners of the file.
pub fn fit(ui: &Ui, path: &Path, slice: Slice, prior: &Model, out: &Path) -> Done {
    let busy = Busy::new(ui, "colocation");
    let tracks = tracks(path)?;
    let all: Vec<&Track> = tracks.iter().collect();
    let settings = Settings { slice_s: slice.seconds, ..Settings::default() };
    let made = format!("orochi colocation --registrations {} --fit {}", name(path), name(out));
    let what = Fit {
        slices_s: &[slice.seconds],
        prior,
        hold: orochi_colocation::fit::HOLD,
        strangers: Strangers::Population,
        made: &made,
    };
    let model = orochi_colocation::fit(&all, &SharedGround::new(&all), &settings, &what)
        .map_err(|error| Problem::user("no model can be fitted").at(path.display()).because(error))?;
    let json = serde_json::to_string_pretty(&model)
        .map_err(|error| Problem::bug("the model cannot be written").because(error))?;
    std::fs::write(out, json + "\n").map_err(|error| Problem::io("write the model", out, &error))?;
    drop(busy);
    if ui.json() {
        return ui.document(json!({ "written": out, "made": made }));
    }
    ui.print(&format!("written: {}\n", out.display()))
}

/// A file's name without its folder: what is said in a model does not depend on the machine.
fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn text(validation: &Validation) -> String {
    let found = &validation.validation;
    let fitted = if found.fitted {
        "fitted on one half of the owners, tried on the other"
    } else {
        "the model was used as given: there are too few owners to fit it"
    };
    let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
    let heads = [
        "",
        "slices",
        "insufficient",
        "same",
        "different",
        "Cllr",
        "Cllr-min",
        "LR > 1",
        "LR > 10",
        "LR > 100",
        "LR > 1,000",
        "LR < 1",
    ];
    let row = |name: &str, one: &RatioFigures| {
        let wrong = &one.misleading;
        vec![
            name.to_owned(),
            one.slices.to_string(),
            one.insufficient.to_string(),
            one.same.to_string(),
            one.different.to_string(),
            share(one.cllr),
            share(one.cllr_min),
            share(wrong.different_above_1),
            share(wrong.different_above_10),
            share(wrong.different_above_100),
            share(wrong.different_above_1000),
            share(wrong.same_below_1),
        ]
    };
    let rows = vec![
        row("colocation", &found.all),
        row("  near homes", &found.near_homes),
        row("reference approach", &found.reference),
        row("  near homes", &found.reference_near_homes),
    ];
    format!(
        "{} owners, {} pairs of phones; {fitted}.\nLR > …: shares of slices of two owners; LR < 1: of one owner.\n\n{}",
        found.owners,
        found.all.pairs,
        aligned(&heads, &[false, true, true, true, true, true, true, true, true, true, true, true], rows)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_time() {
        let of = |text: &str| text.parse::<Slice>().map(|slice| slice.seconds);
        assert_eq!(of("24h"), Ok(86_400));
        assert_eq!(of("7d"), Ok(604_800));
        assert_eq!(of("90m"), Ok(5_400));
        assert_eq!(of("2w"), Ok(1_209_600));
        assert_eq!(of("all"), Ok(0));
        for text in ["", "h", "24", "-1h", "0d", "1.5h", "9999999999999999999d", "24é", "é"] {
            assert!(of(text).is_err(), "{text}");
        }
    }
}
