//! Fits the weights of the score of `lines` to simulated folders (`orochi evaluate --fit`).
//!
//! A case is a number under a condition: its parts, and whether it is a line's. Every number that the method studies is one, in
//! every run of every folder; z is fitted by penalised logistic regression in which a part keeps the sign of its meaning
//! ([`logistic`]). Under each condition lines and others are weighed so that lines make the share that [`Options::prior`] says, and
//! each condition counts the same: how many customers a simulated town has must not decide what a part is worth.

pub mod logistic;

use std::{collections::BTreeMap, path::Path};

use orochi_analysis::lines::{
    self, Made, Settings, Weights,
    parts::{COUNT, PARTS, Values},
};
use orochi_model::problem::Problem;

use crate::{
    condition::Held,
    label::{CUSTOMER, Label, Labels, OTHER},
    run,
    truth::Truth,
};
use logistic::Fitted;

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The share of lines that z presumes afterwards.
    pub prior: f64,
    /// Half the penalty on a weight's square, in cases: how many lines' worth of evidence a weight of √2 must have.
    pub penalty: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { prior: 0.5, penalty: 1.0 }
    }
}

/// Of ordinary people, where everybody's data is held, one number of so many is a case, counted so many times.
const ONE_OF: u64 = 8;

/// A number under a condition.
#[derive(Clone, Debug, PartialEq)]
struct Case {
    parts: Values,
    line: bool,
    times: f64,
}

/// Cases by condition.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    by_condition: BTreeMap<(Held, u32), Vec<Case>>,
}

/// Always the same numbers, about one of [`ONE_OF`] (FNV-1a).
fn taken(number: &str) -> bool {
    let hash =
        number.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32).is_multiple_of(ONE_OF)
}

impl Cases {
    /// Adds the cases of a folder.
    ///
    /// # Errors
    /// When the folder cannot be taken in or the method fails.
    pub fn add(&mut self, folder: &Path, truth: &Truth, settings: &Settings, threads: usize) -> Result<(), Problem> {
        let labels = Labels::of(truth);
        run::every(folder, truth, threads, |run, tables| {
            let cases = self.by_condition.entry((run.held, run.days)).or_default();
            for number in lines::features(tables, settings)? {
                let label = labels.get(&number.number);
                let many = run.held == Held::Everything && matches!(label, Label::Kind(OTHER | CUSTOMER));
                if many && !taken(&number.number) {
                    continue;
                }
                let times = if many { ONE_OF as f64 } else { 1.0 };
                cases.push(Case { parts: number.parts, line: matches!(label, Label::Line(_)), times });
            }
            Ok(())
        })
    }

    /// How many numbers under conditions are lines', and how many are others.
    pub fn count(&self) -> (usize, usize) {
        let all = self.by_condition.values().flatten();
        (all.clone().filter(|case| case.line).count(), all.filter(|case| !case.line).count())
    }

    /// Fits weights to the cases.
    ///
    /// # Errors
    /// User kind when there is no line or nothing else among them.
    pub fn fit(&self, options: &Options, made: Made) -> Result<Weights, Problem> {
        let (lines, others) = self.count();
        if lines == 0 || others == 0 {
            return Err(Problem::user("weights need numbers of lines and of others to be fitted to")
                .hint("name folders or scenarios that hold both"));
        }
        let fitted =
            logistic::fit(&self.weighed(options.prior), &PARTS.each_ref().map(|part| part.supports), options.penalty);
        let Fitted { start, weights } = fitted;
        let round = |value: f64| {
            let round = (value * 1e3).round() / 1e3;
            // No minus zero in the file.
            if round == 0.0 { 0.0 } else { round }
        };
        Ok(Weights { start: round(start), prior: options.prior, parts: weights.map(round), made })
    }

    /// Cases as the regression takes them. In all, lines weigh as much as there are cases of lines.
    fn weighed(&self, prior: f64) -> Vec<logistic::Case<COUNT>> {
        let lines = self.count().0 as f64;
        let sum = |cases: &[Case], line| cases.iter().filter(|c| c.line == line).map(|c| c.times).sum::<f64>();
        let both: Vec<(&[Case], f64, f64)> = self
            .by_condition
            .values()
            .map(|cases| (cases.as_slice(), sum(cases, true), sum(cases, false)))
            .filter(|(_, lines, others)| *lines > 0.0 && *others > 0.0)
            .collect();
        let each = lines / both.len().max(1) as f64;
        let mut all = Vec::new();
        for (cases, lines, others) in both {
            let weight = |line| if line { each / lines } else { each * (1.0 - prior) / prior / others };
            all.extend(cases.iter().map(|case| logistic::Case {
                parts: case.parts,
                line: case.line,
                weight: case.times * weight(case.line),
            }));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(of: &[(Held, f64, bool)]) -> Cases {
        let mut cases = Cases::default();
        for (held, regulars, line) in of {
            let mut parts = [0.0; COUNT];
            parts[0] = *regulars;
            let case = Case { parts, line: *line, times: 1.0 };
            cases.by_condition.entry((*held, 28)).or_default().push(case);
        }
        cases
    }

    #[test]
    fn each_condition_weighs_the_same_and_lines_have_their_prior() {
        let everything =
            [(Held::Everything, 0.9, true), (Held::Everything, 0.1, false), (Held::Everything, 0.2, false)];
        let targets = [(Held::Targets, 0.9, true), (Held::Targets, 0.8, true), (Held::Targets, 0.1, false)];
        let all = cases(&[everything, targets].concat()).weighed(0.25);
        let lines: f64 = all.iter().filter(|case| case.line).map(|case| case.weight).sum();
        let others: f64 = all.iter().filter(|case| !case.line).map(|case| case.weight).sum();
        assert!((lines - 3.0).abs() < 1e-12 && (others - 9.0).abs() < 1e-12, "{lines} {others}");
        assert!((all[0].weight - 1.5).abs() < 1e-12);
    }

    #[test]
    fn fitted_weights_are_what_the_method_reads() {
        let all = [(Held::Targets, 0.9, true), (Held::Targets, 0.7, true), (Held::Targets, 0.3, false)];
        let weights = cases(&all).fit(&Options::default(), Made::default()).unwrap();
        assert!(weights.parts[0] > 0.0 && weights.parts[1..].iter().all(|weight| *weight == 0.0));
        assert_eq!(Weights::read(&weights.write().unwrap()).unwrap(), weights);
        assert!(cases(&all[..2]).fit(&Options::default(), Made::default()).is_err());
    }
}
