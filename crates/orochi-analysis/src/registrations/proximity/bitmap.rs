//! What a row's cell and instant say of nearness to a path, worked out once for all rows alike.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::registrations::Period;
use crate::registrations::phone_track::PhoneTrack;
use crate::registrations::places::{Masts, PER_DEGREE, distance};
use crate::registrations::settings::Settings;

/// Seconds in an hour.
pub(super) const HOUR_S: i64 = 3_600;

/// Some of the places of a path, a bit each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlaceSet(Vec<u64>);

impl PlaceSet {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, place: usize, within: bool) {
        let bit = 1 << (place % 64);
        if within {
            self.0[place / 64] |= bit;
        } else {
            self.0[place / 64] &= !bit;
        }
    }

    /// Whether a place is in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(x, y)| x & y != 0)
    }

    fn is_none(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

/// The first number's registrations, as places and instants.
pub(super) struct ReferencePath {
    /// Instants (seconds since 1970 UTC, rising) with the place of each among `places`.
    pub at: Vec<(i64, usize)>,
    pub places: Vec<(f64, f64)>,
    pub gap: i64,
    pub near_m: f64,
    /// No place is near that is further away than this many degrees of latitude or of longitude.
    beside: (f64, f64),
}

impl ReferencePath {
    pub fn new(own: &PhoneTrack, period: Option<Period>, settings: &Settings) -> Self {
        let inside = |at: i64| period.is_none_or(|(from, to)| at * 1_000_000 >= from && at * 1_000_000 < to);
        let seen = own.track.registrations.iter().filter(|one| inside(one.at));
        let seen: Vec<(i64, (f64, f64))> = seen.map(|one| (one.at, (one.latitude, one.longitude))).collect();
        let order = |x: &(f64, f64), y: &(f64, f64)| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1));
        let mut places: Vec<(f64, f64)> = seen.iter().map(|one| one.1).collect();
        places.sort_by(order);
        places.dedup();
        let place = |one: &(f64, f64)| places.binary_search_by(|other| order(other, one)).unwrap_or_default();
        let at = seen.iter().map(|(at, one)| (*at, place(one))).collect();
        let north = settings.near_m / PER_DEGREE;
        // A degree of longitude is shortest where a place near one of the path can lie furthest from the equator; a
        // hundredth is for rounding.
        let furthest = places.iter().fold(0.0, |most: f64, one| most.max(one.0.abs())) + north;
        let east = 1.01 * north / furthest.min(89.0).to_radians().cos();
        Self { at, places, gap: settings.max_gap_s as i64, near_m: settings.near_m, beside: (1.01 * north, east) }
    }

    /// Which places are near one.
    pub fn near(&self, here: (f64, f64)) -> PlaceSet {
        // Most masts of a country lie too far north or south, or east or west, which needs no cosine.
        let (north, east) = self.beside;
        let near = |place: &(f64, f64)| {
            (place.0 - here.0).abs() <= north
                && (place.1 - here.1).abs() <= east
                && distance(*place, here) <= self.near_m
        };
        let mut all = PlaceSet::none(self.places.len());
        self.places.iter().enumerate().filter(|(_, place)| near(place)).for_each(|(n, _)| all.set(n, true));
        all
    }

    /// Hours since 1970 in which a registration can be near in time: the first, and how many.
    pub fn hours(&self) -> (i64, usize) {
        let ends = self.at.first().zip(self.at.last());
        let hour = |at: i64| at.div_euclid(HOUR_S);
        ends.map_or((0, 0), |((first, _), (last, _))| {
            let first = hour(first - self.gap);
            (first, usize::try_from(hour(last + self.gap) - first + 1).unwrap_or_default())
        })
    }
}

/// Which places of the path are near each instant in time.
pub(super) struct TimeWindows {
    /// Instants from which on other registrations are within the gap than before, rising.
    bounds: Vec<i64>,
    /// Places from each of them on.
    places: Vec<PlaceSet>,
    /// The first stretch of [`STRETCH_S`], and for each of them how many bounds lie before it.
    first: i64,
    before: Vec<usize>,
}

/// Seconds of a stretch that bounds are looked up by.
const STRETCH_S: i64 = 64;

impl TimeWindows {
    pub fn new(path: &ReferencePath) -> Self {
        let comes = path.at.iter().map(|(at, place)| (at - path.gap, true, *place));
        let goes = path.at.iter().map(|(at, place)| (at + path.gap + 1, false, *place));
        let mut changes: Vec<(i64, bool, usize)> = comes.chain(goes).collect();
        changes.sort_unstable();
        let mut within = vec![0_u32; path.places.len()];
        let mut now = PlaceSet::none(path.places.len());
        let (mut bounds, mut places) = (Vec::new(), Vec::new());
        for (place, (at, comes, which)) in changes.iter().enumerate() {
            within[*which] = if *comes { within[*which] + 1 } else { within[*which].saturating_sub(1) };
            now.set(*which, within[*which] > 0);
            if changes.get(place + 1).is_none_or(|next| next.0 > *at) {
                bounds.push(*at);
                places.push(now.clone());
            }
        }
        let stretch = |at: &i64| at.div_euclid(STRETCH_S);
        let first = bounds.first().map_or(0, stretch);
        let last = bounds.last().map_or(first - 1, stretch);
        let mut before = Vec::new();
        let mut passed = 0;
        for one in first..=last {
            while bounds.get(passed).is_some_and(|at| stretch(at) < one) {
                passed += 1;
            }
            before.push(passed);
        }
        Self { bounds, places, first, before }
    }

    /// Places of the path's registrations no further from an instant than the gap; none where there is none.
    pub fn places_at(&self, second: i64) -> Option<&PlaceSet> {
        let stretch = usize::try_from(second.div_euclid(STRETCH_S) - self.first).ok()?;
        let mut passed = *self.before.get(stretch)?;
        while self.bounds.get(passed).is_some_and(|at| *at <= second) {
            passed += 1;
        }
        self.places.get(passed.checked_sub(1)?).filter(|places| !places.is_none())
    }
}

/// How near a cell of a block is to places of the path.
pub(super) enum CellReach<'a> {
    /// To none of them, wherever its mast stood.
    Far,
    /// Its mast stood at one place throughout, near these.
    Fixed(&'a PlaceSet),
    /// It was moved, or is known for a part of the time.
    Varies,
}

/// A cell some mast of which was near the path.
struct CellProximity {
    /// What its only position is near to.
    only: Option<PlaceSet>,
    /// For how long something stated of it holds.
    stands: (i64, i64),
}

/// Cells some mast of which was near the path.
pub(super) struct NearbyCells<'a>(HashMap<&'a str, CellProximity, foldhash::fast::RandomState>);

impl<'a> NearbyCells<'a> {
    pub fn new(masts: &'a Masts, path: &ReferencePath) -> Self {
        let near = |cell: &'a str| -> Option<(&'a str, CellProximity)> {
            let mut places = masts.places(cell);
            let first = places.next()?;
            let found = path.near(first);
            let only = masts.places(cell).all(|place| place == first);
            if found.is_none() && (only || places.all(|place| path.near(place).is_none())) {
                return None;
            }
            Some((cell, CellProximity { only: only.then_some(found), stands: masts.longest_validity(cell) }))
        };
        Self(masts.cells().into_par_iter().filter_map(near).collect())
    }

    /// For a cell in rows from one instant to another (microseconds UTC, both included).
    pub fn reach(&self, cell: &str, span: (i64, i64)) -> CellReach<'_> {
        match self.0.get(cell) {
            None => CellReach::Far,
            Some(CellProximity { only: Some(near), stands }) if stands.0 <= span.0 && stands.1 >= span.1 => {
                CellReach::Fixed(near)
            }
            Some(_) => CellReach::Varies,
        }
    }
}
