//! What one run of the method gave, beside the truth: enough to work out every figure later, without the data.
//!
//! **Judged** are the numbers that received at least [`JUDGED`] communications in the data of the run: lines and others
//! alike. Average precision, Cllr, Brier and the reliability diagram are over judged numbers; precision, false alarms
//! and ranks are over all numbers. A line counts as **found** when one of its judged numbers is flagged. A line none of
//! whose numbers is judged (it opened at the window's end, or hardly anyone whose data is held deals with it) is
//! **hardly seen**: it is in no recall, and counted by itself, with whether it was flagged all the same.

use std::collections::{BTreeMap, BTreeSet};

use orochi_analysis::lines::ScoredNumber;

use crate::{
    condition::DataHeld,
    conditions::RunCondition,
    label::{Label, Labels},
    measure::{Tally, proportion::Proportion},
    truth::Truth,
};

/// Fewest communications received in the data of a run for a number to be judged.
pub const JUDGED: u32 = 10;

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct LinesOutcome {
    /// Whose data was held.
    pub held: DataHeld,
    /// Length of the window in days.
    pub days: u32,
    /// Three customers' data: of which line.
    pub asked: Option<String>,
    /// How many numbers there were.
    pub numbers: u64,
    /// Lines with at least one communication in the data.
    pub lines: Vec<SeenLine>,
    /// Judged numbers that are no line's, by kind: how many, and how many of them were flagged.
    pub kinds: BTreeMap<String, Proportion>,
    /// Every flagged number that is no line's.
    pub false_alarms: Vec<FalseAlarm>,
    /// Scores of judged numbers of lines.
    pub line_scores: Vec<f64>,
    /// Scores of judged numbers that are no line's, with how many got each.
    pub other_scores: Vec<(f64, u64)>,
    /// Three customers' data: rank of the line's best number among those that are not the customers'; none
    /// when it is not in the data.
    pub rank: Option<u64>,
}

/// A line in the data of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenLine {
    /// Its id in `truth.json`.
    pub id: String,
    /// How it works.
    pub style: String,
    /// Whether it texts in bursts.
    pub broadcasts: bool,
    /// How big it is.
    pub size: String,
    /// Those of its numbers that are in the data.
    pub numbers: Vec<SeenNumber>,
}

impl SeenLine {
    /// Whether one of its numbers is judged.
    pub fn judged(&self) -> bool {
        self.numbers.iter().any(SeenNumber::judged)
    }

    /// Whether a judged number is flagged.
    pub fn found(&self) -> bool {
        self.numbers.iter().any(|number| number.judged() && number.flagged)
    }
}

/// A line's number in the data of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenNumber {
    /// The number.
    pub number: String,
    /// Communications received in the data.
    pub received: u32,
    /// Its score.
    pub score: f64,
    /// Whether it was flagged.
    pub flagged: bool,
    /// Its place in the list, from 1.
    pub rank: u64,
}

impl SeenNumber {
    /// Whether it received enough.
    pub fn judged(&self) -> bool {
        self.received >= JUDGED
    }
}

/// A flagged number that is no line's.
#[derive(Clone, Debug, PartialEq)]
pub struct FalseAlarm {
    /// The number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// Its score.
    pub score: f64,
}

impl LinesOutcome {
    /// Compares ranked numbers with the truth.
    pub fn from_ranking(truth: &Truth, labels: &Labels<'_>, run: RunCondition, ranked: &[ScoredNumber<'_>]) -> Self {
        let RunCondition { held, days, asked } = run;
        let three = asked.and_then(|place| truth.three_customers.get(place));
        let known: BTreeSet<&str> = three.iter().flat_map(|three| &three.customers).map(String::as_str).collect();
        let sought = three.and_then(|three| truth.lines.iter().position(|line| line.id == three.line));
        let mut seen: BTreeMap<usize, SeenLine> = BTreeMap::new();
        let mut others: BTreeMap<usize, u64> = BTreeMap::new();
        let mut outcome = Self {
            held,
            days,
            asked: three.map(|three| three.line.clone()),
            numbers: ranked.len() as u64,
            lines: Vec::new(),
            kinds: BTreeMap::new(),
            false_alarms: Vec::new(),
            line_scores: Vec::new(),
            other_scores: Vec::new(),
            rank: None,
        };
        let mut unknown = 0;
        for (rank, scored) in (1..).zip(ranked) {
            let judged = scored.received >= JUDGED;
            unknown += u64::from(!known.contains(scored.number));
            match labels.get(scored.number) {
                Label::Line(place) => {
                    if judged {
                        outcome.line_scores.push(scored.score);
                    }
                    if sought == Some(place) && outcome.rank.is_none() {
                        outcome.rank = Some(unknown);
                    }
                    let line = &truth.lines[place];
                    let entry = seen.entry(place).or_insert_with(|| SeenLine {
                        id: line.id.clone(),
                        style: line.style.clone(),
                        broadcasts: line.broadcasts,
                        size: line.size.clone(),
                        numbers: Vec::new(),
                    });
                    entry.numbers.push(SeenNumber {
                        number: scored.number.to_owned(),
                        received: scored.received,
                        score: scored.score,
                        flagged: scored.flagged,
                        rank,
                    });
                }
                Label::Kind(kind) => {
                    if judged {
                        outcome.kinds.entry(kind.to_owned()).or_default().count(scored.flagged);
                        *others.entry(Tally::step(scored.score)).or_default() += 1;
                    }
                    if scored.flagged {
                        let (number, kind) = (scored.number.to_owned(), kind.to_owned());
                        outcome.false_alarms.push(FalseAlarm { number, kind, score: scored.score });
                    }
                }
            }
        }
        outcome.lines = seen.into_values().collect();
        outcome.other_scores =
            others.into_iter().map(|(step, many)| (step as f64 / crate::measure::STEPS as f64, many)).collect();
        outcome
    }

    /// Flagged numbers, and how many of them are a line's.
    pub fn precision(&self) -> Proportion {
        let hits = self.lines.iter().flat_map(|line| &line.numbers).filter(|number| number.flagged).count() as u64;
        Proportion { with: hits, of: hits + self.false_alarms.len() as u64 }
    }

    /// Adds the scores of judged numbers to a tally.
    pub fn tally(&self, tally: &mut Tally) {
        self.line_scores.iter().for_each(|score| tally.add(*score, true, 1));
        self.other_scores.iter().for_each(|(score, many)| tally.add(*score, false, *many));
    }
}
