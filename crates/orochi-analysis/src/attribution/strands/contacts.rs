//! Contacts: rare ones that both numbers have, and whether the two were in contact with each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::datatypes::Int64Type;
use orochi_model::{locator::Locator, problem::Problem};

use super::{StrandParties, StrandReason};
use crate::attribution::Settings;
use crate::tables::{RowColumns, Tables, list, numbers, rfc3339, texts, times};
use crate::time_span::TimeSpan;

/// One contact between the line and a candidate.
struct DirectContact {
    /// Seconds since 1970 UTC.
    at: i64,
    /// Whether the candidate began it.
    from_candidate: bool,
    row: Locator,
}

/// One contact between a candidate and another line.
pub(in crate::attribution) struct OtherLineContact {
    /// Seconds since 1970 UTC.
    pub at: i64,
    number: String,
    row: Locator,
}

/// What was in contact with what.
pub(in crate::attribution) struct CandidateContacts {
    /// Contacts of each place: the other number, with the earliest row.
    of: Vec<BTreeMap<String, (i64, Locator)>>,
    /// How many numbers are in contact with those that the line and a candidate share.
    reach: HashMap<String, u64>,
    direct: Vec<Vec<DirectContact>>,
    /// Contacts of each place with other lines.
    elsewhere: Vec<Vec<OtherLineContact>>,
    /// What the line sent out: seconds since 1970 UTC, with the row.
    made: Vec<(i64, Locator)>,
}

/// The two parties of an event, and the place of each among the line (0) and the candidates.
struct EventSides<'a> {
    a: &'a str,
    b: &'a str,
    place_a: Option<usize>,
    place_b: Option<usize>,
}

impl CandidateContacts {
    pub(super) fn load(tables: &dyn Tables, parties: &StrandParties<'_>) -> Result<Self, Problem> {
        let places = parties.places();
        let count = parties.candidates.len() + 1;
        let mut found = Self {
            of: vec![BTreeMap::new(); count],
            reach: HashMap::new(),
            direct: (0..count).map(|_| Vec::new()).collect(),
            elsewhere: (0..count).map(|_| Vec::new()).collect(),
            made: Vec::new(),
        };
        let names = list(parties.all());
        let sql = format!(
            "SELECT a, b, start, exhibit, sheet, \"row\" FROM events WHERE kind <> 'data' AND a IS NOT NULL AND b IS \
             NOT NULL AND a <> b AND (a IN ({names}) OR b IN ({names})) AND start >= TIMESTAMP '1990-01-01T00:00:00Z'"
        );
        tables.stream(&sql, &mut |batch| {
            let (a, b, rows) = (texts(&batch, "a")?, texts(&batch, "b")?, RowColumns::from_batch(&batch)?);
            let start = times(&batch, "start")?;
            for i in 0..batch.num_rows() {
                let (Some(a), Some(b)) = (a.get(i), b.get(i)) else { continue };
                for (one, other) in [(a, b), (b, a)] {
                    let Some(place) = places.get(one).filter(|_| parties.is_other_line(other)) else { continue };
                    let at = start.value(i).div_euclid(1_000_000);
                    found.elsewhere[*place].push(OtherLineContact { at, number: other.to_owned(), row: rows.get(i) });
                }
                let sides = EventSides { a, b, place_a: places.get(a).copied(), place_b: places.get(b).copied() };
                found.add_event(&sides, start.value(i), rows.get(i));
            }
            Ok(())
        })?;
        found.direct.iter_mut().for_each(|all| all.sort_by(|x, y| (x.at, &x.row).cmp(&(y.at, &y.row))));
        found.elsewhere.iter_mut().for_each(|all| all.sort_by(|x, y| (x.at, &x.row).cmp(&(y.at, &y.row))));
        found.made.sort();
        found.count_reach(tables)?;
        Ok(found)
    }

    fn add_event(&mut self, sides: &EventSides<'_>, start: i64, row: Locator) {
        let at = start.div_euclid(1_000_000);
        if sides.place_a == Some(0) {
            self.made.push((at, row.clone()));
        }
        match (sides.place_a, sides.place_b) {
            (Some(0), Some(0)) => return,
            (Some(0), Some(other)) => {
                self.direct[other].push(DirectContact { at, from_candidate: false, row: row.clone() })
            }
            (Some(other), Some(0)) => {
                self.direct[other].push(DirectContact { at, from_candidate: true, row: row.clone() })
            }
            _ => {}
        }
        for (place, other) in [(sides.place_a, sides.b), (sides.place_b, sides.a)] {
            let Some(place) = place else { continue };
            let first = self.of[place].entry(other.to_owned()).or_insert_with(|| (at, row.clone()));
            if (at, &row) < (first.0, &first.1) {
                *first = (at, row.clone());
            }
        }
    }

    /// Counts how many numbers are in contact with those shared.
    fn count_reach(&mut self, tables: &dyn Tables) -> Result<(), Problem> {
        let mut shared: BTreeSet<&str> = BTreeSet::new();
        for of in &self.of[1..] {
            shared.extend(of.keys().filter(|other| self.of[0].contains_key(*other)).map(String::as_str));
        }
        let names = list(shared.iter().copied());
        let sql = format!(
            "SELECT y, count(DISTINCT x) AS n FROM (SELECT a AS x, b AS y FROM events WHERE b IN ({names}) UNION ALL \
             SELECT b AS x, a AS y FROM events WHERE a IN ({names})) GROUP BY y"
        );
        let mut reach = HashMap::new();
        tables.stream(&sql, &mut |batch| {
            let (other, n) = (texts(&batch, "y")?, numbers::<Int64Type>(&batch, "n")?);
            for row in 0..batch.num_rows() {
                if let Some(other) = other.get(row) {
                    reach.insert(other.to_owned(), n.value(row).unsigned_abs());
                }
            }
            Ok(())
        })?;
        self.reach = reach;
        Ok(())
    }

    /// Rare contacts that a candidate and the line share, at whatever time: the first row of the line with
    /// each, and of the candidate.
    pub(super) fn rare_shared(&self, place: usize, settings: &Settings) -> Vec<[&Locator; 2]> {
        let is_rare = |other: &String| self.reach.get(other).is_some_and(|reach| *reach as f64 <= settings.rare);
        let shared =
            self.of[0].iter().filter_map(|(other, line)| Some((other, &line.1, &self.of[place].get(other)?.1)));
        shared.filter(|(other, _, _)| is_rare(other)).map(|(_, line, own)| [line, own]).collect()
    }

    /// Contacts in common with the line, each by how few numbers are in contact with it (1 for one only, less by the
    /// logarithm), and how many contacts a candidate has.
    pub(in crate::attribution) fn in_common(&self, place: usize) -> (f64, usize) {
        let own = &self.of[place];
        let worth = |other: &String| 1.0 / (1.0 + self.reach.get(other).copied().unwrap_or(1).max(1) as f64).log2();
        (own.keys().filter(|other| self.of[0].contains_key(*other)).map(worth).sum(), own.len())
    }

    /// Places in `numbers`, the candidates, of those with whom each of them was in contact.
    pub(in crate::attribution) fn mutual_contacts(&self, numbers: &[&str]) -> Vec<Vec<usize>> {
        // What two candidates have with each other stands with both.
        let of = |one: usize| {
            let others = (0..numbers.len()).filter(|other| *other != one);
            others.filter(|other| self.of[one + 1].contains_key(numbers[*other])).collect()
        };
        (0..numbers.len()).map(of).collect()
    }

    /// Whether a candidate was in contact with others whose phones go with the line's, which are `line_holders`.
    pub(super) fn acquaintance_reasons(&self, place: usize, line_holders: &[&str]) -> Vec<StrandReason> {
        if line_holders.is_empty() {
            return Vec::new();
        }
        let known: Vec<(&str, &Locator)> =
            line_holders.iter().filter_map(|number| Some((*number, &self.of[place].get(*number)?.1))).collect();
        let others =
            if line_holders.len() == 1 { "the number whose phone moves" } else { "the numbers whose phones move" };
        if known.is_empty() {
            let text = format!(
                "The data held shows no contact of this number with {others} with the line's phone at other times \
                 ({}).",
                line_holders.join(", ")
            );
            return vec![StrandReason::opposing(text, Vec::new())];
        }
        let names: Vec<&str> = known.iter().map(|one| one.0).collect();
        let text = format!(
            "This number was in contact with {} of {} other numbers whose phones move with the line's phone at other \
             times ({}). People who take turns with a line's phone know each other. So do friends and families.",
            known.len(),
            line_holders.len(),
            names.join(", ")
        );
        vec![StrandReason::supporting(text, known.into_iter().map(|one| one.1.clone()).collect())]
    }

    /// What they say.
    pub(super) fn shared_reasons(&self, place: usize, settings: &Settings) -> Vec<StrandReason> {
        let rare = self.rare_shared(place, settings);
        if rare.is_empty() {
            return Vec::new();
        }
        let numbers = if rare.len() == 1 { "number is" } else { "numbers are" };
        let text = format!(
            "{} {numbers} in contact with both the line and this number, and with no more than {} numbers in the data \
             held. Anyone who works with the person using the line would also share these contacts.",
            rare.len(),
            settings.rare
        );
        let rows = rare.into_iter().flatten().cloned().collect();
        vec![StrandReason::supporting(text, rows)]
    }

    /// Whether a candidate and the line were in contact with each other in a spell.
    pub(super) fn direct_reasons(&self, place: usize, span: TimeSpan) -> Result<Vec<StrandReason>, Problem> {
        let all: Vec<&DirectContact> = self.direct[place].iter().filter(|one| span.has(one.at)).collect();
        let Some(first) = all.first() else {
            let text = "The data held shows no contact between the line and this number in this period.";
            return Ok(vec![StrandReason::supporting(text.to_owned(), Vec::new())]);
        };
        let begun = all.iter().filter(|one| one.from_candidate).count();
        let text = format!(
            "The line and this number were in contact with each other {} in this period, first at {}. This number \
             started {begun} of these contacts. One person's two phones seldom ring each other. The phones of other \
             people connected with the line do ring it.",
            times_of(all.len()),
            rfc3339(first.at * 1_000_000)?,
        );
        Ok(vec![StrandReason::opposing(text, all.iter().map(|one| one.row.clone()).collect())])
    }

    /// Contacts of a candidate with other lines, in order of time.
    pub(in crate::attribution) fn elsewhere(&self, place: usize) -> &[OtherLineContact] {
        &self.elsewhere[place]
    }

    /// Whether a candidate was in contact with another line in a spell.
    pub(super) fn other_line_reasons(&self, place: usize, span: TimeSpan) -> Result<Vec<StrandReason>, Problem> {
        let all: Vec<&OtherLineContact> = self.elsewhere[place].iter().filter(|one| span.has(one.at)).collect();
        let Some(first) = all.first() else { return Ok(Vec::new()) };
        let numbers: BTreeSet<&str> = all.iter().map(|one| one.number.as_str()).collect();
        let text = format!(
            "This number was in contact with other suspected lines ({}) {} in this period, first at {}. A person who \
             works for, or buys from, another line is less likely to be using this line's phone.",
            numbers.into_iter().collect::<Vec<_>>().join(", "),
            times_of(all.len()),
            rfc3339(first.at * 1_000_000)?,
        );
        Ok(vec![StrandReason::opposing(text, all.iter().map(|one| one.row.clone()).collect())])
    }

    /// When a candidate and the line were in contact, seconds since 1970 UTC.
    pub(in crate::attribution) fn times(&self, place: usize) -> impl Iterator<Item = i64> {
        self.direct[place].iter().map(|one| one.at)
    }

    /// What the line sent out between two instants (seconds since 1970 UTC, the end included).
    pub(super) fn made_between(&self, from: i64, to: i64) -> &[(i64, Locator)] {
        let begin = self.made.partition_point(|one| one.0 < from);
        let end = self.made.partition_point(|one| one.0 <= to);
        &self.made[begin..end.max(begin)]
    }
}

fn times_of(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}
