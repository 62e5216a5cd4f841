//! Which pairs are links: best first, each number with one successor and one predecessor, unless a second one plainly
//! takes what the first did not.

use std::collections::HashMap;

use super::chains::NumberPair;
use super::settings::Settings;

/// What a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// One number after the other.
    Successor,
    /// A second number that continues with other contacts of the old one.
    Split,
    /// A second number that the new one continues.
    Merge,
}

/// A scored pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LinkCandidate {
    pub numbers: NumberPair,
    pub score: f64,
    /// How far the new number's beginning lies from the old one's end: decides between equals, so that
    /// a chain is not cut short.
    pub gap: f64,
}

/// The links among pairs, by place in `pairs`. `apart` says of two numbers whether they are in use together and share
/// few of the contacts they have in common with a third.
pub(super) fn assign(
    pairs: &[LinkCandidate],
    settings: &Settings,
    apart: &dyn Fn(u32, u32, u32) -> bool,
) -> Vec<(usize, LinkKind)> {
    let mut order: Vec<usize> = (0..pairs.len()).filter(|i| pairs[*i].score >= settings.link_score).collect();
    order.sort_by(|x, y| {
        let (x, y) = (&pairs[*x], &pairs[*y]);
        // A step of a hundredth: the last digits of a score are no ground to pass over the nearer one.
        let coarse = |score: f64| (score * 100.0).floor();
        coarse(y.score)
            .total_cmp(&coarse(x.score))
            .then_with(|| x.gap.abs().total_cmp(&y.gap.abs()))
            .then_with(|| x.numbers.cmp(&y.numbers))
    });
    let (mut after, mut before): (HashMap<u32, u32>, HashMap<u32, u32>) = (HashMap::new(), HashMap::new());
    let mut links = Vec::new();
    for place in order {
        let LinkCandidate { numbers: (old, new), score, .. } = pairs[place];
        let kind = match (after.get(&old), before.get(&new)) {
            (None, None) => LinkKind::Successor,
            (Some(first), None) if score >= settings.second_score && apart(old, *first, new) => LinkKind::Split,
            (None, Some(first)) if score >= settings.second_score && apart(new, *first, old) => LinkKind::Merge,
            _ => continue,
        };
        // A number does not come back to one that it followed.
        let mut at = new;
        let mut steps = 0;
        while let Some(next) = after.get(&at).filter(|_| steps <= after.len()) {
            at = *next;
            steps += 1;
        }
        if at == old || steps > after.len() {
            continue;
        }
        after.entry(old).or_insert(new);
        before.entry(new).or_insert(old);
        links.push((place, kind));
    }
    links.sort_unstable_by_key(|(place, _)| *place);
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(old: u32, new: u32, score: f64, gap: f64) -> LinkCandidate {
        LinkCandidate { numbers: (old, new), score, gap }
    }

    fn links(pairs: &[LinkCandidate], apart: bool) -> Vec<(u32, u32, LinkKind)> {
        let found = assign(pairs, &Settings::default(), &|_, _, _| apart);
        found.into_iter().map(|(place, kind)| (pairs[place].numbers.0, pairs[place].numbers.1, kind)).collect()
    }

    #[test]
    fn a_chain_is_not_cut_short() {
        let pairs = [scored(1, 2, 0.981, 0.2), scored(1, 3, 0.989, 9.0), scored(2, 3, 0.983, 0.3)];
        assert_eq!(links(&pairs, false), [(1, 2, LinkKind::Successor), (2, 3, LinkKind::Successor)]);
    }

    #[test]
    fn a_second_successor_needs_other_contacts_and_a_high_score() {
        let pairs = [scored(1, 2, 0.99, 0.2), scored(1, 3, 0.95, 0.2), scored(1, 4, 0.7, 0.2)];
        assert_eq!(links(&pairs, false), [(1, 2, LinkKind::Successor)]);
        assert_eq!(links(&pairs, true), [(1, 2, LinkKind::Successor), (1, 3, LinkKind::Split)]);
        let pairs = [scored(1, 3, 0.99, 0.2), scored(2, 3, 0.95, 0.2)];
        assert_eq!(links(&pairs, true), [(1, 3, LinkKind::Successor), (2, 3, LinkKind::Merge)]);
    }

    #[test]
    fn nothing_below_the_threshold_and_no_ring() {
        assert!(links(&[scored(1, 2, 0.4, 0.0)], true).is_empty());
        let ring = [scored(1, 2, 0.99, 0.0), scored(2, 1, 0.98, 0.0)];
        assert_eq!(links(&ring, true), [(1, 2, LinkKind::Successor)]);
    }
}
