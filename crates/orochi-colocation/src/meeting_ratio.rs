//! What a pair of registrations, close in time, says for one person having carried both devices.
//!
//! If one person carried both, the registrations lie near each other, or as far apart as a journey takes in the time
//! between, or, once in a while, are unrelated: the longer the gap, the more often. The shares are fitted, by gap. If
//! two people did, the second device is where its own habits have it ([`crate::habit`]), and the same densities of
//! distance, taken around the first device's place over all that the second one's habits expect at that hour, say how
//! likely it is to be seen that near by itself. Comparing distances, not places, is what lets networks differ: at home
//! the other network's masts always are the same kilometre away, and that is worth nothing.
//!
//! What habit expects is asked both ways, and the greater counts in the end (see [`crate::occasion`]): a visitor at
//! somebody's home is on a rare trip, but the other one is at home, and the place is worth what it is worth for
//! the one who is used to it.
//!
//! That leaves out how far apart they are at all: devices at their two homes are just as far from each other as their
//! habits expect. So a distance that hardly any pair of one person's reaches counts against one
//! person, by the share that does.
//!
//! A pair that cannot be one person's is worth the logarithm of the share of unrelated ones: that is how
//! strongly it speaks against.

use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::expected::HabitExpectation;
use crate::habit::{HabitWeights, PARTS};
use crate::kernel::Kernels;
use crate::population::Population;
use crate::settings::Settings;

/// Kinds of meeting: during the other's stay, told by registrations up to so many seconds apart around it; then by the
/// gap, up to so many seconds.
pub(crate) const KINDS: usize = 12;
pub(crate) const STAYS: usize = 6;
const STAY_UP_TO_S: [i64; STAYS] = [600, 1_800, 3_600, 7_200, 14_400, i64::MAX];
const GAP_UP_TO_S: [i64; KINDS - STAYS] = [60, 180, 600, 1_200, 2_400, i64::MAX];
/// Lengths that a journey may have had, seconds: none during a stay, then one for each kind by the gap.
pub(crate) const MOVES: usize = KINDS - STAYS + 1;
const MOVED_S: [i64; MOVES] = [0, 30, 120, 400, 900, 1_800, 5_400];

/// Shares for gaps up to some length; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapShares {
    /// Near the other registration.
    pub near: f64,
    /// As far as a journey takes.
    pub moving: f64,
    /// Unrelated.
    pub unrelated: f64,
}

/// Before anything is fitted: assumed.
pub(crate) fn assumed_shares() -> Vec<GapShares> {
    let of = |(moving, unrelated): (f64, f64)| GapShares { near: 1.0 - moving - unrelated, moving, unrelated };
    let during = (0..STAYS).map(|pause| (0.05, 0.02 + 0.02 * pause as f64));
    let by_gap = (0..GAP_UP_TO_S.len()).map(|gap| (0.1 + 0.1 * gap as f64, 0.02 + 0.02 * gap as f64));
    during.chain(by_gap).map(of).collect()
}

/// Which length of a journey goes with a kind.
pub(crate) fn move_of(kind: usize) -> usize {
    (kind + 1).saturating_sub(STAYS)
}

/// How long a journey may have lasted, seconds.
pub(crate) fn moved_s(moves: usize) -> i64 {
    MOVED_S[moves]
}

/// A pair of registrations, one of each device.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meeting {
    /// Place in the first device.
    pub a: usize,
    /// Place in the second.
    pub b: usize,
    /// Seconds between them.
    pub gap_s: i64,
    /// Kind, up to [`KINDS`].
    pub kind: usize,
}

/// A distance that fewer than this share of one person's exceed is held against one person, by how few do.
const USUAL: f64 = 0.2;

/// Two devices being compared.
pub(crate) struct DeviceComparison<'a> {
    pub a: &'a Device,
    pub b: &'a Device,
    /// What the first one's habits say of the second one's places, and the other way round.
    of_a: HabitExpectation<'a>,
    of_b: HabitExpectation<'a>,
    kernels: &'a Kernels,
    habit: [f64; PARTS],
    /// How far apart the homes are.
    pub homes_apart: f64,
}

impl<'a> DeviceComparison<'a> {
    pub fn new(
        a: usize,
        b: usize,
        devices: &'a [Device],
        population: &'a Population,
        kernels: &'a Kernels,
        habit: &HabitWeights,
    ) -> Self {
        let expected = |whose: usize, other: usize| {
            HabitExpectation::new(&devices[whose], whose, population, kernels, devices[other].places.len())
        };
        Self {
            a: &devices[a],
            b: &devices[b],
            of_a: expected(a, b),
            of_b: expected(b, a),
            kernels,
            habit: habit.array(),
            homes_apart: devices[a].home.apart(&devices[b].home, kernels),
        }
    }

    /// Square of a meeting's distance, and of its scales: near, and as far as a journey takes.
    fn scales(&self, meeting: &Meeting) -> (f64, [f64; 2]) {
        let square = self.a.point[meeting.a].square(&self.b.point[meeting.b]);
        let variance = (self.a.variance[meeting.a] + self.b.variance[meeting.b]) / 2.0;
        (square, [variance, self.kernels.moving(variance, moved_s(move_of(meeting.kind)))])
    }

    /// Densities of a meeting's distance: near, and as far as a journey takes.
    pub fn densities(&self, meeting: &Meeting) -> [f64; 2] {
        let (square, scales) = self.scales(meeting);
        scales.map(|variance| self.kernels.near(square, variance))
    }

    /// Natural logarithms of the ratio of a meeting, by the first device's habits and by the second's.
    pub fn log_ratios(&mut self, meeting: &Meeting, shares: &GapShares) -> [f64; 2] {
        let (square, scales) = self.scales(meeting);
        let [near, moving] = scales.map(|variance| self.kernels.near_and_beyond(square, variance));
        let together = |[near, moving]: [f64; 2]| shares.near * near + shares.moving * moving;
        let found = together([near.0, moving.0]);
        // So far apart that habits do not matter: most meetings of most pairs.
        if found == 0.0 {
            return [shares.unrelated.ln(); 2];
        }
        let plausible = (together([near.1, moving.1]) / (shares.near + shares.moving) / USUAL).min(1.0);
        let (i, j) = (meeting.a, meeting.b);
        let (of_a, of_b) = (self.a.place[i] as usize, self.b.place[j] as usize);
        let (here_a, here_b) = (self.a.places[of_a], self.b.places[of_b]);
        let (at_a, at_b) = (self.a.moment[i] as usize, self.b.moment[j] as usize);
        let habit = self.habit;
        let sum = |parts: [f64; PARTS]| parts.iter().zip(&habit).map(|(part, weight)| part * weight).sum::<f64>();
        let expected =
            [self.of_a.parts(of_b, &here_b, at_a, meeting.kind), self.of_b.parts(of_a, &here_a, at_b, meeting.kind)];
        expected.map(|parts| {
            let related = plausible * found / together(parts.map(sum)) * (1.0 - shares.unrelated);
            (related + shares.unrelated).ln()
        })
    }
}

/// One device's side of a sweep.
struct SweepSide<'a> {
    device: &'a Device,
    shift_s: i64,
    /// The next registration, and the one after the last.
    next: usize,
    end: usize,
    first: usize,
    /// Longest pause inside a stay.
    longest_s: i64,
}

impl<'a> SweepSide<'a> {
    fn new(device: &'a Device, shift_s: i64, from: i64, to: i64, longest_s: i64) -> Self {
        let first = device.at.partition_point(|at| at + shift_s < from);
        let end = device.at.partition_point(|at| at + shift_s < to);
        Self { device, shift_s, next: first, end, first, longest_s }
    }

    fn instant(&self, place: usize) -> i64 {
        self.device.at[place] + self.shift_s
    }

    /// Seconds between a registration and the one before it, if both are of one stay: whoever carried the
    /// device was there between.
    fn stay_before(&self, place: usize) -> Option<i64> {
        let device = self.device;
        if place <= self.first || place >= self.end || !device.stays[place] {
            return None;
        }
        let gap = self.instant(place) - self.instant(place - 1);
        (device.segment[place] == device.segment[place - 1] && gap <= self.longest_s).then_some(gap)
    }
}

/// Calls back for each meeting in a stretch of time, in order of time: a registration during a stay of the other device
/// meets the nearer one of that stay; others meet the other device's where one follows the other, as the reference
/// approach's switches. The second device's clock is put forward by `shift_s`.
pub(crate) fn meetings(
    a: &Device,
    b: &Device,
    shift_s: i64,
    span: (i64, i64),
    settings: &Settings,
    mut found: impl FnMut(Meeting),
) {
    let (from, to) = span;
    let mut sides = [
        SweepSide::new(a, 0, from, to, settings.stay_gap_s),
        SweepSide::new(b, shift_s, from, to, settings.stay_gap_s),
    ];
    // Whose registration came last.
    let mut last = None;
    loop {
        let left = [0, 1].map(|side: usize| sides[side].next < sides[side].end);
        let side = match left {
            [false, false] => return,
            [true, false] => 0,
            [false, true] => 1,
            [true, true] => usize::from(sides[0].instant(sides[0].next) > sides[1].instant(sides[1].next)),
        };
        let (own, other) = (&sides[side], &sides[1 - side]);
        let (here, at) = (own.next, own.instant(own.next));
        let mut meet = |there: usize, kind: usize| {
            let (a, b) = if side == 0 { (here, there) } else { (there, here) };
            found(Meeting { a, b, gap_s: (at - other.instant(there)).abs(), kind });
        };
        if let Some(pause) = other.stay_before(other.next) {
            let later = other.instant(other.next) - at < at - other.instant(other.next - 1);
            let there = if later { other.next } else { other.next - 1 };
            meet(there, STAY_UP_TO_S.iter().position(|end| pause <= *end).unwrap_or(0));
        } else if last == Some(1 - side) && own.stay_before(here).is_none() {
            let gap = at - other.instant(other.next - 1);
            if gap <= settings.max_gap_s {
                meet(other.next - 1, STAYS + GAP_UP_TO_S.iter().position(|end| gap <= *end).unwrap_or(0));
            }
        }
        last = Some(side);
        sides[side].next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::Ground;
    use crate::registration::{Registration, Track};

    fn device(rows: &[(i64, f64)]) -> Device {
        let of = |(minute, km): &(i64, f64)| Registration {
            at: minute * 60,
            latitude: 52.0 + km / 111.2,
            longitude: 0.0,
            azimuth: None,
        };
        let track = Track::new("", "", rows.iter().map(of).collect());
        let kernels = Kernels { per_spacing: 0.0, ..Kernels::default() };
        Device::new(&track, &Ground::new(&[&track]), &kernels, &Settings::default())
    }

    fn met(a: &Device, b: &Device, shift_s: i64) -> Vec<(usize, usize, usize)> {
        let mut all = Vec::new();
        meetings(a, b, shift_s, (i64::MIN, i64::MAX), &Settings::default(), |m| all.push((m.a, m.b, m.kind)));
        all
    }

    #[test]
    fn during_a_stay_and_by_the_gap() {
        // A at home for two hours, then far off; B twice during the stay, then two minutes after A's last.
        let a = device(&[(0, 0.0), (60, 0.0), (120, 0.0), (180, 50.0)]);
        let b = device(&[(50, 0.1), (61, 0.1), (182, 50.0)]);
        assert_eq!(met(&a, &b, 0), vec![(1, 0, 2), (1, 1, 2), (3, 2, 7)]);
        assert_eq!(met(&b, &a, 0), vec![(0, 1, 2), (1, 1, 2), (2, 3, 7)]);
        assert_eq!(met(&a, &b, 86_400), vec![]);
    }
}
