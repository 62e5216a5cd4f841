//! The customer base of a line: who received its bulk texts.
//!
//! The rule: every number that received a text of a burst ([`super::burst`]) of any number of the line, that is a phone
//! people carry ([`super::carried_phone`]), and that is not a number of the line itself. Nothing else makes a member
//! and nothing else takes one out: also somebody who may work for the line is one, and a method or a document that
//! leaves such people aside says so.
//!
//! What is seen is that the line texted them among many. That they buy is an opinion, and "customer" is a word of
//! opinions; as a fact they are *recipients of the line's bulk texts*. Who only comes back again and again, without a
//! bulk text, is a [repeat contact](super::repeat_contacts) and never a customer.
//!
//! No setting beyond those of a burst. Source: the published customer-days method counts who ever received a bulk
//! message (docs/methods/quantity.md).

use std::collections::BTreeMap;

use super::burst::{Burst, BurstText};
use super::carried_phone::is_carried;

/// A member of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerBaseMember {
    /// The first text of a burst to it.
    pub first: BurstText,
    /// Bursts that it received texts of.
    pub bursts: usize,
}

/// The members, by their numbers: from the bursts of all numbers of a line. `name` gives the canonical text of a party,
/// `is_line` says whether it is a number of the line.
pub fn customer_base<'a, 'n>(
    bursts: impl IntoIterator<Item = &'a Burst>,
    name: impl Fn(u32) -> &'n str,
    is_line: impl Fn(u32) -> bool,
) -> BTreeMap<u32, CustomerBaseMember> {
    let mut base: BTreeMap<u32, CustomerBaseMember> = BTreeMap::new();
    for burst in bursts {
        let mut first: BTreeMap<u32, BurstText> = BTreeMap::new();
        for text in burst.texts.iter().filter(|text| !is_line(text.to) && is_carried(name(text.to))) {
            first.entry(text.to).or_insert(*text);
        }
        for (to, text) in first {
            let member = base.entry(to).or_insert(CustomerBaseMember { first: text, bursts: 0 });
            member.bursts += 1;
            if (text.at, text.key) < (member.first.at, member.first.key) {
                member.first = text;
            }
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["+447700900000", "+447700900001", "+447700900002", "+441632960001", "+447700900004"];

    fn burst(at: u32, to: &[u32]) -> Burst {
        let texts = (0..).zip(to).map(|(place, to)| BurstText { to: *to, at: at + place, key: place }).collect();
        Burst { texts, recipients: to.len() as u32, at }
    }

    #[test]
    fn the_base_is_whoever_carries_a_phone_that_was_texted_in_bulk() {
        // 0 is the line and 4 its new number, which got the text too; 3 is a landline.
        let bursts = [burst(1_000, &[2, 1, 3, 4, 2]), burst(0, &[1, 3])];
        let base = customer_base(&bursts, |id| NAMES[id as usize], |id| [0, 4].contains(&id));
        assert_eq!(base.keys().copied().collect::<Vec<_>>(), [1, 2]);
        assert_eq!((base[&1].bursts, base[&1].first.at), (2, 0), "the earlier burst, whatever comes first");
        assert_eq!((base[&2].bursts, base[&2].first.at), (1, 1_000), "two texts of one burst");
    }

    #[test]
    fn without_bursts_there_is_no_base() {
        assert!(customer_base(&[], |_| "", |_| false).is_empty());
    }
}
