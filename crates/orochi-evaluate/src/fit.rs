//! Fits the weights of the score of `lines` to simulated folders (`orochi evaluate --fit`).
//!
//! A case is a number under a condition: its parts, and whether it is a line's. Every number that the method studies is
//! one, in every run of every folder; z is fitted by logistic regression in which a part keeps the sign of its meaning
//! and is held near what was assumed of it from court reports ([`logistic`], [`LineWeights::assumed`]): a simulator
//! must not unlearn what is known of the field.
//!
//! Under each condition lines and others are weighed so that lines make the share that [`FitOptions::prior`] says, and
//! each condition counts the same: how many customers a simulated town has must not decide what a part is worth. Of the
//! others, innocent look-alikes count as much as all ordinary people together, since it is they whom
//! a line must be told from.

pub mod logistic;

use std::collections::BTreeMap;

use orochi_analysis::{
    lines::{
        LineWeights,
        parts::{COUNT, LinePartValues, PARTS},
    },
    weights::WeightsOrigin,
};
use orochi_model::problem::Problem;

use crate::{
    condition::DataHeld,
    counts_cache::FolderCounts,
    label::{CREW, CUSTOMER, Label, Labels, OTHER},
};
use logistic::Fitted;

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct FitOptions {
    /// The share of lines that z presumes afterwards.
    pub prior: f64,
    /// Half the penalty on the square of a weight's distance from what was assumed, in cases: how many lines' worth of
    /// evidence it takes to move a weight by √2.
    pub penalty: f64,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self { prior: 0.055, penalty: 300.0 }
    }
}

/// Of ordinary people, where everybody's data is held, one number of so many is a case, counted so many times.
const ONE_OF: u64 = 8;

/// A number under a condition.
#[derive(Clone, Debug, PartialEq)]
struct FitCase {
    parts: LinePartValues,
    what: What,
    times: f64,
}

/// What a case is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Line,
    LookAlike,
    Ordinary,
}

/// Cases by condition.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    by_condition: BTreeMap<(DataHeld, u32), Vec<FitCase>>,
}

/// Always the same numbers, about one of [`ONE_OF`] (FNV-1a).
fn taken(number: &str) -> bool {
    let hash =
        number.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32).is_multiple_of(ONE_OF)
}

impl Cases {
    /// Adds the cases of a folder.
    pub fn add(&mut self, counted: &FolderCounts) {
        let labels = Labels::from_truth(&counted.truth);
        for (run, numbers) in &counted.runs {
            let cases = self.by_condition.entry((run.held, run.days)).or_default();
            for number in numbers {
                let Some(parts) = number.parts() else { continue };
                let label = labels.get(&number.number);
                let many = run.held == DataHeld::Everything && matches!(label, Label::Kind(OTHER | CUSTOMER));
                if many && !taken(&number.number) {
                    continue;
                }
                let times = if many { ONE_OF as f64 } else { 1.0 };
                let what = match label {
                    Label::Line(_) => What::Line,
                    Label::Kind(OTHER | CUSTOMER | CREW) => What::Ordinary,
                    Label::Kind(_) => What::LookAlike,
                };
                cases.push(FitCase { parts, what, times });
            }
        }
    }

    /// How many numbers under conditions are lines', and how many are others.
    pub fn count(&self) -> (usize, usize) {
        let all = self.by_condition.values().flatten();
        (all.clone().filter(|case| case.what == What::Line).count(), all.filter(|case| case.what != What::Line).count())
    }

    /// Fits weights to the cases.
    ///
    /// # Errors
    /// User kind when there is no line or nothing else among them.
    pub fn fit(&self, options: &FitOptions, made: WeightsOrigin) -> Result<LineWeights, Problem> {
        let (lines, others) = self.count();
        if lines == 0 || others == 0 {
            return Err(Problem::user("to fit weights, numbers of lines and other numbers are needed")
                .hint("name folders or scenarios that hold both"));
        }
        let assumed = LineWeights::assumed()?.parts;
        let signs = PARTS.each_ref().map(|part| part.supports);
        let fitted = logistic::fit(&self.weighed(options.prior), &signs, &assumed, options.penalty);
        let Fitted { start, weights } = fitted.rounded();
        Ok(LineWeights { start, prior: options.prior, parts: weights, made })
    }

    /// Cases as the regression takes them. In all, lines weigh as much as there are cases of lines.
    fn weighed(&self, prior: f64) -> Vec<logistic::Case<COUNT>> {
        let lines = self.count().0 as f64;
        let sum = |cases: &[FitCase], what| cases.iter().filter(|c| c.what == what).map(|c| c.times).sum::<f64>();
        let both: Vec<(&[FitCase], [f64; 3])> = self
            .by_condition
            .values()
            .map(|cases| (cases.as_slice(), [What::Line, What::LookAlike, What::Ordinary].map(|what| sum(cases, what))))
            .filter(|(_, [lines, alike, ordinary])| *lines > 0.0 && alike + ordinary > 0.0)
            .collect();
        let each = lines / both.len().max(1) as f64;
        let mut all = Vec::new();
        for (cases, [lines, alike, ordinary]) in both {
            // Where there is but one kind of others it is all of them.
            let others = each * (1.0 - prior) / prior / if alike > 0.0 && ordinary > 0.0 { 2.0 } else { 1.0 };
            let weight = |what| match what {
                What::Line => each / lines,
                What::LookAlike => others / alike,
                What::Ordinary => others / ordinary,
            };
            all.extend(cases.iter().map(|case| logistic::Case {
                parts: case.parts,
                line: case.what == What::Line,
                weight: case.times * weight(case.what),
            }));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(of: &[(DataHeld, f64, bool)]) -> Cases {
        let what = |line: &bool| if *line { What::Line } else { What::Ordinary };
        let mut cases = Cases::default();
        for (held, regulars, line) in of {
            let mut parts = [0.0; COUNT];
            parts[0] = *regulars;
            let case = FitCase { parts, what: what(line), times: 1.0 };
            cases.by_condition.entry((*held, 28)).or_default().push(case);
        }
        cases
    }

    #[test]
    fn each_condition_weighs_the_same_and_lines_have_their_prior() {
        let everything =
            [(DataHeld::Everything, 0.9, true), (DataHeld::Everything, 0.1, false), (DataHeld::Everything, 0.2, false)];
        let targets = [(DataHeld::Targets, 0.9, true), (DataHeld::Targets, 0.8, true), (DataHeld::Targets, 0.1, false)];
        let all = cases(&[everything, targets].concat()).weighed(0.25);
        let lines: f64 = all.iter().filter(|case| case.line).map(|case| case.weight).sum();
        let others: f64 = all.iter().filter(|case| !case.line).map(|case| case.weight).sum();
        assert!((lines - 3.0).abs() < 1e-12 && (others - 9.0).abs() < 1e-12, "{lines} {others}");
        assert!((all[0].weight - 1.5).abs() < 1e-12);
    }

    #[test]
    fn look_alikes_count_as_much_as_all_ordinary_people() {
        let mut all = cases(&[
            (DataHeld::Everything, 0.9, true),
            (DataHeld::Everything, 0.1, false),
            (DataHeld::Everything, 0.2, false),
        ]);
        let condition = all.by_condition.values_mut().next().unwrap();
        condition.push(FitCase { parts: [0.5; COUNT], what: What::LookAlike, times: 1.0 });
        let weights: Vec<f64> = all.weighed(0.5).iter().map(|case| case.weight).collect();
        assert_eq!(weights, [1.0, 0.25, 0.25, 0.5]);
    }

    #[test]
    fn fitted_weights_are_what_the_method_reads() {
        let all = [(DataHeld::Targets, 0.9, true), (DataHeld::Targets, 0.7, true), (DataHeld::Targets, 0.3, false)];
        let weights = cases(&all).fit(&FitOptions::default(), WeightsOrigin::default()).unwrap();
        let assumed = LineWeights::assumed().unwrap();
        assert!(weights.parts[0] > assumed.parts[0], "{} {}", weights.parts[0], assumed.parts[0]);
        assert_eq!(weights.parts[1..], assumed.parts[1..], "what no case shows stays as assumed");
        assert_eq!(LineWeights::read(&weights.write().unwrap()).unwrap(), weights);
        assert!(cases(&all[..2]).fit(&FitOptions::default(), WeightsOrigin::default()).is_err());
    }
}
