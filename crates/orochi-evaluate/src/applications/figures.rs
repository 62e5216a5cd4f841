//! Investigations in figures, each with an interval.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    investigation::{Goal, MOST, Order, Played, Step},
    study::ApplicationsRow,
};
use crate::{
    measure::{bootstrap, proportion::Proportion},
    study_row::StudyHead,
    summary::{Figure, Share, ranges, share},
};

/// Numbers of applications within which shares are given.
pub const WITHIN: [u32; 4] = [3, 5, 8, MOST];

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplicationsFigures {
    /// What made it.
    pub made: StudyHead,
    /// Scenarios, by name.
    pub scenarios: Vec<String>,
    /// Seeds, as ranges in words.
    pub seeds: String,
    /// Folders.
    pub folders: u64,
    /// People simulated, over all folders.
    pub people: u64,
    /// Lines simulated.
    pub lines: u64,
    /// Each order of applications.
    pub orders: BTreeMap<Order, Ordered>,
}

/// Figures of one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ordered {
    /// Lines investigated and what was reached of them, by `all`, `broadcasting`, `quiet` and `style …`.
    pub groups: BTreeMap<String, ApplicationsGroup>,
    /// What it cost those who have no part in it.
    pub intrusion: Intrusion,
    /// Investigations that ended because nothing was left to apply for.
    pub ran_out: Share,
}

/// What was reached of some lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplicationsGroup {
    /// How many lines.
    pub lines: u64,
    /// Each goal.
    pub goals: BTreeMap<Goal, Reach>,
}

/// After how many applications a goal was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reach {
    /// Share of lines of which it was within so many.
    pub within: BTreeMap<u32, Share>,
    /// Half of the lines needed no more; above [`MOST`] when fewer than half were reached.
    pub median: Figure,
    /// Mean, lines not reached taken for [`MOST`]: at least so many are needed.
    pub mean: Figure,
}

/// Intrusion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intrusion {
    /// Applications, over all lines.
    pub applications: u64,
    /// Applications a line.
    pub per_line: Figure,
    /// Uninvolved numbers a line whose own data was applied for.
    pub uninvolved: Figure,
    /// Applications for data of numbers that have no part in any line.
    pub uninvolved_share: Share,
    /// Uninvolved numbers a line that came into the data through the answers.
    pub intruded: Figure,
    /// How often the number of new numbers in an answer was as expected, by what was asked for.
    pub new_as_expected: BTreeMap<String, Share>,
    /// How often that of new uninvolved numbers was.
    pub intruded_as_expected: BTreeMap<String, Share>,
    /// What was applied for.
    pub kinds: BTreeMap<String, u64>,
}

impl ApplicationsFigures {
    /// Works out all figures of the rows of one study; none of no rows.
    pub fn from_rows(rows: &[ApplicationsRow]) -> Option<Self> {
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.folder.scenario.as_str()).collect();
        let seeds: BTreeSet<u64> = rows.iter().map(|row| row.folder.seed).collect();
        let orders = Order::ALL
            .into_iter()
            .map(|order| {
                let of = |row: &'_ ApplicationsRow| -> Vec<Played> {
                    row.played.iter().filter(|played| played.order == order).cloned().collect()
                };
                (order, Ordered::from_seeds(&rows.iter().map(of).collect::<Vec<_>>()))
            })
            .collect();
        Some(Self {
            made: rows.first()?.made.clone(),
            scenarios: scenarios.into_iter().map(str::to_owned).collect(),
            seeds: ranges(&seeds),
            folders: rows.len() as u64,
            people: rows.iter().map(|row| row.folder.people).sum(),
            lines: rows.iter().map(|row| row.folder.lines).sum(),
            orders,
        })
    }
}

/// What a line is counted under.
fn groups(played: &Played) -> [String; 3] {
    let sends = if played.broadcasts { "broadcasting" } else { "quiet" };
    ["all".into(), sends.into(), format!("style {}", played.style)]
}

impl Ordered {
    fn from_seeds(seeds: &[Vec<Played>]) -> Self {
        let names: BTreeSet<String> = seeds.iter().flatten().flat_map(groups).collect();
        let groups = names
            .into_iter()
            .map(|name| {
                let some: Vec<Vec<&Played>> = seeds
                    .iter()
                    .map(|all| all.iter().filter(|played| groups(played).contains(&name)).collect())
                    .collect();
                let goals = Goal::ALL.into_iter().map(|goal| (goal, Reach::from_seeds(&some, goal))).collect();
                (name, ApplicationsGroup { lines: some.iter().flatten().count() as u64, goals })
            })
            .collect();
        let all: Vec<Vec<&Played>> = seeds.iter().map(|seed| seed.iter().collect()).collect();
        Self { groups, intrusion: Intrusion::from_seeds(&all), ran_out: shares(&all, |played| Some(played.ran_out)) }
    }
}

impl Reach {
    fn from_seeds(seeds: &[Vec<&Played>], goal: Goal) -> Self {
        let within = WITHIN
            .into_iter()
            .map(|most| (most, shares(seeds, |played| Some(played.reached.get(&goal).is_some_and(|n| *n <= most)))))
            .collect();
        let values =
            |missing: u32| per_seed(seeds, |played| f64::from(played.reached.get(&goal).copied().unwrap_or(missing)));
        Self { within, median: figure(&values(MOST + 1), median), mean: figure(&values(MOST), mean) }
    }
}

impl Intrusion {
    fn from_seeds(seeds: &[Vec<&Played>]) -> Self {
        let steps = || seeds.iter().flatten().flat_map(|played| &played.steps);
        let count =
            |what: fn(&Step) -> u64| per_seed(seeds, move |played| played.steps.iter().map(what).sum::<u64>() as f64);
        let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
        for step in steps() {
            *kinds.entry(step.kind.clone()).or_default() += 1;
        }
        let expected = |what: fn(&Step) -> u64| -> BTreeMap<String, Share> {
            let asked: BTreeSet<&str> =
                steps().filter(|step| step.expected.is_some()).map(|step| step.kind.as_str()).collect();
            let share = |kind: Option<&str>| {
                of_steps(seeds, |step| {
                    let there = kind.is_none_or(|kind| step.kind == kind);
                    let expected = step.expected.filter(|_| there)?;
                    Some((expected.low..=expected.high).contains(&what(step)))
                })
            };
            let mut all: BTreeMap<String, Share> =
                asked.into_iter().map(|kind| (kind.to_owned(), share(Some(kind)))).collect();
            all.insert("all".into(), share(None));
            all
        };
        Self {
            applications: steps().count() as u64,
            per_line: figure(&count(|_| 1), mean),
            uninvolved: figure(&count(|step| u64::from(step.uninvolved)), mean),
            uninvolved_share: of_steps(seeds, |step| Some(step.uninvolved)),
            intruded: figure(&count(|step| step.intruded), mean),
            new_as_expected: expected(|step| step.new),
            intruded_as_expected: expected(|step| step.intruded),
            kinds,
        }
    }
}

fn shares(seeds: &[Vec<&Played>], has: impl Fn(&Played) -> Option<bool>) -> Share {
    let count = |all: &Vec<&Played>| {
        let mut sum = Proportion::default();
        all.iter().filter_map(|played| has(played)).for_each(|has| sum.count(has));
        sum
    };
    share(&seeds.iter().map(count).collect::<Vec<_>>())
}

fn of_steps(seeds: &[Vec<&Played>], has: impl Fn(&Step) -> Option<bool>) -> Share {
    let count = |all: &Vec<&Played>| {
        let mut sum = Proportion::default();
        all.iter().flat_map(|played| &played.steps).filter_map(&has).for_each(|has| sum.count(has));
        sum
    };
    share(&seeds.iter().map(count).collect::<Vec<_>>())
}

fn per_seed(seeds: &[Vec<&Played>], value: impl Fn(&Played) -> f64) -> Vec<Vec<f64>> {
    seeds.iter().map(|all| all.iter().map(|played| value(played)).collect()).collect()
}

/// A figure over seeds: `of` gets each value with how often it was drawn.
fn figure(seeds: &[Vec<f64>], of: fn(Vec<(f64, u32)>) -> Option<f64>) -> Figure {
    let drawn = |times: &dyn Fn(usize) -> u32| {
        of(seeds.iter().enumerate().flat_map(|(i, all)| all.iter().map(move |value| (*value, times(i)))).collect())
    };
    let [interval] = bootstrap::intervals(seeds.len(), |times| [drawn(&|place| times[place])]);
    Figure { value: drawn(&|_| 1), interval }
}

fn mean(values: Vec<(f64, u32)>) -> Option<f64> {
    let many: u32 = values.iter().map(|(_, times)| times).sum();
    let sum: f64 = values.iter().map(|(value, times)| value * f64::from(*times)).sum();
    (many > 0).then(|| sum / f64::from(many))
}

/// The least value that at least half do not exceed.
fn median(mut values: Vec<(f64, u32)>) -> Option<f64> {
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let many: u32 = values.iter().map(|(_, times)| times).sum();
    let mut below = 0;
    values.iter().find_map(|(value, times)| {
        below += times;
        (*times > 0 && below * 2 >= many).then_some(*value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_count_as_often_as_they_are_drawn() {
        assert_eq!(median(vec![(3.0, 1), (1.0, 1), (9.0, 1)]), Some(3.0));
        assert_eq!(median(vec![(3.0, 0), (1.0, 1), (9.0, 2)]), Some(9.0));
        assert_eq!(median(vec![(4.0, 1), (2.0, 1)]), Some(2.0));
        assert_eq!(mean(vec![(3.0, 0), (1.0, 1), (9.0, 3)]), Some(7.0));
        assert_eq!((median(vec![]), mean(vec![(1.0, 0)])), (None, None));
    }

    #[test]
    fn lines_not_reached_are_not_left_out() {
        let played = |holder: Option<u32>| Played {
            line: "L01".into(),
            style: "static".into(),
            broadcasts: true,
            order: Order::Next,
            reached: holder.map(|n| (Goal::Holder, n)).into_iter().collect(),
            steps: Vec::new(),
            ran_out: holder.is_none(),
        };
        let ordered = Ordered::from_seeds(&[vec![played(Some(4)), played(None)], vec![played(None)]]);
        let reach = &ordered.groups["style static"].goals[&Goal::Holder];
        let within = |n: u32| (reach.within[&n].count.with, reach.within[&n].count.of);
        assert_eq!((within(3), within(5)), ((0, 3), (1, 3)));
        assert_eq!(reach.median.value, Some(f64::from(MOST + 1)));
        assert_eq!(reach.mean.value, Some((4.0 + 12.0 + 12.0) / 3.0));
        assert_eq!(ordered.ran_out.count.with, 2);
    }
}
