//! Overnight cells: of each night (22:00 to 07:00, British civil time) the registrations nearest to 03:00 of both phones.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use orochi_model::problem::Problem;

use super::{Reason, inside};
use crate::attribution::Settings;
use crate::colocation::{places::distance, seen::Seen};

/// Hours of a night, and the hour it is judged by.
const BEGINS: i8 = 22;
const ENDS: i8 = 7;
const MIDDLE_S: i64 = 3 * 3_600;

/// For each night, named by the day it began on: how far from 03:00 a registration is, and which it is.
fn nights(seen: &Seen, span: (i64, i64), zone: &TimeZone) -> BTreeMap<Date, (i64, usize)> {
    let mut nights: BTreeMap<Date, (i64, usize)> = BTreeMap::new();
    for (place, registration) in seen.track.registrations.iter().enumerate().filter(|(_, one)| inside(one.at, span)) {
        let Ok(at) = Timestamp::from_second(registration.at) else { continue };
        let local = zone.to_datetime(at);
        let evening = local.hour() >= BEGINS;
        if !evening && local.hour() >= ENDS {
            continue;
        }
        let date = if evening { Some(local.date()) } else { local.date().yesterday().ok() };
        let Some(date) = date else { continue };
        let seconds = i64::from(local.hour()) * 3_600 + i64::from(local.minute()) * 60 + i64::from(local.second());
        let away = if evening { 86_400 - seconds + MIDDLE_S } else { (seconds - MIDDLE_S).abs() };
        let nearest = nights.entry(date).or_insert((away, place));
        *nearest = (*nearest).min((away, place));
    }
    nights
}

pub(super) fn said(line: &Seen, own: &Seen, span: (i64, i64), settings: &Settings) -> Result<Vec<Reason>, Problem> {
    let zone =
        TimeZone::get("Europe/London").map_err(|e| Problem::bug("there is no time zone Europe/London").because(e))?;
    let (of_line, of_own) = (nights(line, span, &zone), nights(own, span, &zone));
    let (mut both, mut near, mut apart) = (0, Vec::new(), Vec::new());
    for (date, (_, i)) in &of_line {
        let Some((_, j)) = of_own.get(date) else { continue };
        let (a, b) = (line.track.registrations[*i], own.track.registrations[*j]);
        let metres = distance((a.latitude, a.longitude), (b.latitude, b.longitude));
        both += 1;
        if metres <= settings.night_near_m {
            near.push((*i, *j));
        } else if metres > settings.night_apart_m {
            apart.push((*i, *j));
        }
    }
    let rows =
        |of: &[(usize, usize)]| of.iter().flat_map(|(i, j)| [line.rows[*i].clone(), own.rows[*j].clone()]).collect();
    let km = |metres: f64| metres / 1_000.0;
    let mut reasons = Vec::new();
    if !near.is_empty() {
        let text = format!(
            "On {} of {both} nights on which both phones were registered between 22:00 and 07:00, the masts used nearest to 03:00 stand no \
             more than {} km apart.",
            near.len(),
            km(settings.night_near_m)
        );
        reasons.push((true, text, rows(&near)));
    }
    if !apart.is_empty() {
        let text = format!(
            "On {} of {both} nights on which both phones were registered between 22:00 and 07:00, the masts used nearest to 03:00 stand more \
             than {} km apart.",
            apart.len(),
            km(settings.night_apart_m)
        );
        reasons.push((false, text, rows(&apart)));
    }
    Ok(reasons)
}
