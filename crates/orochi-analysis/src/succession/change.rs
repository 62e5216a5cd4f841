//! Whether a number's use ended, or began, inside the data: not by the last or first row, since an old phone lingers
//! and a new one is seen early, but by how much likelier its use is with a change of rate than without.

use super::contacts::{BLOCK, BlockUse};

/// The rate after an end, and before a beginning, is at most this share of the rate of use.
const QUIET: f64 = 0.3;

/// When a number was in use.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct NumberLife {
    /// How many blocks show use.
    pub blocks: usize,
    /// Instants within which all but a twentieth of the use at either end lies, seconds since 1970.
    pub from: u32,
    pub to: u32,
    /// First and last use.
    pub first: u32,
    pub last: u32,
    /// Natural logarithm of how much likelier the use is with an end inside the data; 0 when it is not.
    pub ended: f64,
    /// Likewise with a beginning.
    pub begun: f64,
}

/// Use as counted: what shows that the number was in use; everything, where hardly anything does.
pub(super) fn counted_blocks(uses: &[BlockUse]) -> impl Iterator<Item = (u32, u32)> + Clone + '_ {
    let active = uses.iter().filter(|it| it.active > 0).count();
    let all = active < 3;
    uses.iter().map(move |it| (it.block, if all { it.all } else { it.active })).filter(|(_, count)| *count > 0)
}

impl NumberLife {
    /// With how far the number would have been seen before and after its use (see
    /// [`super::chains::NumberChains::reach`]).
    pub(super) fn from_uses(uses: &[BlockUse], before: &[(u32, f64)], after: &[(u32, f64)]) -> Self {
        let list: Vec<(u32, u32)> = counted_blocks(uses).collect();
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return Self::default() };
        let whole: u64 = list.iter().map(|(_, count)| u64::from(*count)).sum();
        let spare = whole / 20;
        let from = block_past(list.iter(), spare);
        let to = block_past(list.iter().rev(), spare);
        let blocks: Vec<u32> = list.iter().map(|(block, _)| *block).collect();
        let mirrored: Vec<u32> = blocks.iter().rev().map(|block| u32::MAX - block).collect();
        Self {
            blocks: blocks.len(),
            from: from.saturating_mul(BLOCK),
            to: to.saturating_add(1).saturating_mul(BLOCK),
            first: first.0.saturating_mul(BLOCK),
            last: last.0.saturating_add(1).saturating_mul(BLOCK),
            ended: after.iter().map(|(at, seen)| seen * log_evidence_of_end(&blocks, *at)).fold(0.0, f64::max),
            begun: before
                .iter()
                .map(|(at, seen)| seen * log_evidence_of_end(&mirrored, u32::MAX - at))
                .fold(0.0, f64::max),
        }
    }
}

/// The block at which more than `spare` uses have been passed.
fn block_past<'a>(mut uses: impl Iterator<Item = &'a (u32, u32)>, spare: u64) -> u32 {
    let mut passed = 0;
    let found = uses.find(|(_, count)| {
        passed += u64::from(*count);
        passed > spare
    });
    found.map_or(0, |(block, _)| *block)
}

/// How much likelier blocks of use are with an end before `until` than with one rate from the first block on, as a
/// natural logarithm, at the likeliest end. Blocks rise. The first is where the count begins and counts for nothing.
fn log_evidence_of_end(blocks: &[u32], until: u32) -> f64 {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return 0.0 };
    let whole = f64::from(until.max(*last) - first);
    let n = (blocks.len() - 1) as f64;
    if n < 1.0 || whole <= 0.0 {
        return 0.0;
    }
    let log = |count: f64, time: f64| if count > 0.0 { count * (count / time).ln() } else { 0.0 };
    let alone = log(n, whole);
    let mut best = 0.0f64;
    for (place, block) in blocks.iter().enumerate().skip(1) {
        let (before, time) = (place as f64, f64::from(block - first));
        let (after, rest) = (n - before, whole - time);
        if rest <= 0.0 || after / rest > QUIET * before / time {
            continue;
        }
        best = best.max(log(before, time) + log(after, rest) - alone);
    }
    best
}

/// How much of the old number's use comes after, and of the new number's before, the instant that parts them best: 0
/// when one ends before the other begins, up to 1. And that instant.
pub(super) fn leak(old: &[BlockUse], new: &[BlockUse]) -> (f64, u32) {
    let sum = |uses: &[BlockUse]| counted_blocks(uses).map(|(_, count)| f64::from(count)).sum::<f64>().max(1.0);
    let (of_old, of_new) = (sum(old), sum(new));
    // Walking through time: what of the old is still to come, what of the new has been.
    let mut steps: Vec<(u32, f64)> =
        counted_blocks(old).map(|(block, count)| (block, -f64::from(count) / of_old)).collect();
    steps.extend(counted_blocks(new).map(|(block, count)| (block, f64::from(count) / of_new)));
    // In one block the old goes first: within a quarter of a day the one may follow the other.
    steps.sort_by(|x, y| x.0.cmp(&y.0).then_with(|| x.1.total_cmp(&y.1)));
    let (mut now, mut best) = (1.0, (1.0, steps.first().map_or(0, |step| step.0)));
    for (block, change) in steps {
        now += change;
        if now < best.0 - 1e-9 {
            best = (now, block + 1);
        }
    }
    (best.0.max(0.0), best.1.saturating_mul(BLOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(blocks: impl Iterator<Item = u32>) -> Vec<BlockUse> {
        blocks.map(|block| BlockUse { block, active: 2, all: 2 }).collect()
    }

    #[test]
    fn an_end_needs_silence_that_would_have_been_seen() {
        let half = uses(0..40);
        let life = NumberLife::from_uses(&half, &[(0, 1.0)], &[(80, 1.0)]);
        assert!(life.ended > 20.0 && life.begun == 0.0, "{life:?}");
        assert_eq!(
            NumberLife::from_uses(&half, &[(0, 1.0)], &[(39, 1.0)]).ended,
            0.0,
            "the data ends with the number's use"
        );
        let life = NumberLife::from_uses(&uses(40..80), &[(0, 1.0)], &[(79, 1.0)]);
        assert!(life.begun > 20.0 && life.ended == 0.0, "{life:?}");
        let throughout = NumberLife::from_uses(&uses((0..80).step_by(3)), &[(0, 1.0)], &[(80, 1.0)]);
        assert!(throughout.ended < 1.0 && throughout.begun < 1.0, "{throughout:?}");
        assert!(
            NumberLife::from_uses(&uses([3, 9].into_iter()), &[(0, 1.0)], &[(80, 1.0)]).ended < 4.0,
            "two occasions say little"
        );
    }

    #[test]
    fn a_phone_that_lingers_ended_and_one_seen_early_began() {
        let lingering = uses((0..40).chain([44, 51]));
        assert!(NumberLife::from_uses(&lingering, &[(0, 1.0)], &[(80, 1.0)]).ended > 10.0);
        let early = uses([28, 33].into_iter().chain(40..80));
        assert!(NumberLife::from_uses(&early, &[(0, 1.0)], &[(79, 1.0)]).begun > 10.0);
        let (leak, at) = leak(&lingering, &early);
        assert!(leak < 0.1 && at == 40 * BLOCK, "{leak} {}", at / BLOCK);
    }

    #[test]
    fn two_phones_in_use_together_cannot_be_parted() {
        let (a, b) = (uses((0..80).step_by(2)), uses((1..80).step_by(2)));
        assert!(leak(&a, &b).0 > 0.9);
        assert!(leak(&uses(40..80), &uses(0..40)).0 >= 1.0 - 1e-9, "the wrong way round");
        assert_eq!(leak(&uses(0..40), &uses(40..80)).0, 0.0);
    }
}
