//! Numbers taken for one line, and the data as it looks when each is put in the place of those that follow it.

use super::contacts::ContactIndex;

/// How much a contact counts whose own data is not held: it is seen only with others, and may have gone
/// on unseen with the number.
const HEARSAY: f64 = 0.3;

/// A pair of numbers: the old one and the new one.
pub(super) type NumberPair = (u32, u32);

/// Each number's chain, named by a number of it, and what is seen of the whole chain.
#[derive(Debug)]
pub(super) struct NumberChains {
    root: Vec<u32>,
    /// First and last instant at which anything of the chain is seen, by root.
    first: Vec<u32>,
    last: Vec<u32>,
    degree: Vec<u32>,
    /// Whether the own data of a number of it is held.
    held: Vec<bool>,
    /// Whether the data says whose records it is from.
    sided: bool,
}

impl NumberChains {
    /// With these links taken for true.
    pub(super) fn from_links(contacts: &ContactIndex, links: &[NumberPair]) -> Self {
        let n = contacts.names.len();
        let mut root: Vec<u32> = (0..n as u32).collect();
        fn find(root: &mut [u32], of: u32) -> u32 {
            let mut at = of;
            while root[at as usize] != at {
                root[at as usize] = root[root[at as usize] as usize];
                at = root[at as usize];
            }
            at
        }
        for (old, new) in links {
            let (old, new) = (find(&mut root, *old), find(&mut root, *new));
            root[old.max(new) as usize] = old.min(new);
        }
        for number in 0..n as u32 {
            root[number as usize] = find(&mut root, number);
        }
        let (mut first, mut last, mut degree) = (vec![u32::MAX; n], vec![0; n], vec![0; n]);
        let mut held = vec![false; n];
        for (number, at) in root.iter().enumerate() {
            let (at, uses) = (*at as usize, &contacts.uses[number]);
            if let (Some(from), Some(to)) = (uses.first(), uses.last()) {
                first[at] = first[at].min(from.block);
                last[at] = last[at].max(to.block);
            }
            held[at] |= contacts.held[number];
            // The contacts of a chain are those of its numbers, which are much the same.
            degree[at] = degree[at].max(contacts.degree(number as u32) as u32);
        }
        let sided = contacts.own.contains(&true);
        Self { root, first, last, degree, held, sided }
    }

    pub(super) fn root(&self, number: u32) -> u32 {
        self.root[number as usize]
    }

    /// How much a contact says: one that everybody has says nothing. In nats.
    pub(super) fn rarity(&self, root: u32) -> f64 {
        let n = self.root.len() as f64;
        ((n + 1.0) / (f64::from(self.degree[root as usize]) + 1.0)).ln().max(0.0)
    }

    /// Whether contact of a number with another would be seen: the data of one of them is held.
    pub(super) fn visible(&self, contacts: &ContactIndex, number: u32, root: u32) -> bool {
        !self.sided || contacts.held[number as usize] || self.held[root as usize]
    }

    /// How far a number would have been seen, had it been in use: until which block its contacts are seen with anyone
    /// (since which, for `rising`), each with how many blocks of its use those that are seen so far account for. Data
    /// that ends with the number's own says nothing of whether its use ended, nor do contacts whose
    /// data is not held say much.
    pub(super) fn reach(&self, contacts: &ContactIndex, number: u32, rising: bool) -> Vec<(u32, f64)> {
        let mut seen: Vec<(u32, f64)> = contacts
            .links_of(number)
            .map(|link| (self.root(link.other(number)), link.blocks()))
            .filter(|(root, _)| *root != self.root(number))
            .map(|(root, blocks)| {
                let held = !self.sided || self.held[root as usize];
                let at = if rising { self.first[root as usize] } else { self.last[root as usize] };
                (at, blocks * if held { 1.0 } else { HEARSAY })
            })
            .collect();
        seen.sort_by(|x, y| {
            let order = x.0.cmp(&y.0);
            (if rising { order } else { order.reverse() }).then_with(|| x.1.total_cmp(&y.1))
        });
        let all = contacts.uses[number as usize].len() as f64;
        let (mut sum, mut steps) = (0.0, [0.15, 0.3, 0.6, 1.0].into_iter().peekable());
        let mut reach = Vec::new();
        for (at, blocks) in seen {
            sum += blocks;
            while steps.next_if(|step| sum >= step * all).is_some() {
                reach.push((at, (sum / all).min(1.0)));
            }
        }
        reach
    }

    /// Contacts of a number with each chain in the place of its numbers: (root, how much there is of it), by root.
    pub(super) fn weighted_contacts(&self, contacts: &ContactIndex, number: u32) -> Vec<(u32, f64)> {
        let own = self.root(number);
        let mut set: Vec<(u32, f64)> = contacts
            .links_of(number)
            .map(|link| (self.root(link.other(number)), link.blocks()))
            .filter(|(root, _)| *root != own)
            .collect();
        set.sort_by(|x, y| x.0.cmp(&y.0).then_with(|| x.1.total_cmp(&y.1)));
        set.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        for it in &mut set {
            it.1 = it.1.ln_1p();
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::super::contacts::BLOCK;
    use super::*;

    const DAY: u32 = 86_400;

    #[test]
    fn a_chain_stands_for_its_numbers() {
        // 0 was in contact with 2 and then 3, which follows 2.
        let contacts = ContactIndex::made_up(5, &[(0, 2, DAY), (0, 3, 9 * DAY), (1, 3, 9 * DAY), (0, 4, 2 * DAY)]);
        let chains = NumberChains::from_links(&contacts, &[(2, 3)]);
        let set = chains.weighted_contacts(&contacts, 0);
        assert_eq!(set.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 4]);
        assert!(set[0].1 > set[1].1);
        assert!(chains.rarity(4) > chains.rarity(0));
        let reach = NumberChains::from_links(&contacts, &[]).reach(&contacts, 2, false);
        assert!(reach.iter().all(|(at, seen)| *at == 9 * DAY / BLOCK && *seen > 0.9), "0 is seen as long: {reach:?}");
    }
}
