//! Bursts: one number texting many within minutes.

use std::collections::HashMap;

use crate::traffic::items::Item;

/// One burst: places of its texts in the number's items, and how many different recipients.
#[derive(Clone, Debug)]
pub(crate) struct Burst {
    pub texts: Vec<usize>,
    pub recipients: u32,
    pub at: u32,
}

/// Finds the bursts among `items` (sorted by time): every text that lies in some window of `window` seconds with at
/// least `least` different recipients belongs to one; marked texts with no longer gap than the
/// window form the same burst.
pub(crate) fn find(items: &[Item], least: usize, window: u32) -> Vec<Burst> {
    let texts: Vec<usize> = (0..items.len()).filter(|&i| items[i].out && items[i].text()).collect();
    if texts.len() < least {
        return Vec::new();
    }
    let mut marked = vec![false; texts.len()];
    let mut within: HashMap<u32, u32> = HashMap::new();
    let (mut from, mut done) = (0, 0);
    for to in 0..texts.len() {
        *within.entry(items[texts[to]].other).or_default() += 1;
        while items[texts[to]].at - items[texts[from]].at > window {
            let other = items[texts[from]].other;
            if let Some(count) = within.get_mut(&other) {
                *count -= 1;
                if *count == 0 {
                    within.remove(&other);
                }
            }
            from += 1;
        }
        if within.len() >= least {
            for mark in &mut marked[from.max(done)..=to] {
                *mark = true;
            }
            done = to + 1;
        }
    }
    let mut bursts: Vec<Burst> = Vec::new();
    let mut last = None;
    for (&text, _) in texts.iter().zip(&marked).filter(|(_, marked)| **marked) {
        let at = items[text].at;
        match (bursts.last_mut(), last) {
            (Some(burst), Some(before)) if at - before <= window => burst.texts.push(text),
            _ => bursts.push(Burst { texts: vec![text], recipients: 0, at }),
        }
        last = Some(at);
    }
    for burst in &mut bursts {
        let mut others: Vec<u32> = burst.texts.iter().map(|&i| items[i].other).collect();
        others.sort_unstable();
        others.dedup();
        burst.recipients = others.len() as u32;
    }
    bursts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::traffic::store::TEXT;

    fn text(at: u32, other: u32) -> Item {
        Item { other, at, id: at, duration: 0, what: TEXT, out: true }
    }

    proptest! {
        /// Oracle: a text belongs to a burst when some window that starts at a text holds it and enough recipients.
        #[test]
        fn texts_in_bursts_are_those_of_the_obvious_way(
            mut raw in prop::collection::vec((0..4000u32, 0..9u32), 0..60),
        ) {
            raw.sort_unstable();
            let items: Vec<Item> = raw.iter().map(|(at, other)| text(*at, *other)).collect();
            let mut fast: Vec<usize> = find(&items, 4, 300).into_iter().flat_map(|b| b.texts).collect();
            fast.sort_unstable();
            let slow: Vec<usize> = (0..items.len()).filter(|&i| (0..items.len()).any(|w| {
                let inside = |x: &Item| x.at >= items[w].at && x.at <= items[w].at + 300;
                let others: std::collections::BTreeSet<u32> = items.iter().filter(|x| inside(x)).map(|x| x.other)
                    .collect();
                inside(&items[i]) && others.len() >= 4
            })).collect();
            prop_assert_eq!(fast, slow);
        }
    }
}
