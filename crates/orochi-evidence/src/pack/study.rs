//! What the documents of a pack share: the line, its communications in the period, and what the methods find. Each part
//! is worked out once, and only when a document asks for it.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use orochi_analysis::{attribution, facts::burst::BurstRule, lines, quantity, roles, succession};
use orochi_case::{Engine, reading};
use orochi_casework::Investigation;
use orochi_model::problem::Problem;

use super::{
    bursts::bulk_texts,
    line::{self, LineEvent, LineNumber, Unknown},
    text::moment,
};

/// The line and its data.
pub struct Study<'a> {
    /// The case's tables, with events and presences.
    pub engine: &'a Engine,
    /// What the methods find.
    pub investigation: &'a Investigation<'a>,
    /// Numbers of the line, first seen first.
    pub numbers: Vec<LineNumber>,
    /// The numbers asked for that are in no communication.
    pub unknown: Vec<Unknown>,
    /// How much the line sold, where figures were entered.
    pub quantity: Option<quantity::QuantityReport>,
    /// How the files were read that the documents rest on (see [`Study::read`]); empty where nobody asked.
    pub readings: Vec<reading::Report>,
    /// Pairs of numbers.
    pub pairs: &'a succession::SuccessionReport,
    /// The period asked for, microseconds UTC, the end excluded; none where the whole is meant.
    pub from: Option<i64>,
    /// See `from`.
    pub to: Option<i64>,
    asked: Vec<String>,
    all: Vec<LineEvent>,
    findings: OnceCell<Vec<lines::LineFinding>>,
    attributed: OnceCell<Arc<attribution::AttributionReport>>,
}

/// Fills a cell once.
fn once<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, Problem>) -> Result<&T, Problem> {
    if cell.get().is_none() {
        let _ = cell.set(make()?);
    }
    cell.get().ok_or_else(|| Problem::bug("a part of the study was made but cannot be found"))
}

impl<'a> Study<'a> {
    /// Finds the line and reads its communications. A number that is in none is no error: the documents say so.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn from_investigation(
        investigation: &'a Investigation<'a>,
        asked: &[String],
        period: (Option<i64>, Option<i64>),
    ) -> Result<Self, Problem> {
        let (from, to) = period;
        let engine = investigation.engine();
        investigation.presences()?;
        let pairs = investigation.succession()?;
        let (numbers, unknown) = line::resolve(investigation, asked)?;
        let all = line::events(engine, &numbers)?;
        Ok(Self {
            engine,
            investigation,
            numbers,
            unknown,
            asked: asked.to_vec(),
            quantity: None,
            readings: Vec::new(),
            pairs,
            from,
            to,
            all,
            findings: OnceCell::new(),
            attributed: OnceCell::new(),
        })
    }

    /// Works out how the files were read that hold the line's communications of the period, and those that place cells.
    ///
    /// # Errors
    /// When the catalogue or a native file cannot be read.
    pub fn read(&mut self) -> Result<(), Problem> {
        let case = self.investigation.case();
        let records = self.events().iter().flat_map(|event| &event.records);
        let named: BTreeSet<String> = records.map(|record| record.row.exhibit.to_string()).collect();
        for exhibit in case.exhibits()? {
            let holds = |table: &str| exhibit.tables.iter().any(|name| name == table);
            let places = holds("postcodes") || (holds("cells") && !holds("records") && !holds("excess"));
            if places || named.contains(&exhibit.label) {
                self.readings.push(reading::report(case, self.engine, &exhibit)?);
            }
        }
        Ok(())
    }

    /// The line's communications in the period, in order of time.
    pub fn events(&self) -> &[LineEvent] {
        let first = self.all.partition_point(|event| self.from.is_some_and(|from| event.start < from));
        let last = self.all.partition_point(|event| self.to.is_none_or(|to| event.start < to));
        self.all.get(first..last.max(first)).unwrap_or_default()
    }

    /// The line's communications in all the data held.
    pub fn all_events(&self) -> &[LineEvent] {
        &self.all
    }

    /// Whether an instant lies in the period asked for.
    pub fn in_period(&self, at: i64) -> bool {
        self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to)
    }

    /// Whether a number is the line's.
    pub fn is_line(&self, number: Option<&str>) -> bool {
        number.is_some_and(|number| self.numbers.iter().any(|one| one.number == number))
    }

    /// The period in words: the one asked for, or that of the data.
    ///
    /// # Errors
    /// When an instant is outside the calendar.
    pub fn period(&self) -> Result<String, Problem> {
        let full = |at: i64| Ok::<_, Problem>(moment(at)?.full());
        let first = self.from.or(self.held().map(|held| held.0)).map(full).transpose()?;
        let last = self.to.map(|to| to - 1_000_000).or(self.held().map(|held| held.1)).map(full).transpose()?;
        let ends = match (first, last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            (Some(first), None) => format!("from {first}"),
            (None, Some(last)) => format!("up to {last}"),
            (None, None) => return Ok("all the data held".to_owned()),
        };
        Ok(match (self.from, self.to) {
            (None, None) => format!("all the data held: {ends}"),
            _ => format!("{ends}, as requested"),
        })
    }

    /// First and last communication of the line in all the data held.
    pub fn held(&self) -> Option<(i64, i64)> {
        Some((self.all.first()?.start, self.all.last()?.start))
    }

    /// What is missing from every document: a number asked for that is in no communication.
    pub fn missing(&self) -> Vec<String> {
        self.unknown.iter().map(|one| one.words.clone()).collect()
    }

    /// The line in words: its numbers in order, or those asked for where none is in the data.
    pub fn name(&self) -> String {
        if self.numbers.is_empty() {
            return self.asked.join(", ");
        }
        let names: Vec<&str> = self.numbers.iter().map(|one| one.number.as_str()).collect();
        names.join(", then ")
    }

    /// What the method `lines` says of each of the line's numbers, in their order.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn findings(&self) -> Result<&Vec<lines::LineFinding>, Problem> {
        once(&self.findings, || {
            let report = self.investigation.lines()?;
            let mut found = BTreeMap::new();
            let wanted: BTreeSet<&str> = self.numbers.iter().map(|one| one.number.as_str()).collect();
            for finding in report.findings() {
                let finding = finding?;
                if wanted.contains(finding.number.as_str()) {
                    found.insert(finding.number.clone(), finding);
                    if found.len() == wanted.len() {
                        break;
                    }
                }
            }
            Ok(self.numbers.iter().filter_map(|one| found.remove(&one.number)).collect())
        })
    }

    /// What makes a burst, in every document.
    pub fn burst_rule(&self) -> BurstRule {
        self.investigation.book().lines.burst_rule()
    }

    /// The line's customer base in the period, as the documents list it: canonical numbers, sorted.
    pub fn customer_base(&self) -> Vec<String> {
        let base = bulk_texts(self, self.burst_rule()).base;
        let mut numbers: Vec<String> = base.iter().map(|member| member.number.to_owned()).collect();
        numbers.sort_unstable();
        numbers
    }

    /// Links between the line's numbers.
    pub fn links(&self) -> Vec<&succession::SuccessionFinding> {
        let ours = |number: &str| self.is_line(Some(number));
        let pairs = self.pairs.findings.iter();
        let mut links: Vec<_> = pairs.filter(|pair| pair.linked && ours(&pair.from) && ours(&pair.to)).collect();
        links.sort_by(|x, y| (&x.began, &x.from, &x.to).cmp(&(&y.began, &y.from, &y.to)));
        links
    }

    /// Whose phones go with the line's, spell by spell, in all the data held.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn attributed(&self) -> Result<&attribution::AttributionReport, Problem> {
        let numbers: Vec<String> = self.numbers.iter().map(|one| one.number.clone()).collect();
        Ok(once(&self.attributed, || self.investigation.attribution(&numbers))?)
    }

    /// Who does what for lines, and who may need protection.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn roles(&self) -> Result<&roles::RolesReport, Problem> {
        self.investigation.roles()
    }

    /// Referrals for numbers around this line.
    ///
    /// # Errors
    /// As [`Study::roles`].
    pub fn referrals(&self) -> Result<Vec<&roles::Referral>, Problem> {
        Ok(self.roles()?.safeguarding.iter().filter(|one| self.is_line(Some(&one.line))).collect())
    }
}
