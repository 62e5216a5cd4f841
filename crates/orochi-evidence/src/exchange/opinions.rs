//! The findings that leave with the facts: flagged numbers of the method `lines`, and pairs linked by `succession`.
//!
//! Each of them is an opinion with its reasons for and against, and stands apart from what rows say in every format.

use orochi_analysis::{lines, settings::Settable};
use orochi_casework::{Investigation, views::RowFilter};
use orochi_model::{finding::Reason, method::Used, problem::Problem, sentence::Sentence};

/// A finding of a method about one number, or a pair.
#[derive(Clone, Debug)]
pub(crate) struct Opinion {
    /// Place in [`Opinions::methods`].
    pub method: usize,
    /// The number, or the old and the new one.
    pub numbers: Vec<String>,
    /// From 0 to 1; ranks, no probability.
    pub score: f64,
    /// What the method says.
    pub statement: Sentence,
    /// Why, and why not.
    pub reasons: Vec<Reason>,
}

/// All of them, with their methods.
#[derive(Clone, Debug)]
pub struct Opinions {
    pub(crate) methods: Vec<Used>,
    pub(crate) all: Vec<Opinion>,
}

impl Opinions {
    /// Asks the methods. The findings are those of the whole case, and of these the ones
    /// that name a filtered number are kept.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn form(investigation: &Investigation<'_>, filter: &RowFilter) -> Result<Self, Problem> {
        let report = investigation.lines()?;
        let mut all = Vec::new();
        for finding in report.findings().take(report.flagged()) {
            let finding = finding?;
            all.push(Opinion {
                method: 0,
                statement: Sentence::opinion(format!(
                    "{} behaves like a deal line, score {:.2}",
                    finding.number, finding.score
                ))?,
                numbers: vec![finding.number],
                score: finding.score,
                reasons: finding.reasons,
            });
        }
        let mut methods = vec![lines::METHOD.used(investigation.book().lines.list())];
        if report.flagged() > 0 {
            let pairs = investigation.succession()?;
            for pair in pairs.findings.iter().filter(|pair| pair.linked) {
                all.push(Opinion {
                    method: 1,
                    statement: Sentence::opinion(format!(
                        "{} may continue the line of {}, score {:.2}",
                        pair.to, pair.from, pair.score
                    ))?,
                    numbers: vec![pair.from.clone(), pair.to.clone()],
                    score: pair.score,
                    reasons: pair.reasons.clone(),
                });
            }
            methods.push(pairs.method.clone());
        }
        if let Some(number) = &filter.number {
            all.retain(|opinion| opinion.numbers.contains(number));
        }
        Ok(Self { methods, all })
    }

    /// How much a flagged number behaves like a line.
    pub(crate) fn line_score(&self, number: &str) -> Option<f64> {
        self.all.iter().find(|it| it.method == 0 && it.numbers[0] == number).map(|it| it.score)
    }

    /// `lines 3`.
    pub(crate) fn method(&self, opinion: &Opinion) -> String {
        self.methods.get(opinion.method).map(|used| format!("{} {}", used.name, used.version)).unwrap_or_default()
    }
}
