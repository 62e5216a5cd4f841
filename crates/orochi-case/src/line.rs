//! Lines that persons opened: a stable id, a name, and numbers with their periods, as the decisions in force say.
//!
//! A method that runs again never alters a line here.

use orochi_model::{identifier, problem::Problem};
use orochi_tables::cell_text::time_text;
use serde::Serialize;

use crate::{
    case::Case,
    decision::{self, Choice, Decision},
};

/// A line as the decisions in force have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseLine {
    /// Its stable id, for example `LN0001`; never given twice.
    pub line: String,
    /// Its name; empty once the decision that opened it was taken back.
    pub name: String,
    /// Its numbers, in the order of the decisions.
    pub numbers: Vec<NumberPeriod>,
    /// When it was opened, RFC 3339, UTC.
    pub opened: String,
    /// By whom.
    pub opened_by: String,
}

/// A number of a line, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberPeriod {
    /// Canonical text.
    pub number: String,
    /// First instant, RFC 3339, UTC; open when none.
    pub from: Option<String>,
    /// First instant after it, RFC 3339, UTC; open when none.
    pub to: Option<String>,
    /// The decision that says so.
    pub decision: u64,
}

impl CaseLine {
    /// A line whose opening was taken back.
    pub(crate) fn closed(label: &str) -> Self {
        Self {
            line: label.to_owned(),
            name: String::new(),
            numbers: Vec::new(),
            opened: String::new(),
            opened_by: String::new(),
        }
    }
}

/// The lines that decisions in force have opened, in the order of their labels.
pub(crate) fn from_decisions(decisions: &[Decision]) -> Vec<CaseLine> {
    let mut lines: Vec<CaseLine> = Vec::new();
    for decision in decisions.iter().filter(|decision| decision.undone_by.is_none()) {
        let Some(label) = &decision.line else { continue };
        if let Choice::OpenLine { name } = &decision.choice {
            lines.push(CaseLine {
                name: name.clone(),
                opened: decision.decided.clone(),
                opened_by: decision.actor.name.clone(),
                ..CaseLine::closed(label)
            });
            continue;
        }
        let Some(line) = lines.iter_mut().find(|line| line.line == *label) else { continue };
        match &decision.choice {
            Choice::RenameLine { name } => line.name.clone_from(name),
            Choice::AddNumber { number, from_us, to_us } => line.numbers.push(NumberPeriod {
                number: number.clone(),
                from: from_us.map(time_text),
                to: to_us.map(time_text),
                decision: decision.decision,
            }),
            Choice::OpenLine { .. } | Choice::Undo { .. } => {}
        }
    }
    lines
}

/// The line of this label.
pub(crate) fn labelled(decisions: &[Decision], label: &str) -> Result<CaseLine, Problem> {
    let found = from_decisions(decisions).into_iter().find(|line| line.line.eq_ignore_ascii_case(label.trim()));
    found.ok_or_else(|| {
        Problem::user(format!("there is no line {}", label.trim())).hint("`orochi line list` shows the lines of a case")
    })
}

/// Refuses a choice that contradicts decisions in force.
pub(crate) fn check(decisions: &[Decision], label: &str, choice: &Choice) -> Result<(), Problem> {
    match choice {
        Choice::OpenLine { name } | Choice::RenameLine { name } if name.trim().is_empty() => {
            Err(Problem::user("a line needs a name").hint("give one with --name"))
        }
        Choice::OpenLine { .. } | Choice::RenameLine { .. } => Ok(()),
        Choice::AddNumber { number, from_us, to_us } => {
            if identifier::read(number).as_ref() != Ok(number) {
                return Err(Problem::bug("a line's number is not in its canonical text").at(number));
            }
            if let (Some(from), Some(to)) = (from_us, to_us)
                && from >= to
            {
                return Err(Problem::user("the number's period ends before it begins").at(number));
            }
            free(decisions, number, from_us.unwrap_or(i64::MIN), to_us.unwrap_or(i64::MAX))
        }
        Choice::Undo { decision } => undoable(decisions, label, *decision),
    }
}

/// A number belongs to one line at a time.
fn free(decisions: &[Decision], number: &str, from: i64, to: i64) -> Result<(), Problem> {
    let taken = decisions.iter().filter(|decision| decision.undone_by.is_none()).find(|decision| {
        let Choice::AddNumber { number: other, from_us, to_us } = &decision.choice else { return false };
        other == number && from < to_us.unwrap_or(i64::MAX) && from_us.unwrap_or(i64::MIN) < to
    });
    match taken {
        None => Ok(()),
        Some(decision) => Err(Problem::user(format!(
            "{number} belongs to {} in that period already",
            decision.line.as_deref().unwrap_or("a line")
        ))
        .because(format!("decision {} says so", decision.decision))
        .hint("give another period with --from and --to, or take that decision back first with `orochi line undo`")),
    }
}

fn undoable(decisions: &[Decision], label: &str, number: u64) -> Result<(), Problem> {
    let hint = "`orochi line show` lists the decisions about a line";
    let Some(undone) = decisions.iter().find(|decision| decision.decision == number) else {
        return Err(Problem::user(format!("there is no decision {number}")).hint(hint));
    };
    if undone.line.as_deref() != Some(label) {
        let about = undone.line.as_deref().unwrap_or("no line");
        return Err(Problem::user(format!("decision {number} is about {about}, not about {label}")).hint(hint));
    }
    if let Some(by) = undone.undone_by {
        return Err(Problem::user(format!("decision {number} was taken back already, by decision {by}")).hint(hint));
    }
    match undone.choice {
        Choice::Undo { .. } => Err(Problem::user(format!("decision {number} took another one back"))
            .hint("to restore what that one said, decide it again")),
        Choice::OpenLine { .. } => {
            let rest: Vec<String> = decisions
                .iter()
                .filter(|one| one.line.as_deref() == Some(label) && one.undone_by.is_none())
                .filter(|one| one.decision != number && !matches!(one.choice, Choice::Undo { .. }))
                .map(|one| one.decision.to_string())
                .collect();
            if rest.is_empty() {
                return Ok(());
            }
            Err(Problem::user(format!("other decisions about {label} are in force: {}", rest.join(", ")))
                .hint("take those back first, then the one that opened the line"))
        }
        _ => Ok(()),
    }
}

impl Case {
    /// The lines that persons opened, in the order of their labels.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn lines(&self) -> Result<Vec<CaseLine>, Problem> {
        Ok(from_decisions(&decision::list(&self.connection())?))
    }

    /// The numbers of a line that a person opened, where `id` has the form of a line's id; none where it has not.
    ///
    /// # Errors
    /// User kind when no line in force has the id, or it has no number.
    pub fn line_numbers(&self, id: &str) -> Result<Option<Vec<String>>, Problem> {
        let digits = id.strip_prefix("LN").or_else(|| id.strip_prefix("ln"));
        if !digits.is_some_and(|digits| digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())) {
            return Ok(None);
        }
        let (line, _) = self.line(id)?;
        let mut numbers: Vec<String> = Vec::new();
        for number in line.numbers {
            if !numbers.contains(&number.number) {
                numbers.push(number.number);
            }
        }
        if numbers.is_empty() {
            let problem = Problem::user(format!("{} has no number yet", line.line));
            return Err(problem.hint("`orochi line number` adds one"));
        }
        Ok(Some(numbers))
    }

    /// The line of this label, and all decisions about it.
    ///
    /// # Errors
    /// User kind when no line in force has the label.
    pub fn line(&self, label: &str) -> Result<(CaseLine, Vec<Decision>), Problem> {
        let decisions = decision::list(&self.connection())?;
        let line = labelled(&decisions, label)?;
        let about = decisions.into_iter().filter(|decision| decision.line.as_deref() == Some(&line.line)).collect();
        Ok((line, about))
    }
}

#[cfg(test)]
mod tests;
