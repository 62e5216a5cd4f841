//! Households: who lives together, how old they are.

use super::Life;
use crate::chance::Chance;
use crate::scenario::sections::People;
use rand::RngExt;

/// One who lives in a household: years, and place in it of the partner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub age: u8,
    pub partner: Option<u32>,
}

/// A household. Children without phones are left out.
pub(crate) fn draw(people: &People, chance: &mut Chance) -> Vec<Member> {
    let eldest = adult_age(chance);
    let single = |age| Member { age, partner: None };
    let mut members = vec![single(eldest)];
    // A couple has two adults: drawn for households, the share of people is that of adults in couples.
    let couple = people.couples.value / (2.0 - people.couples.value);
    if eldest > 20 && chance.random::<f64>() < couple {
        let age = (i32::from(eldest) + chance.random_range(-6..=4)).clamp(19, 92) as u8;
        members[0].partner = Some(1);
        members.push(Member { age, partner: Some(0) });
    } else if eldest < 35 && chance.random::<f64>() < 0.4 {
        for _ in 0..chance.random_range(1..=3) {
            members.push(single((i32::from(eldest) + chance.random_range(-4..=4)).clamp(18, 90) as u8));
        }
    }
    let parent = (34..62).contains(&eldest);
    let with_children = if members[0].partner.is_some() { 0.5 } else { 0.15 };
    if parent && chance.random::<f64>() < with_children {
        for _ in 0..chance.random_range(1..=2) {
            members.push(single(chance.random_range(11..=(eldest - 20).clamp(12, 22))));
        }
    }
    members
}

/// Age of the eldest: the country's, in bands of 15 years from 18 (ONS mid-year estimates, rounded).
fn adult_age(chance: &mut Chance) -> u8 {
    const BANDS: [(u8, u8, f64); 5] = [(18, 29, 0.19), (30, 44, 0.26), (45, 59, 0.25), (60, 74, 0.19), (75, 92, 0.11)];
    let mut draw: f64 = chance.random();
    for (from, to, share) in BANDS {
        draw -= share;
        if draw < 0.0 {
            return chance.random_range(from..=to);
        }
    }
    44
}

/// A life without ties: activity is log-normal with mean 1, less for the old.
pub(crate) fn life(age: u8, household: u32, chance: &mut Chance) -> Life {
    let spread = 0.6;
    let draw = crate::chance::normal(chance);
    let activity = libm::exp(spread * draw - spread * spread / 2.0) * if age > 70 { 0.6 } else { 1.05 };
    Life { age, partner: None, inseparable: false, activity: activity as f32, household }
}
