//! Calls at the same time: one person seldom holds two.
//!
//! How many overlap by chance is counted with the candidate's calls put forward and back by one to three days.

use orochi_model::{locator::Locator, problem::Problem, sentence::counted};

use super::{StrandParties, StrandReason};
use crate::attribution::Settings;
use crate::tables::{RowColumns, Tables, list, numbers, rfc3339, texts, times, value};
use crate::time_span::TimeSpan;

/// An answered call: seconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct AnsweredCall {
    from: i64,
    to: i64,
    row: Locator,
}

/// Answered calls of each place, without those between a candidate and the line.
pub(super) struct AnsweredCalls(Vec<Vec<AnsweredCall>>);

impl AnsweredCalls {
    pub(super) fn load(tables: &dyn Tables, parties: &StrandParties<'_>) -> Result<Self, Problem> {
        let places = parties.places();
        let mut calls = vec![Vec::new(); parties.candidates.len() + 1];
        let names = list(parties.all());
        let sql = format!(
            "SELECT a, b, start, duration_s, exhibit, sheet, \"row\" FROM events WHERE kind = 'call' AND duration_s > \
             0 AND (outcome = 'answered' OR outcome IS NULL) AND (a IN ({names}) OR b IN ({names}))"
        );
        tables.stream(&sql, &mut |batch| {
            let (a, b, rows) = (texts(&batch, "a")?, texts(&batch, "b")?, RowColumns::from_batch(&batch)?);
            let (start, duration) =
                (times(&batch, "start")?, numbers::<arrow::datatypes::Int32Type>(&batch, "duration_s")?);
            for i in 0..batch.num_rows() {
                let of = |name: Option<&str>| name.and_then(|name| places.get(name)).copied();
                let (a, b) = (of(a.get(i)), of(b.get(i)));
                if a.is_some() && b.is_some() && (a == Some(0) || b == Some(0)) {
                    continue;
                }
                let from = start.value(i).div_euclid(1_000_000);
                let call =
                    AnsweredCall { from, to: from + i64::from(value(&duration, i).unwrap_or(0)), row: rows.get(i) };
                [a, b].into_iter().flatten().for_each(|place| calls[place].push(call.clone()));
            }
            Ok(())
        })?;
        calls.iter_mut().for_each(|all| all.sort());
        Ok(Self(calls))
    }

    pub(super) fn reasons(
        &self,
        place: usize,
        span: TimeSpan,
        settings: &Settings,
    ) -> Result<Vec<StrandReason>, Problem> {
        let of =
            |place: usize| -> Vec<&AnsweredCall> { self.0[place].iter().filter(|call| span.has(call.from)).collect() };
        let (line, own) = (of(0), of(place));
        let least = settings.overlap_s as i64;
        let found = overlapping(&line, &own, 0, least);
        if let Some((first, _)) = found.first() {
            let text = format!(
                "On {}, the line and this number were each in an answered call with another number at the same time \
                 for {least} seconds or more, first at {}. One person seldom holds two calls at once.",
                counted(found.len(), "occasion", "occasions"),
                rfc3339(first.from * 1_000_000)?,
            );
            return Ok(vec![StrandReason::opposing(
                text,
                found.iter().flat_map(|(a, b)| [a.row.clone(), b.row.clone()]).collect(),
            )]);
        }
        let days = [-3, -2, -1, 1, 2, 3];
        let chance: usize = days.iter().map(|day| overlapping(&line, &own, day * 86_400, least).len()).sum();
        let expected = chance as f64 / days.len() as f64;
        if expected < 1.0 {
            return Ok(Vec::new());
        }
        let text = format!(
            "None of the line's {} answered calls in this period overlaps one of this number's {}. Shifting this \
             number's calls by one to three days gives an average of {expected:.1} overlaps, which is what chance \
             would produce.",
            line.len(),
            own.len()
        );
        Ok(vec![StrandReason::supporting(text, Vec::new())])
    }
}

/// Pairs of calls that overlap, the second ones put forward by so many seconds. Both lists are in order of time.
fn overlapping<'a>(
    line: &[&'a AnsweredCall],
    own: &[&'a AnsweredCall],
    shift_s: i64,
    least: i64,
) -> Vec<(&'a AnsweredCall, &'a AnsweredCall)> {
    // No call lasts longer than this.
    let longest = own.iter().map(|call| call.to - call.from).max().unwrap_or(0);
    let mut found = Vec::new();
    for one in line {
        let begin = own.partition_point(|call| call.from + shift_s < one.from - longest);
        for other in own[begin..].iter().take_while(|other| other.from + shift_s < one.to) {
            if one.to.min(other.to + shift_s) - one.from.max(other.from + shift_s) >= least {
                found.push((*one, *other));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_overlap_by_enough() {
        let call = |from, to| AnsweredCall { from, to, row: Locator::from_columns("", None, 0) };
        let (line, own) = ([call(0, 100), call(500, 600)], [call(80, 90), call(90, 400), call(540, 900)]);
        let (line, own): (Vec<&AnsweredCall>, Vec<&AnsweredCall>) = (line.iter().collect(), own.iter().collect());
        let found: Vec<(i64, i64)> = overlapping(&line, &own, 0, 30).iter().map(|(a, b)| (a.from, b.from)).collect();
        assert_eq!(found, vec![(500, 540)]);
        assert_eq!(overlapping(&line, &own, 0, 10).len(), 3);
        assert_eq!(overlapping(&line, &own, 86_400, 10).len(), 0);
    }
}
