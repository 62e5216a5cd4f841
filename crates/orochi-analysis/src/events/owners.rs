//! Whose record a row is, where the file does not say: a SIM's own number stands in every row of that SIM.
//!
//! A return that holds both sides of everything often names no side for calls. The row's SIM (IMSI, else handset)
//! belongs to one of its two parties: to the one that is in all of that SIM's rows. A SIM seen with a single
//! other number stays unknown.

use std::collections::HashMap;

use arrow::datatypes::Int64Type;
use orochi_model::problem::Problem;

use crate::tables::{Tables, numbers, texts};

/// Rows of a SIM that its own number may be missing from, in a hundred: a withheld caller, a SIM
/// that was given a new number.
const MISSING_IN_100: i64 = 5;

/// Own numbers of the SIMs that have rows of unknown side.
#[derive(Default)]
pub(super) struct Owners {
    own: HashMap<Box<str>, Box<str>>,
}

#[derive(Default)]
struct SimTally {
    best: Box<str>,
    rows: i64,
    second: i64,
}

impl Owners {
    /// Reads `records`; asks for nothing more where every row tells its side.
    pub(super) fn read(tables: &dyn Tables) -> Result<Self, Problem> {
        let mut unknown = 0;
        let sql = "SELECT count(*) AS n FROM records WHERE side IS NULL AND coalesce(imsi, imei) IS NOT NULL AND kind \
                   <> 'data'";
        tables.stream(sql, &mut |batch| {
            unknown += numbers::<Int64Type>(&batch, "n")?.values().iter().sum::<i64>();
            Ok(())
        })?;
        if unknown == 0 {
            return Ok(Self::default());
        }
        let mut totals: HashMap<Box<str>, i64> = HashMap::new();
        let sql = "SELECT coalesce(imsi, imei) AS sim, count(*) AS n FROM records \
                   WHERE kind <> 'data' AND coalesce(imsi, imei) IS NOT NULL GROUP BY 1";
        tables.stream(sql, &mut |batch| {
            let (sim, n) = (texts(&batch, "sim")?, numbers::<Int64Type>(&batch, "n")?);
            for row in 0..batch.num_rows() {
                totals.insert(sim.get(row).unwrap_or_default().into(), n.value(row));
            }
            Ok(())
        })?;
        let mut tallies: HashMap<Box<str>, SimTally> = HashMap::new();
        let sql = "SELECT sim, number, sum(n) AS n FROM ( \
                   SELECT coalesce(imsi, imei) AS sim, a AS number, count(*) AS n FROM records \
                   WHERE kind <> 'data' AND a IS NOT NULL AND (side IS NULL OR side = 'A') GROUP BY 1, 2 \
                   UNION ALL \
                   SELECT coalesce(imsi, imei), b, count(*) FROM records \
                   WHERE kind <> 'data' AND b IS NOT NULL AND (side IS NULL OR side = 'B') GROUP BY 1, 2 \
                   ) WHERE sim IS NOT NULL GROUP BY 1, 2";
        tables.stream(sql, &mut |batch| {
            let (sim, number) = (texts(&batch, "sim")?, texts(&batch, "number")?);
            let n = numbers::<Int64Type>(&batch, "n")?;
            for row in 0..batch.num_rows() {
                let (Some(sim), Some(number), n) = (sim.get(row), number.get(row), n.value(row)) else { continue };
                let tally = tallies.entry(sim.into()).or_default();
                if n > tally.rows {
                    tally.second = tally.rows;
                    tally.rows = n;
                    tally.best = number.into();
                } else {
                    tally.second = tally.second.max(n);
                }
            }
            Ok(())
        })?;
        let own = tallies
            .into_iter()
            .filter(|(sim, tally)| {
                let total = totals.get(sim).copied().unwrap_or_default();
                tally.rows > tally.second && (total - tally.rows) * 100 <= total * MISSING_IN_100
            })
            .map(|(sim, tally)| (sim, tally.best))
            .collect();
        Ok(Self { own })
    }

    /// The side of a row of that SIM, if it can be told.
    pub(super) fn side(&self, sim: Option<&str>, a: Option<&str>, b: Option<&str>) -> Option<u8> {
        let own = &**self.own.get(sim?)?;
        match (a == Some(own), b == Some(own)) {
            (true, false) => Some(b'A'),
            (false, true) => Some(b'B'),
            _ => None,
        }
    }
}
