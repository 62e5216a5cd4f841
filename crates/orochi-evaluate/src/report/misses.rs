//! What went wrong, number by number: for whoever works on the method.

use serde::Serialize;

use crate::{
    condition::DataHeld,
    outcome::{LinesOutcome, SeenNumber},
    study_row::LinesRow,
};

/// A line that was not found, or a number that was flagged and is no line's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Miss {
    /// The scenario's name and the seed.
    pub folder: String,
    /// Whose data was held.
    pub held: DataHeld,
    /// Days of data.
    pub days: u32,
    /// `not found` or `false alarm`.
    pub what: &'static str,
    /// The line's id, style, sending and size; what the number is.
    pub which: String,
    /// The line's judged number with the highest score; the number.
    pub number: String,
    /// Its score.
    pub score: f64,
    /// Place in the list; none for a false alarm.
    pub rank: Option<u64>,
    /// Communications received; none for a false alarm.
    pub received: Option<u32>,
}

/// Every miss, in the order of the rows.
pub fn misses(rows: &[LinesRow]) -> Vec<Miss> {
    let mut misses = Vec::new();
    for row in rows {
        // With three customers' data a flag is not what is asked for; ranks are.
        for outcome in row.outcomes.iter().filter(|outcome| outcome.held != DataHeld::ThreeCustomers) {
            let folder = format!("{} seed {}", row.folder.scenario, row.folder.seed);
            add_misses_of(outcome, &folder, &mut misses);
        }
    }
    misses
}

fn add_misses_of(outcome: &LinesOutcome, folder: &str, misses: &mut Vec<Miss>) {
    let miss = |what, which, number: &str, score| Miss {
        folder: folder.to_owned(),
        held: outcome.held,
        days: outcome.days,
        what,
        which,
        number: number.to_owned(),
        score,
        rank: None,
        received: None,
    };
    for line in outcome.lines.iter().filter(|line| line.judged() && !line.found()) {
        let judged = line.numbers.iter().filter(|number| number.judged());
        let Some(best) = judged.max_by(|a: &&SeenNumber, b: &&SeenNumber| a.score.total_cmp(&b.score)) else {
            continue;
        };
        let sends = if line.broadcasts { "broadcasting" } else { "quiet" };
        let which = format!("{} {} {sends} {}", line.id, line.style, line.size);
        let (rank, received) = (Some(best.rank), Some(best.received));
        misses.push(Miss { rank, received, ..miss("not found", which, &best.number, best.score) });
    }
    for alarm in &outcome.false_alarms {
        misses.push(miss("false alarm", alarm.kind.clone(), &alarm.number, alarm.score));
    }
}
