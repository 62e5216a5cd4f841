//! Easting and northing columns.

use orochi_model::{
    absence::is_absent,
    quantity::{Comma, read_number},
    text::unguarded,
};

use super::{Bng, Point, Reference, Stated, is_land, read_reference};
use crate::grid::{MOST_EASTING, MOST_NORTHING};

/// How a doubt begins where they were read swapped.
pub(super) const SWAPPED: &str = "easting and northing look swapped";

/// The position that easting and northing give.
pub(super) fn read(stated: &Stated<'_>, reference: &Reference, doubts: &mut Vec<String>) -> Option<Point> {
    let easting = stated.easting.map(str::trim).unwrap_or_default();
    let northing = stated.northing.map(str::trim).unwrap_or_default();
    if easting.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_absent(easting) {
        return in_letters(easting, northing, doubts);
    }
    if is_absent(easting) && is_absent(northing) {
        return None;
    }
    let (Some(east), Some(north)) = (number(easting), number(northing)) else {
        doubts.push("easting and northing are not both numbers".to_owned());
        return None;
    };
    if east == 0.0 && north == 0.0 {
        return None;
    }
    if east <= 0.0 || north <= 0.0 {
        doubts.push("easting or northing is zero or less: not placed by them".to_owned());
        return None;
    }
    let scale = match scale(easting, east, northing, north) {
        Ok(scale) => scale,
        Err(why) => {
            doubts.push(why.to_owned());
            return None;
        }
    };
    if scale > 1.0 {
        let unit = if scale > 1_000.0 { "hundreds of kilometres" } else { "kilometres" };
        doubts.push(format!("easting and northing are in {unit}"));
    }
    // Metres times a power of ten: rounding to the millimetre takes the binary fractions away.
    let metres = |value: f64| (value * scale * 1_000.0).round() / 1_000.0;
    settle(Bng { easting: metres(east), northing: metres(north) }, stated.in_order, reference, doubts)
}

/// As stated, or swapped.
fn settle(stated: Bng, in_order: bool, reference: &Reference, doubts: &mut Vec<String>) -> Option<Point> {
    let swapped = Bng { easting: stated.northing, northing: stated.easting };
    let (as_stated, as_swapped) = (Point::of_grid(stated), Point::of_grid(swapped));
    let near = |point: Option<Point>| point.and_then(|point| reference.is_near(point));
    let swap = match (near(as_stated), near(as_swapped)) {
        (Some(true), _) => false,
        (_, Some(true)) => true,
        // The postcode helps neither way: only a point in the sea speaks for a swap.
        _ => {
            let stands = in_order || (as_stated.is_some() && is_land(stated));
            !stands && as_swapped.is_some() && is_land(swapped)
        }
    };
    if swap {
        let why = if near(as_swapped) == Some(true) { "its postcode is there" } else { "as stated it is off land" };
        doubts.push(format!("{SWAPPED} and are read so: {why}"));
        return as_swapped;
    }
    match as_stated {
        None => doubts.push("easting and northing lie outside Great Britain".to_owned()),
        Some(_) if !is_land(stated) => doubts.push("more than ten kilometres off land".to_owned()),
        Some(_) => {}
    }
    as_stated
}

/// `TG 51409` and `13177`, or a whole reference in the easting's column.
fn in_letters(easting: &str, northing: &str, doubts: &mut Vec<String>) -> Option<Point> {
    let northing_digits = northing.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let joined = if is_absent(northing) { easting.to_owned() } else { format!("{easting} {northing_digits}") };
    let read = read_reference(&joined).or_else(|why| read_reference(easting).map_err(|_| why));
    match read {
        Ok(square) if square.side_m <= 1_000 => {
            doubts.push("the easting holds grid letters".to_owned());
            Point::of_grid(square.corner)
        }
        Ok(_) => {
            doubts.push("the easting holds grid letters and too few digits to place it".to_owned());
            None
        }
        Err(why) => {
            doubts.push(format!("easting not read: {why}"));
            None
        }
    }
}

/// Metres, unless both numbers are too small for that: the grid's first 1,300 metres each way are open sea.
fn scale(easting: &str, east: f64, northing: &str, north: f64) -> Result<f64, &'static str> {
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches('0').len());
    let fine = decimals(easting).max(decimals(northing));
    if east < 13.0 && north < 13.0 && fine >= 3 {
        Ok(100_000.0)
    } else if east < MOST_NORTHING / 1_000.0 && north < MOST_NORTHING / 1_000.0 {
        if fine >= 1 {
            Ok(1_000.0)
        } else {
            Err("easting and northing are too small for metres and too coarse otherwise")
        }
    } else if east > MOST_NORTHING || north > MOST_NORTHING || (east > MOST_EASTING && north > MOST_EASTING) {
        Err("easting and northing lie outside the grid")
    } else {
        Ok(1.0)
    }
}

/// `651409`, `651,409`, `651409.0`, `651409m`.
fn number(text: &str) -> Option<f64> {
    let text = unguarded(text).trim_matches(|c: char| c.is_whitespace() || matches!(c, 'm' | 'M' | 'E' | 'N'));
    read_number(text, Comma::Thousands)
}
