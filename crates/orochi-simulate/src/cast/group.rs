//! Somebody who texts a group: what a club secretary, a team coordinator and a group leader have in common.

use super::diary::{Diary, Manner};
use super::draw::{coin, whole};
use crate::chance::Chance;
use crate::communication::Party;

/// How a group is written to and answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Texts a second.
    pub pace: f64,
    /// Recipients that the phone takes at one time.
    pub batch: usize,
    /// Share who text back.
    pub texted: f64,
    /// Share who ring.
    pub rang: f64,
    /// Seconds within which most answer.
    pub within: i64,
    /// Share of those who texted back to whom the sender texts again.
    pub again: f64,
}

impl Round {
    /// One text to all and what comes back.
    pub fn send(
        &self,
        diary: &mut Diary<'_>,
        second: i64,
        sender: Party,
        group: &[Party],
        manner: &Manner,
        chance: &mut Chance,
    ) {
        let end = diary.broadcast(second, sender, group, self.pace, self.batch, chance);
        for member in group {
            // Most answer soon, some late.
            let late = if coin(chance, 0.8) { self.within } else { self.within * 5 };
            let second = end + whole(chance, (15, late.max(30)));
            if coin(chance, self.texted) {
                diary.text(second, *member, sender);
                if coin(chance, self.again) {
                    diary.text(second + whole(chance, (20, 1200)), sender, *member);
                }
            } else if coin(chance, self.rang) {
                manner.ring(diary, second, *member, sender, chance);
            }
        }
    }
}
