//! A device prepared for comparison: its registrations side by side in columns, cut into stays and journeys.

use crate::ground::{Ground, LATTICE, Point};
use crate::habit::Habit;
use crate::home::Home;
use crate::kernel::Kernels;
use crate::registration::Track;
use crate::settings::Settings;

/// Days turn at four in the morning by the sun: an evening belongs to the day before.
const DAY_TURNS_S: i64 = 4 * 3_600;
const DAY_S: i64 = 86_400;
/// A registration stands for no more than this much time before and after it, seconds.
const STANDS_FOR_S: i64 = 3_600;

/// A place where a device was, at an hour of a day: what its habits are counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlaceVisit {
    /// Place in [`Device::places`].
    pub place: u32,
    /// Days since 1970, turning at four by the sun.
    pub day: i32,
    /// Hour by the sun, 0 to 23.
    pub hour: u8,
    /// Hours that it stands for.
    pub dwell: f64,
}

/// A place where a device was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DevicePlace {
    pub point: Point,
    /// Square of the scale there.
    pub variance: f64,
}

/// A device prepared for comparison.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    /// Seconds since 1970, rising.
    pub at: Vec<i64>,
    pub point: Vec<Point>,
    pub variance: Vec<f64>,
    /// Number of the stay or journey of each registration.
    pub segment: Vec<u32>,
    /// Whether that is a stay.
    pub stays: Vec<bool>,
    /// Place in the track of each registration.
    pub source: Vec<u32>,
    /// Place in `places` of each registration.
    pub place: Vec<u32>,
    /// Place in the habit's moments of each registration.
    pub moment: Vec<u32>,
    /// Sorted by latitude.
    pub places: Vec<DevicePlace>,
    /// Sorted by day, hour and place.
    pub spells: Vec<PlaceVisit>,
    /// What it usually does.
    pub habit: Habit,
    /// Where it is at night.
    pub home: Home,
}

impl Device {
    /// Prepares a track.
    pub fn new(track: &Track, ground: &Ground, kernels: &Kernels, settings: &Settings) -> Self {
        let mut device = Self {
            at: Vec::new(),
            point: Vec::new(),
            variance: Vec::new(),
            segment: Vec::new(),
            stays: Vec::new(),
            source: Vec::new(),
            place: Vec::new(),
            moment: Vec::new(),
            places: Vec::new(),
            spells: Vec::new(),
            habit: Habit::default(),
            home: Home::default(),
        };
        for (source, r) in track.registrations.iter().enumerate() {
            if device.at.last().is_some_and(|last| r.at < last + settings.thin_s) {
                continue;
            }
            let spacing = ground.spacing(track.network(source), r.latitude, r.longitude);
            device.at.push(r.at);
            device.point.push(kernels.taken(Point::degrees(r.latitude, r.longitude), spacing, r.azimuth));
            device.variance.push(kernels.variance(spacing));
            device.source.push(source as u32);
        }
        (device.segment, device.stays) = device.segments(kernels, settings);
        device.count();
        device.habit = Habit::new(&device.places, &device.spells);
        device.home = Home::new(&device.places, &device.spells);
        device
    }

    /// Where it is at night in a stretch of time (seconds since 1970, UTC), by its days there.
    pub fn home_in(&self, from: i64, to: i64) -> Home {
        let Some(first) = self.point.first() else { return Home::default() };
        let day = |at: i64| (at.saturating_add(first.solar_s()) - DAY_TURNS_S).div_euclid(DAY_S) as i32;
        let (from, to) = (day(from), day(to - 1));
        let begin = self.spells.partition_point(|spell| spell.day < from);
        let end = self.spells.partition_point(|spell| spell.day <= to);
        Home::new(&self.places, &self.spells[begin..end.max(begin)])
    }

    /// Number of registrations.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether two registrations are near enough for one stay: one in ten of one place are further apart.
    fn is_near(&self, anchor: usize, other: usize, kernels: &Kernels) -> bool {
        let variance = (self.variance[anchor] + self.variance[other]) / 2.0;
        kernels.beyond(self.point[anchor].square(&self.point[other]), variance) > 0.3
    }

    /// Numbers of stays and journeys. A stay holds registrations near its first one, and strays from which the next
    /// ones come back; what lies between stays without long pauses is a journey.
    fn segments(&self, kernels: &Kernels, settings: &Settings) -> (Vec<u32>, Vec<bool>) {
        let count = self.len();
        let (mut segments, mut stays) = (vec![0; count], vec![false; count]);
        let (mut number, mut next, mut travels) = (0_u32, 0, false);
        while next < count {
            let mut last = next;
            let mut look = next + 1;
            // The next few may stray: another mast answers.
            while look < count && look <= last + 3 && (look == last + 1 || self.at[look] - self.at[last] < 3_600) {
                if self.is_near(next, look, kernels) {
                    last = look;
                }
                look += 1;
            }
            let is_stay = self.at[last] - self.at[next] >= settings.stay_s;
            let paused = next > 0 && self.at[next] - self.at[next - 1] > settings.pause_s;
            if next > 0 && (is_stay || !travels || paused) {
                number += 1;
            }
            segments[next..=last].fill(number);
            stays[next..=last].fill(is_stay);
            travels = !is_stay;
            next = last + 1;
        }
        (segments, stays)
    }

    /// Counts where the device was by day and hour.
    fn count(&mut self) {
        let cells: Vec<(i32, i32)> = self
            .point
            .iter()
            .map(|p| ((p.lat.to_degrees() / LATTICE).round() as i32, (p.lon.to_degrees() / LATTICE).round() as i32))
            .collect();
        let mut sorted = cells.clone();
        sorted.sort_unstable();
        sorted.dedup();
        // A place stands where its first registration was taken to be.
        let mut places: Vec<Option<DevicePlace>> = vec![None; sorted.len()];
        let mut keyed = Vec::with_capacity(self.len());
        for (i, cell) in cells.iter().enumerate() {
            let Ok(place) = sorted.binary_search(cell) else { continue };
            places[place].get_or_insert(DevicePlace { point: self.point[i], variance: self.variance[i] });
            let local = self.at[i] + self.point[i].solar_s();
            let day = (local - DAY_TURNS_S).div_euclid(DAY_S) as i32;
            let hour = (local.rem_euclid(DAY_S) / 3_600) as u8;
            keyed.push((day, hour, place as u32, self.dwell(i)));
        }
        self.places = places.into_iter().flatten().collect();
        let mut keys: Vec<(i32, u8, u32)> = keyed.iter().map(|k| (k.0, k.1, k.2)).collect();
        keys.sort_unstable();
        keys.dedup();
        self.spells = keys.iter().map(|&(day, hour, place)| PlaceVisit { place, day, hour, dwell: 0.0 }).collect();
        let mut moments: Vec<(i32, u8)> = keys.iter().map(|key| (key.0, key.1)).collect();
        moments.dedup();
        for (day, hour, place, dwell) in keyed {
            let Ok(spell) = keys.binary_search(&(day, hour, place)) else { continue };
            self.spells[spell].dwell += dwell;
            self.place.push(place);
            self.moment.push(moments.partition_point(|moment| *moment < (day, hour)) as u32);
        }
    }

    /// Hours that a registration stands for: half the way to its neighbours, within bounds.
    fn dwell(&self, i: usize) -> f64 {
        let before = if i > 0 { self.at[i] - self.at[i - 1] } else { 0 };
        let after = self.at.get(i + 1).map_or(0, |next| next - self.at[i]);
        let half = |gap: i64| (gap / 2).min(STANDS_FOR_S);
        (half(before) + half(after)).max(60) as f64 / 3_600.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::Registration;

    fn device(rows: &[(i64, f64)]) -> Device {
        let registrations = rows
            .iter()
            .map(|(minute, km)| Registration {
                at: minute * 60,
                latitude: 52.0 + km / 111.2,
                longitude: 0.0,
                azimuth: None,
            })
            .collect();
        let track = Track::new("", "", registrations);
        let ground = Ground::new(&[&track]);
        let kernels = Kernels { per_spacing: 0.0, ..Kernels::default() };
        Device::new(&track, &ground, &kernels, &Settings::default())
    }

    #[test]
    fn stays_and_journeys() {
        // Home with one stray, a way of four fixes, work, and home again after a pause.
        let device = device(&[
            (0, 0.0),
            (20, 0.1),
            (30, 3.0),
            (40, 0.0),
            (60, 0.0),
            (65, 5.0),
            (70, 10.0),
            (75, 15.0),
            (80, 20.0),
            (85, 25.0),
            (120, 25.1),
            (200, 25.0),
            (400, 0.0),
            (430, 0.0),
        ]);
        assert_eq!(device.segment, vec![0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
    }

    #[test]
    fn thinned_and_counted() {
        let device = device(&[(0, 0.0), (0, 0.0), (30, 0.0), (600, 5.0)]);
        assert_eq!(device.source, vec![0, 2, 3]);
        assert_eq!(device.spells.len(), 2);
        // Midnight belongs to the day before; 10:00 to its own.
        assert_eq!((device.spells[0].day, device.spells[0].hour), (-1, 0));
        assert_eq!((device.spells[1].day, device.spells[1].hour), (0, 10));
        // 15 minutes between the first two twice, then up to an hour each.
        assert!((device.spells[0].dwell - 1.5).abs() < 1e-9);
        assert!((device.home.middle().unwrap().lat.to_degrees() - 52.0).abs() < 1e-9);
    }
}
