//! Occasions: what is independent. All meetings during one stay or journey of the one device and one of the other are
//! one occasion, however many registrations they have; its ratio is the mean of theirs, the meetings of small gap
//! counting more, by the habits of that device to which it is more usual.

use crate::meeting_ratio::{DeviceComparison, Meeting, meetings};
use crate::model::Model;
use crate::settings::Settings;

/// An occasion on which both devices were registered close in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occasion {
    /// First and last registration, seconds since 1970, UTC.
    pub from: i64,
    /// See `from`.
    pub to: i64,
    /// Meetings: pairs of registrations that follow one another.
    pub meetings: u32,
    /// Natural logarithm of the ratio: above 0 speaks for one person, below 0 for two.
    pub log_ratio: f64,
    /// The meeting of smallest gap: place of the registration in the first track, and in the second.
    pub closest: (u32, u32),
    /// Its distance, metres, and gap, seconds.
    pub metres: f64,
    /// See `metres`.
    pub gap_s: i64,
}

impl Occasion {
    /// Whether the devices cannot well have been with one person: a ratio of 1/3 or less.
    pub fn is_conflict(&self) -> bool {
        self.log_ratio < -(3_f64.ln())
    }
}

/// Meetings without conflict count up to so many: a day at home has dozens, which say no more than that.
const ENOUGH: u32 = 5;

/// So many meetings that say nothing are put to each occasion: one meeting may be a stray.
const DOUBT: f64 = 0.5;

/// Adds up one occasion.
struct OpenOccasion {
    key: (u32, u32),
    occasion: Occasion,
    /// By the habits of either device.
    sums: [f64; 2],
    weight: f64,
}

/// Calls back for each occasion in a stretch of time, in order.
pub(crate) fn occasions(
    comparison: &mut DeviceComparison<'_>,
    shift_s: i64,
    span: (i64, i64),
    model: &Model,
    settings: &Settings,
    mut found: impl FnMut(Occasion),
) {
    let (a, b) = (comparison.a, comparison.b);
    let mut open: Option<OpenOccasion> = None;
    let mut close = |open: Option<OpenOccasion>| {
        if let Some(mut open) = open {
            let least = open.sums[0].min(open.sums[1]);
            open.occasion.log_ratio = (least / (open.weight + DOUBT)).min(settings.most_per_occasion);
            found(open.occasion);
        }
    };
    meetings(a, b, shift_s, span, settings, |meeting: Meeting| {
        let shares = &model.together[meeting.kind];
        let ratios = comparison.log_ratios(&meeting, shares);
        let weight = 1.0 - shares.unrelated + 1e-6;
        let key = (a.segment[meeting.a], b.segment[meeting.b]);
        let (first, second) = (a.at[meeting.a], b.at[meeting.b] + shift_s);
        if open.as_ref().is_none_or(|open| open.key != key) {
            close(open.take());
            open = Some(OpenOccasion {
                key,
                occasion: Occasion {
                    from: first.min(second),
                    to: first.max(second),
                    meetings: 0,
                    log_ratio: 0.0,
                    closest: (0, 0),
                    metres: 0.0,
                    gap_s: i64::MAX,
                },
                sums: [0.0; 2],
                weight: 0.0,
            });
        }
        let Some(open) = open.as_mut() else { return };
        open.sums.iter_mut().zip(ratios).for_each(|(sum, ratio)| *sum += weight * ratio);
        open.weight += weight;
        let occasion = &mut open.occasion;
        occasion.to = first.max(second);
        occasion.meetings += 1;
        if meeting.gap_s < occasion.gap_s {
            occasion.gap_s = meeting.gap_s;
            occasion.closest = (a.source[meeting.a], b.source[meeting.b]);
            occasion.metres = a.point[meeting.a].square(&b.point[meeting.b]).sqrt();
        }
    });
    close(open);
}

/// What the occasions of a stretch of time come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OccasionSummary {
    /// Occasions.
    pub occasions: u32,
    /// Of these, conflicts.
    pub conflicts: u32,
    /// Days (UTC) with an occasion.
    pub days: u32,
    pub(crate) last_day: i64,
    /// Sum of what speaks for one person, natural logarithm.
    pub for_one: f64,
    /// Sum of what speaks for two, natural logarithm, above 0.
    pub for_two: f64,
    /// Meetings of occasions that are no conflicts.
    pub agreeing: u32,
    /// The strongest occasion for one person.
    pub most_for_one: f64,
    /// The strongest occasion for two, above 0.
    pub most_for_two: f64,
    /// How far apart the devices' homes are, by all that is known of them (see [`crate::home`]); 0 where they are one.
    pub homes_apart: f64,
}

impl OccasionSummary {
    pub(crate) fn add(&mut self, occasion: &Occasion) {
        self.occasions += 1;
        // Occasions come in order of time; days are counted from 1, as 0 stands for none.
        let day = occasion.from.div_euclid(86_400) + 1;
        self.days += u32::from(self.last_day != day);
        self.last_day = day;
        self.conflicts += u32::from(occasion.is_conflict());
        self.agreeing += if occasion.is_conflict() { 0 } else { occasion.meetings };
        let ratio = occasion.log_ratio;
        if ratio > 0.0 {
            self.for_one += ratio;
            self.most_for_one = self.most_for_one.max(ratio);
        } else {
            self.for_two -= ratio;
            self.most_for_two = self.most_for_two.max(-ratio);
        }
    }

    /// The parts that the decision weighs; each is 0 or more. Sums enter by their logarithm too: the tenth occasion
    /// says less than the first.
    pub(crate) fn parts(&self) -> [f64; PARTS] {
        let share = f64::from(self.conflicts) / f64::from(self.occasions.max(1));
        [
            self.for_one,
            self.for_one.ln_1p(),
            self.most_for_one,
            f64::from(self.agreeing.min(ENOUGH)).ln_1p(),
            self.for_two,
            self.for_two.ln_1p(),
            self.most_for_two,
            share,
            self.homes_apart,
        ]
    }
}

/// Number of parts, and which of them speak for one person (the others speak against it).
pub(crate) const PARTS: usize = 9;
pub(crate) const FOR_ONE: [bool; PARTS] = [true, true, true, true, false, false, false, false, false];
