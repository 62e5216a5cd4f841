//! Latitude and longitude columns.

use orochi_model::{
    absence::{is_absent, is_blank},
    text::{folded, unguarded},
};

use super::{LatLon, Point, Reference, Stated, is_land};

/// The position that latitude and longitude give. A single cell may hold both (`52.658, 1.716`).
pub(super) fn read(stated: &Stated<'_>, reference: &Reference, doubts: &mut Vec<String>) -> Option<Point> {
    let lat = stated.lat.map(str::trim).unwrap_or_default();
    let lon = stated.lon.map(str::trim).unwrap_or_default();
    // Where it is not known, 0,0 or -1,-1 stand in the two columns.
    if is_absent(lat) && is_absent(lon) {
        return None;
    }
    let both = lat.split_once([',', ';', ' ', '/']).filter(|_| lon.is_empty() || lon == lat);
    let (lat, lon) = both.map_or((lat, lon), |(lat, lon)| (lat.trim(), lon.trim()));
    if is_blank(lat) || is_blank(lon) {
        doubts.push("only one of latitude and longitude is stated".to_owned());
        return None;
    }
    let (Some(lat), Some(lon)) = (angle(lat), angle(lon)) else {
        doubts.push("latitude and longitude are not both numbers of degrees".to_owned());
        return None;
    };
    if lat == 0.0 && lon == 0.0 || lat == -1.0 && lon == -1.0 {
        return None;
    }
    if lat == 0.0 {
        doubts.push("the latitude is 0: not placed by it".to_owned());
        return None;
    }
    settle(LatLon { lat, lon }, reference, doubts)
}

fn settle(stated: LatLon, reference: &Reference, doubts: &mut Vec<String>) -> Option<Point> {
    let swapped = LatLon { lat: stated.lon, lon: stated.lat };
    if british(swapped) && !british(stated) {
        doubts.push("latitude and longitude look swapped and are read so".to_owned());
        return signed(swapped, reference, doubts);
    }
    if !stated.is_finite() {
        doubts.push("latitude and longitude are not degrees on the globe".to_owned());
        return None;
    }
    signed(stated, reference, doubts)
}

/// The longitude's minus may have been lost; only the postcode can say so, as Britain lies on both sides of Greenwich.
fn signed(stated: LatLon, reference: &Reference, doubts: &mut Vec<String>) -> Option<Point> {
    let as_stated = Point::of_degrees(stated);
    let west = Point::of_degrees(LatLon { lat: stated.lat, lon: -stated.lon });
    if reference.is_near(as_stated) == Some(true) || stated.lon <= 0.0 {
        return Some(as_stated);
    }
    if reference.is_near(west) == Some(true) {
        doubts.push(
            "the longitude seems to have lost its minus sign, which was restored: the postcode is there".to_owned(),
        );
        return Some(west);
    }
    let on_land = |point: Point| point.grid.is_some_and(is_land);
    if !on_land(as_stated) && on_land(west) {
        doubts.push("off Great Britain as stated, on land with a minus before the longitude".to_owned());
    }
    Some(as_stated)
}

/// The box around Great Britain, its islands and Northern Ireland.
fn british(at: LatLon) -> bool {
    (49.0..=61.5).contains(&at.lat) && (-9.0..=9.0).contains(&at.lon)
}

/// Degrees: `52.658`, `-0.1276`, `0.1276W`, `52°39'29"N`, `52 39 29 N`.
fn angle(text: &str) -> Option<f64> {
    let folded = folded(unguarded(text));
    // A degree has no thousands: its comma begins the decimals.
    let text = match folded.split_once(',') {
        Some((whole, rest)) if !rest.contains([',', '.']) && !whole.contains('.') => format!("{whole}.{rest}"),
        _ => folded.into_owned(),
    };
    let upper = text.to_ascii_uppercase();
    let hemisphere = upper.chars().find(|c| matches!(c, 'N' | 'S' | 'E' | 'W'));
    let body = upper.trim_matches(|c: char| matches!(c, 'N' | 'S' | 'E' | 'W') || c.is_whitespace());
    let (negative, body) = match body.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    let mut value = 0.0;
    let mut scale = 1.0;
    let mut parts = 0;
    for part in body.split(['°', 'º', '\'', '\u{2032}', '"', '\u{2033}', ' ']).filter(|part| !part.is_empty()) {
        let shaped = part.len() <= 20 && part.bytes().all(|c| c.is_ascii_digit() || c == b'.');
        let number: f64 = if shaped { part.parse().ok()? } else { return None };
        if parts == 3 || (parts > 0 && number >= 60.0) {
            return None;
        }
        value += number / scale;
        scale *= 60.0;
        parts += 1;
    }
    let south_or_west = matches!(hemisphere, Some('S' | 'W'));
    (parts > 0 && value <= 360.0).then_some(if negative || south_or_west { -value } else { value })
}
