//! Making an itinerary: leave, go along roads and lines, stay.

use crate::country::Country;
use crate::ground::Spot;
use crate::itinerary::{Itinerary, Stay};

/// A day in the making. Time only moves forward.
#[derive(Debug)]
pub struct Travel<'a> {
    country: &'a Country,
    home: Spot,
    stays: Vec<Stay>,
    now: i32,
}

impl<'a> Travel<'a> {
    /// Starts the day at home (or wherever the person slept).
    pub fn from_home(country: &'a Country, home: Spot) -> Self {
        let mut stays = Vec::with_capacity(8);
        stays.push(Stay { from: i32::MIN, to: 0, spot: home });
        Self { country, home, stays, now: 0 }
    }

    /// Seconds of the day.
    pub fn now(&self) -> i32 {
        self.now
    }

    /// Where the person is now.
    pub fn spot(&self) -> Spot {
        self.stays.last().map_or(self.home, |stay| stay.spot)
    }

    /// Stays until a second of the day; at once if that is past.
    pub fn leave(&mut self, at: i32) {
        self.now = self.now.max(at);
        if let Some(last) = self.stays.last_mut() {
            last.to = self.now;
        }
    }

    /// Stays for some seconds.
    pub fn stay(&mut self, seconds: i32) {
        self.leave(self.now.saturating_add(seconds));
    }

    /// Goes to a spot at once, by the ways of the country; returns the second of arrival.
    pub fn go(&mut self, to: Spot) -> i32 {
        let mut here = self.spot();
        if here == to {
            return self.now;
        }
        let passed = if here.metres(to) < 8_000.0 { Vec::new() } else { self.country.route(here, to) };
        for spot in passed.into_iter().chain([to]) {
            self.now += seconds(here, spot);
            self.stays.push(Stay { from: self.now, to: self.now, spot });
            here = spot;
        }
        self.now
    }

    /// Leaves in time to be at a spot at a second of the day, or as soon as possible.
    pub fn arrive(&mut self, to: Spot, at: i32) {
        self.leave(at - self.needed(to));
        self.go(to);
        self.leave(at);
    }

    /// Seconds needed to a spot from here.
    pub fn needed(&self, to: Spot) -> i32 {
        let mut here = self.spot();
        let passed = if here.metres(to) < 8_000.0 { Vec::new() } else { self.country.route(here, to) };
        let leg = |spot: Spot| {
            let needed = seconds(here, spot);
            here = spot;
            needed
        };
        passed.into_iter().chain([to]).map(leg).sum()
    }

    /// Goes home and stays the night.
    pub fn home(mut self) -> Itinerary {
        self.go(self.home);
        self.done()
    }

    /// Stays the night where the day ended.
    pub fn done(mut self) -> Itinerary {
        if let Some(last) = self.stays.last_mut() {
            last.to = i32::MAX;
        }
        Itinerary { stays: self.stays }
    }
}

/// On foot within a kilometre and a half, through town within eight, on a main road or a train beyond: 1.3, 8 and 22
/// metres a second (assumed).
fn seconds(from: Spot, to: Spot) -> i32 {
    let metres = from.metres(to);
    let speed = match metres {
        ..1_500.0 => 1.3,
        ..8_000.0 => 8.0,
        _ => 22.0,
    };
    (metres / speed) as i32 + 60
}
