//! What a row's cell and instant say of nearness to a path, worked out once for all rows alike.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::colocation::Period;
use crate::colocation::places::{Masts, PER_DEGREE, distance};
use crate::colocation::seen::Seen;
use crate::colocation::settings::Settings;

/// Seconds in an hour.
pub(super) const HOUR_S: i64 = 3_600;

/// Some of the places of a path, a bit each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Places(Vec<u64>);

impl Places {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
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
pub(super) struct Path {
    /// Instants (seconds since 1970 UTC, rising) with the place of each among `places`.
    pub at: Vec<(i64, usize)>,
    pub places: Vec<(f64, f64)>,
    pub gap: i64,
    pub near_m: f64,
}

impl Path {
    pub fn new(own: &Seen, period: Option<Period>, settings: &Settings) -> Self {
        let inside = |at: i64| period.is_none_or(|(from, to)| at * 1_000_000 >= from && at * 1_000_000 < to);
        let seen = own.track.registrations.iter().filter(|one| inside(one.at));
        let seen: Vec<(i64, (f64, f64))> = seen.map(|one| (one.at, (one.latitude, one.longitude))).collect();
        let order = |x: &(f64, f64), y: &(f64, f64)| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1));
        let mut places: Vec<(f64, f64)> = seen.iter().map(|one| one.1).collect();
        places.sort_by(order);
        places.dedup();
        let place = |one: &(f64, f64)| places.binary_search_by(|other| order(other, one)).unwrap_or_default();
        let at = seen.iter().map(|(at, one)| (*at, place(one))).collect();
        Self { at, places, gap: settings.max_gap_s as i64, near_m: settings.near_m }
    }

    /// Which places are near one.
    pub fn near(&self, here: (f64, f64)) -> Places {
        // Most masts of a country lie too far north or south, which needs no cosine.
        let band = self.near_m / PER_DEGREE;
        let near = |place: &(f64, f64)| (place.0 - here.0).abs() <= band && distance(*place, here) <= self.near_m;
        let mut all = Places::none(self.places.len());
        self.places.iter().enumerate().filter(|(_, place)| near(place)).for_each(|(n, _)| all.add(n));
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

/// A stretch of the path that moves with the instants asked for; cheap where these rise.
pub(super) struct Window<'a> {
    path: &'a Path,
    from: usize,
    until: usize,
    last: i64,
    /// Places of the path in it.
    pub places: Places,
}

impl<'a> Window<'a> {
    pub fn new(path: &'a Path) -> Self {
        Self { path, from: 0, until: 0, last: i64::MIN, places: Places::none(path.places.len()) }
    }

    /// Takes in the registrations no further from an instant than the gap, and says whether there are any.
    pub fn moves_to(&mut self, second: i64) -> bool {
        if second != self.last {
            let (all, gap) = (&self.path.at, self.path.gap);
            let (mut from, mut until) = (self.from, self.until);
            if second < self.last || second > self.last.saturating_add(HOUR_S) {
                from = all.partition_point(|one| one.0 < second - gap);
                until = all.partition_point(|one| one.0 <= second + gap);
            }
            while all.get(from).is_some_and(|one| one.0 < second - gap) {
                from += 1;
            }
            while all.get(until).is_some_and(|one| one.0 <= second + gap) {
                until += 1;
            }
            if (from, until) != (self.from, self.until) {
                self.places.0.fill(0);
                all[from.min(until)..until].iter().for_each(|(_, place)| self.places.add(*place));
            }
            (self.last, self.from, self.until) = (second, from, until);
        }
        self.from < self.until
    }
}

/// How near a cell of a block is to places of the path.
pub(super) enum Reach<'a> {
    /// To none of them, wherever its mast stood.
    Far,
    /// Its mast stood at one place throughout, near these.
    Fixed(&'a Places),
    /// It was moved, or is known for a part of the time.
    Varies,
}

/// A cell some mast of which was near the path.
struct Near {
    /// What its only position is near to.
    only: Option<Places>,
    /// For how long something stated of it holds.
    stands: (i64, i64),
}

/// Cells some mast of which was near the path.
pub(super) struct Cells<'a>(HashMap<&'a str, Near, foldhash::fast::RandomState>);

impl<'a> Cells<'a> {
    pub fn new(masts: &'a Masts, path: &Path) -> Self {
        let near = |cell: &'a str| -> Option<(&'a str, Near)> {
            let mut places = masts.places(cell);
            let first = places.next()?;
            let found = path.near(first);
            let only = masts.places(cell).all(|place| place == first);
            if found.is_none() && (only || places.all(|place| path.near(place).is_none())) {
                return None;
            }
            Some((cell, Near { only: only.then_some(found), stands: masts.stands(cell) }))
        };
        Self(masts.cells().into_par_iter().filter_map(near).collect())
    }

    /// For a cell in rows from one instant to another (microseconds UTC, both included).
    pub fn reach(&self, cell: &str, span: (i64, i64)) -> Reach<'_> {
        match self.0.get(cell) {
            None => Reach::Far,
            Some(Near { only: Some(near), stands }) if stands.0 <= span.0 && stands.1 >= span.1 => Reach::Fixed(near),
            Some(_) => Reach::Varies,
        }
    }
}
