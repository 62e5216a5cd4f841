//! What can be asked of a case, and how each question is written as a command line.
//!
//! A disclosure holds its questions as command lines, so that a shell can ask them again; [`Question::to_args`] and
//! [`Question::from_args`] are the two ways between the words and the question, and take nothing that
//! the other does not write.

use std::sync::Arc;

use orochi_analysis::{
    applications::ApplicationsReport, attribution::AttributionReport, lines, quantity, roles::RolesReport,
    settings::Settable, succession::SuccessionReport, tenancy::TenancyReport,
};
use orochi_case::reading;
use orochi_model::{method::Used, problem::Problem};
use serde::Serialize;

use crate::{Investigation, JoinedLines};

/// Stands for the case's folder in a command line.
pub const CASE: &str = "{case}";

/// The command that says how a file was read.
const READING: &str = "reading";
const WITHOUT_VALUES: &str = "--without-values";
const ASSOCIATE: &str = "--associate";
const NO_ROLES: &str = "--no-roles";

/// A question of which the answer is a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which numbers behave like a deal line.
    Lines,
    /// What to apply for next.
    Applications,
    /// Which number continues another one's line.
    Succession,
    /// Which SIMs and handsets were swapped, shared or cloned.
    Tenancy,
    /// Who does what for each flagged line.
    Roles,
    /// Who had the phone of a line: one number that stands for its chain, or several as they are.
    Attribution {
        /// The numbers.
        line: Vec<String>,
    },
    /// How much a line's communications correspond to.
    Quantity {
        /// As of attribution.
        line: Vec<String>,
        /// Numbers that answer for the line by the user's word.
        associates: Vec<String>,
        /// The method `roles` is asked too who answers for it.
        ask_roles: bool,
    },
    /// How a file was read.
    Reading {
        /// The exhibit's label.
        exhibit: String,
        /// With texts of its cells; without them nothing but headings and remarks is quoted.
        values: bool,
    },
}

impl Question {
    /// The questions that are asked of every case.
    pub fn of_every_case() -> Vec<Self> {
        vec![Self::Lines, Self::Applications, Self::Succession, Self::Tenancy, Self::Roles]
    }

    /// The command's name.
    pub fn command(&self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Applications => "applications",
            Self::Succession => "succession",
            Self::Tenancy => "tenancy",
            Self::Roles => "roles",
            Self::Attribution { .. } => "attribution",
            Self::Quantity { .. } => "quantity",
            Self::Reading { .. } => READING,
        }
    }

    /// A name for a file: the command, and the line's first number or the exhibit where it is about one.
    pub fn name(&self) -> String {
        let about = match self {
            Self::Attribution { line } | Self::Quantity { line, .. } => {
                line.first().map(|number| number.trim_start_matches('+').to_owned())
            }
            Self::Reading { exhibit, .. } => Some(plain(exhibit)),
            _ => None,
        };
        about.map_or(self.command().to_owned(), |about| format!("{}-{about}", self.command()))
    }

    /// The command line without the program's name, `--json`, and what is entered for the whole run.
    pub fn to_args(&self) -> Vec<String> {
        let mut args = vec![self.command().to_owned(), CASE.to_owned()];
        match self {
            Self::Attribution { line } => args.extend(line.iter().cloned()),
            Self::Quantity { line, associates, ask_roles } => {
                args.extend(line.iter().cloned());
                args.extend(associates.iter().flat_map(|number| [ASSOCIATE.to_owned(), number.clone()]));
                args.extend((!ask_roles).then(|| NO_ROLES.to_owned()));
            }
            Self::Reading { exhibit, values } => {
                args.push(exhibit.clone());
                args.extend((!values).then(|| WITHOUT_VALUES.to_owned()));
            }
            _ => {}
        }
        args
    }

    /// The question that such a command line asks; none for any other. Disclosures of earlier programs say `attribute`
    /// and `next` for `attribution` and `applications`.
    pub fn from_args(args: &[String]) -> Option<Self> {
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        let line = |numbers: &[&str]| -> Option<Vec<String>> {
            let all = numbers.iter().all(|number| !number.starts_with('-'));
            (all && !numbers.is_empty()).then(|| numbers.iter().map(|number| (*number).to_owned()).collect())
        };
        Some(match words[..] {
            ["lines", CASE] => Self::Lines,
            ["applications" | "next", CASE] => Self::Applications,
            ["succession", CASE] => Self::Succession,
            ["tenancy", CASE] => Self::Tenancy,
            ["roles", CASE] => Self::Roles,
            ["attribution" | "attribute", CASE, ref numbers @ ..] => Self::Attribution { line: line(numbers)? },
            ["quantity", CASE, ref rest @ ..] => {
                let (rest, ask_roles) = match rest {
                    [before @ .., NO_ROLES] => (before, false),
                    all => (all, true),
                };
                let numbers = rest.iter().position(|word| word.starts_with('-')).unwrap_or(rest.len());
                let mut associates = Vec::new();
                for pair in rest[numbers..].chunks(2) {
                    let [ASSOCIATE, number] = pair else { return None };
                    associates.extend(line(&[*number])?);
                }
                Self::Quantity { line: line(&rest[..numbers])?, associates, ask_roles }
            }
            [READING, CASE, exhibit] if !exhibit.starts_with('-') => {
                Self::Reading { exhibit: exhibit.to_owned(), values: true }
            }
            [READING, CASE, exhibit, WITHOUT_VALUES] if !exhibit.starts_with('-') => {
                Self::Reading { exhibit: exhibit.to_owned(), values: false }
            }
            _ => return None,
        })
    }
}

fn plain(label: &str) -> String {
    label.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

/// The document that answers a question: what the method found, and the methods that it rests on with
/// their settings in this run.
#[derive(Serialize)]
pub struct Answer<'a> {
    #[serde(flatten)]
    report: Report<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rests_on: Vec<Used>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Report<'a> {
    Lines(JoinedLines<'a>),
    Applications(ApplicationsReport),
    Succession(&'a SuccessionReport),
    Tenancy(TenancyReport),
    Roles(&'a RolesReport),
    Attribution(Arc<AttributionReport>),
    Quantity(Box<quantity::QuantityReport>),
    Reading(Box<reading::Report>),
}

impl Investigation<'_> {
    /// Answers a question. The look is not logged: whoever asks has logged why.
    ///
    /// # Errors
    /// What the step gives.
    pub fn answer(&self, question: &Question) -> Result<Answer<'_>, Problem> {
        let report = match question {
            Question::Lines => {
                let method = lines::METHOD.used(self.book().lines.list());
                Report::Lines(JoinedLines { report: self.lines()?, method, chains: self.chains()? })
            }
            Question::Applications => Report::Applications(self.applications()?),
            Question::Succession => Report::Succession(self.succession()?),
            Question::Tenancy => Report::Tenancy(self.tenancy()?),
            Question::Roles => Report::Roles(self.roles()?),
            Question::Attribution { line } => Report::Attribution(self.attribution(&self.line(line)?)?),
            Question::Quantity { line, associates, ask_roles } => {
                Report::Quantity(self.quantity(self.line(line)?, associates, *ask_roles)?.into())
            }
            Question::Reading { exhibit, values } => {
                let report = self.reading(exhibit)?;
                Report::Reading(Box::new(if *values { report } else { report.without_values() }))
            }
        };
        Ok(Answer { report, rests_on: self.book().rests_on(question.command()) })
    }

    fn reading(&self, exhibit: &str) -> Result<reading::Report, Problem> {
        reading::report(self.case(), self.engine(), &self.case().exhibit(exhibit)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_as_it_is_written() {
        let line = vec!["+447700900222".to_owned(), "+447700900111".to_owned()];
        let mut all = Question::of_every_case();
        all.push(Question::Attribution { line: line.clone() });
        for (associates, ask_roles) in [(vec![], true), (vec![], false), (line.clone(), true), (line.clone(), false)] {
            all.push(Question::Quantity { line: line.clone(), associates, ask_roles });
        }
        for values in [true, false] {
            all.push(Question::Reading { exhibit: "EX0001".into(), values });
        }
        for question in all {
            assert_eq!(Question::from_args(&question.to_args()), Some(question));
        }
    }

    #[test]
    fn the_words_of_earlier_programs_ask_the_same() {
        let asked =
            |words: &[&str]| Question::from_args(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(asked(&["next", CASE]), Some(Question::Applications));
        let line = vec!["+447700900222".to_owned()];
        assert_eq!(asked(&["attribute", CASE, "+447700900222"]), Some(Question::Attribution { line }));
    }

    #[test]
    fn other_command_lines_are_no_questions() {
        for words in [
            &["sql", CASE, "select 1"][..],
            &["lines"],
            &["lines", "/somewhere"],
            &["lines", CASE, "--all"],
            &["attribution", CASE],
            &["attribution", CASE, "--model", "x"],
            &["quantity", CASE, "+447700900222", "--settings", "x"],
            &["quantity", CASE, "--no-roles"],
            &["reading", CASE, "--without-values"],
            &["export", CASE, "--out", "/x"],
        ] {
            let args: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(Question::from_args(&args), None, "{words:?}");
        }
    }
}
