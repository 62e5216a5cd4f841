//! The figures of one condition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    measure::{
        Tally,
        average_precision::average_precision,
        bootstrap, brier,
        cllr::{cllr, cllr_min},
        proportion::Proportion,
        reliability::{Bin, reliability},
    },
    outcome::{LinesOutcome, SeenLine},
};

/// A share with its 95% interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// So many of so many.
    #[serde(flatten)]
    pub count: Proportion,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Share {
    /// A share with Wilson's interval, which takes cases to be independent.
    pub(crate) fn from_proportion(count: Proportion) -> Self {
        let (low, high) = count.wilson();
        Self { count, low, high }
    }
}

/// Any other figure with its 95% interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Over all seeds together.
    pub value: Option<f64>,
    /// Its interval; none of a single seed.
    pub interval: Option<(f64, f64)>,
}

/// Lines none of whose numbers is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hardly {
    /// How many lines.
    pub lines: u64,
    /// Of how many a number was flagged all the same.
    pub flagged: u64,
}

/// Three customers' data: how high the line ranks among unknown numbers, of runs in which it is seen at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Top {
    /// First.
    pub first: Share,
    /// Among the first three.
    pub three: Share,
    /// Among the first ten.
    pub ten: Share,
    /// Runs in which the line is not in the data.
    pub unseen: u64,
}

/// How many judged numbers got a score in each of fifty steps of 0.02.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// Numbers of lines that broadcast.
    pub broadcasting: Vec<u64>,
    /// Numbers of quiet lines.
    pub quiet: Vec<u64>,
    /// Others.
    pub others: Vec<u64>,
}

/// All figures of one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinesFigures {
    /// Runs of the method.
    pub runs: u64,
    /// Numbers in the data, over all runs.
    pub numbers: u64,
    /// Judged numbers, over all runs.
    pub judged: u64,
    /// Share of lines found, by `all`, `broadcasting`, `quiet`, `size …` and `style …`.
    pub recall: BTreeMap<String, Share>,
    /// Lines that are hardly seen, in no recall.
    pub hardly_seen: Hardly,
    /// Share of flagged numbers that are a line's.
    pub precision: Share,
    /// Share of judged numbers flagged, for each kind that is no line.
    pub false_alarms: BTreeMap<String, Share>,
    /// Flagged numbers that are no line's, judged or not.
    pub false_alarms_in_all: u64,
    /// Average precision over judged numbers.
    pub average_precision: Figure,
    /// Cllr in bits.
    pub cllr: Figure,
    /// Cllr-min in bits.
    pub cllr_min: Figure,
    /// Brier score.
    pub brier: Figure,
    /// Brier score of saying the base rate of every number.
    pub brier_base: Option<f64>,
    /// Reliability diagram.
    pub reliability: Vec<Bin>,
    /// Distribution of scores.
    pub scores: Distribution,
    /// Ranks with three customers' data.
    pub top: Option<Top>,
}

/// A share over seeds, each with its own counts.
pub(crate) fn share(seeds: &[Proportion]) -> Share {
    let sum = |times: &dyn Fn(usize) -> u64| {
        let mut sum = Proportion::default();
        for (place, count) in seeds.iter().enumerate() {
            sum.merge(Proportion { with: count.with * times(place), of: count.of * times(place) });
        }
        sum
    };
    let Share { count, mut low, mut high } = Share::from_proportion(sum(&|_| 1));
    // Nothing varies between draws when all or none have it.
    if count.with > 0 && count.with < count.of {
        let [drawn] = bootstrap::intervals(seeds.len(), |drawn| [sum(&|place| u64::from(drawn[place])).value()]);
        if let Some((l, h)) = drawn {
            (low, high) = (low.min(l), high.max(h));
        }
    }
    Share { count, low, high }
}

fn per_seed(seeds: &[Vec<&LinesOutcome>], count: impl Fn(&LinesOutcome, &mut Proportion)) -> Share {
    let counts: Vec<Proportion> = seeds
        .iter()
        .map(|outcomes| {
            let mut sum = Proportion::default();
            outcomes.iter().for_each(|outcome| count(outcome, &mut sum));
            sum
        })
        .collect();
    share(&counts)
}

/// What a line is counted under.
fn groups(line: &SeenLine) -> [String; 4] {
    let sends = if line.broadcasts { "broadcasting" } else { "quiet" };
    ["all".into(), sends.into(), format!("size {}", line.size), format!("style {}", line.style)]
}

impl LinesFigures {
    /// Works them out; `seeds` holds the runs of each seed.
    pub fn from_seeds(seeds: &[Vec<&LinesOutcome>], prior: f64) -> Self {
        let all = || seeds.iter().flatten();
        let mut recall: BTreeMap<String, Share> = BTreeMap::new();
        let names: std::collections::BTreeSet<String> = all().flat_map(|o| &o.lines).flat_map(groups).collect();
        for name in names {
            let found = per_seed(seeds, |outcome, sum| {
                let lines = outcome.lines.iter().filter(|line| line.judged() && groups(line).contains(&name));
                lines.for_each(|line| sum.count(line.found()));
            });
            recall.insert(name, found);
        }
        let hardly = || all().flat_map(|outcome| &outcome.lines).filter(|line| !line.judged());
        let kinds: std::collections::BTreeSet<&String> = all().flat_map(|outcome| outcome.kinds.keys()).collect();
        let false_alarms = kinds
            .into_iter()
            .map(|kind| {
                let flagged = per_seed(seeds, |outcome, sum| {
                    sum.merge(outcome.kinds.get(kind).copied().unwrap_or_default());
                });
                (kind.clone(), flagged)
            })
            .collect();
        let tallies: Vec<Tally> = seeds.iter().map(|outcomes| tally(outcomes)).collect();
        let whole = Tally::sum(tallies.iter().map(|tally| (tally, 1)));
        let [average_precision, cllr, cllr_min, brier] = figures(&tallies, prior);
        Self {
            runs: all().count() as u64,
            numbers: all().map(|outcome| outcome.numbers).sum(),
            judged: whole.lines() + whole.others(),
            recall,
            hardly_seen: Hardly {
                lines: hardly().count() as u64,
                flagged: hardly().filter(|line| line.numbers.iter().any(|number| number.flagged)).count() as u64,
            },
            precision: per_seed(seeds, |outcome, sum| sum.merge(outcome.precision())),
            false_alarms,
            false_alarms_in_all: all().map(|outcome| outcome.false_alarms.len() as u64).sum(),
            average_precision,
            cllr,
            cllr_min,
            brier,
            brier_base: brier::base(&whole),
            reliability: reliability(&whole),
            scores: distribution(seeds),
            top: all().any(|outcome| outcome.asked.is_some()).then(|| top(seeds)),
        }
    }
}

fn tally(outcomes: &[&LinesOutcome]) -> Tally {
    let mut tally = Tally::default();
    outcomes.iter().for_each(|outcome| outcome.tally(&mut tally));
    tally
}

fn figures(tallies: &[Tally], prior: f64) -> [Figure; 4] {
    let of = |times: &dyn Fn(usize) -> u64| {
        let sum = Tally::sum(tallies.iter().enumerate().map(|(place, tally)| (tally, times(place))));
        [average_precision(&sum), cllr(&sum, prior), cllr_min(&sum), brier::brier(&sum)]
    };
    let values = of(&|_| 1);
    let intervals = bootstrap::intervals(tallies.len(), |drawn| of(&|place| u64::from(drawn[place])));
    std::array::from_fn(|i| Figure { value: values[i], interval: intervals[i] })
}

fn distribution(seeds: &[Vec<&LinesOutcome>]) -> Distribution {
    let bin = |score: f64| (Tally::step(score) / 200).min(49);
    let mut scores = Distribution { broadcasting: vec![0; 50], quiet: vec![0; 50], others: vec![0; 50] };
    for outcome in seeds.iter().flatten() {
        for line in &outcome.lines {
            let side = if line.broadcasts { &mut scores.broadcasting } else { &mut scores.quiet };
            line.numbers.iter().filter(|number| number.judged()).for_each(|number| side[bin(number.score)] += 1);
        }
        outcome.other_scores.iter().for_each(|(score, many)| scores.others[bin(*score)] += many);
    }
    scores
}

fn top(seeds: &[Vec<&LinesOutcome>]) -> Top {
    let within = |limit: u64| {
        per_seed(seeds, |outcome, sum| {
            if let Some(rank) = outcome.rank {
                sum.count(rank <= limit);
            }
        })
    };
    Top {
        first: within(1),
        three: within(3),
        ten: within(10),
        unseen: seeds.iter().flatten().filter(|outcome| outcome.rank.is_none()).count() as u64,
    }
}
