//! What identifies the line: numbers, SIMs, handsets, networks, each from rows.

use std::collections::BTreeMap;

use arrow::datatypes::Int64Type;
use orochi_analysis::facts::owner;
use orochi_model::{locator::Locator, problem::Problem};
use orochi_tables::columns::{RowColumns, numbers, texts, times, value};

use super::{
    line::listed,
    study::Study,
    text::{clean, count, moment, row},
};

/// One identifier seen with one number of the line.
#[derive(Clone, Debug)]
pub(super) struct Identifier {
    /// `IMSI`, `IMEI`, `ICCID`, `Network`, `Account`.
    pub kind: &'static str,
    /// As the record has it.
    pub value: String,
    /// The line's number.
    pub number: String,
    /// First and last row's instant, microseconds UTC; none where the row states none.
    pub seen: Option<(i64, i64)>,
    /// Rows that state it.
    pub rows: u64,
    /// The first of them.
    pub first: Locator,
}

impl Identifier {
    /// Cells of a table: kind, value, number, first, last, rows, first row.
    pub fn cells(&self) -> Result<Vec<String>, Problem> {
        let (from, to) = match self.seen {
            Some((from, to)) => (moment(from)?.full(), moment(to)?.full()),
            None => ("not stated".to_owned(), "not stated".to_owned()),
        };
        Ok(vec![
            self.kind.to_owned(),
            clean(&self.value),
            self.number.clone(),
            from,
            to,
            count(self.rows),
            row(&self.first),
        ])
    }
}

/// All that the records, subscriber returns and handset histories state of the line's numbers.
pub(super) fn identifiers_of_line(study: &Study<'_>) -> Result<Vec<Identifier>, Problem> {
    let names = listed(&study.numbers);
    let own = owner::OWNER_SQL;
    let mut all = Vec::new();
    for (kind, column) in [("IMSI", "imsi"), ("IMEI", "imei"), ("Network", "network")] {
        let from = format!(
            "SELECT {own} AS number, {column} AS value, start AS at, exhibit, sheet, \"row\" FROM records WHERE {own} \
             IN ({names})"
        );
        all.extend(read(study, kind, &from)?);
    }
    for (kind, column) in [("IMSI", "imsi"), ("ICCID", "iccid"), ("Account", "account_type")] {
        let from = format!(
            "SELECT number, {column} AS value, \"from\" AS at, exhibit, sheet, \"row\" FROM subscribers WHERE number \
             IN ({names})"
        );
        all.extend(read(study, kind, &from)?);
    }
    for (kind, column) in [("IMSI", "imsi"), ("IMEI", "imei"), ("ICCID", "iccid")] {
        let from = format!(
            "SELECT number, {column} AS value, \"from\" AS at, exhibit, sheet, \"row\" FROM handsets WHERE number IN \
             ({names})"
        );
        all.extend(read(study, kind, &from)?);
    }
    Ok(merged(all))
}

fn read(study: &Study<'_>, kind: &'static str, from: &str) -> Result<Vec<Identifier>, Problem> {
    // The first row of each by exhibit and row, whatever the order in which they come.
    let sql = format!(
        "SELECT number, value, at0, at1, rows, exhibit, sheet, \"row\" FROM (SELECT number, value, exhibit, sheet, \
         \"row\", min(at) OVER (PARTITION BY number, value) AS at0, max(at) OVER (PARTITION BY number, value) AS at1, \
         count(*) OVER (PARTITION BY number, value) AS rows, row_number() OVER (PARTITION BY number, value ORDER BY \
         exhibit, sheet, \"row\") AS place FROM ({from}) WHERE value IS NOT NULL) WHERE place = 1 ORDER BY number, \
         value"
    );
    let mut all = Vec::new();
    for batch in study.engine.query(&sql)? {
        let (number, identifier) = (texts(&batch, "number")?, texts(&batch, "value")?);
        let (from, to) = (times(&batch, "at0")?, times(&batch, "at1")?);
        let (rows, places) = (numbers::<Int64Type>(&batch, "rows")?, RowColumns::from_batch(&batch)?);
        for at in 0..batch.num_rows() {
            let seen = value(&from, at).zip(value(&to, at));
            all.push(Identifier {
                kind,
                value: identifier.get(at).unwrap_or_default().to_owned(),
                number: number.get(at).unwrap_or_default().to_owned(),
                seen,
                rows: u64::try_from(rows.value(at)).unwrap_or_default(),
                first: places.get(at),
            });
        }
    }
    Ok(all)
}

/// One entry for what several kinds of file state.
fn merged(all: Vec<Identifier>) -> Vec<Identifier> {
    let mut of: BTreeMap<(&'static str, String, String), Identifier> = BTreeMap::new();
    for one in all {
        let key = (one.kind, one.number.clone(), one.value.clone());
        match of.get_mut(&key) {
            Some(held) => {
                held.rows += one.rows;
                held.first = held.first.clone().min(one.first);
                held.seen = match (held.seen, one.seen) {
                    (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                    (a, b) => a.or(b),
                };
            }
            None => {
                of.insert(key, one);
            }
        }
    }
    of.into_values().collect()
}
