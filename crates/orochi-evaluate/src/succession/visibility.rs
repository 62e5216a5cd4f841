//! What the data of a run shows of the numbers that matter: a step that nobody could see is neither found nor missed.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use orochi_analysis::tables::Tables;
use orochi_case::literal;
use orochi_model::problem::Problem;

/// A number with fewer communications is hardly seen.
pub(super) const LEAST: i64 = 10;
/// Numbers in contact with both of a step, fewer of which leave nothing to go by.
pub(super) const LEAST_SHARED: usize = 2;

/// Communications of each number, and whom it was in contact with.
#[derive(Debug, Default)]
pub(super) struct Visibility {
    of: BTreeMap<String, (i64, BTreeSet<String>)>,
}

impl Visibility {
    pub(super) fn load<'a>(tables: &dyn Tables, numbers: impl Iterator<Item = &'a str>) -> Result<Self, Problem> {
        let wanted: BTreeSet<&str> = numbers.collect();
        let mut seen = Self::default();
        if wanted.is_empty() {
            return Ok(seen);
        }
        let list: Vec<String> = wanted.iter().map(|number| literal(number)).collect();
        let list = list.join(", ");
        let sql = format!(
            "SELECT a, b, count(*) AS n FROM events WHERE a IS NOT NULL AND b IS NOT NULL AND a <> b AND (a IN \
             ({list}) OR b IN ({list})) GROUP BY a, b"
        );
        let bug = |error: arrow::error::ArrowError| Problem::bug("events cannot be counted").because(error);
        tables.stream(&sql, &mut |batch| {
            let column = |place: usize, kind: &DataType| cast(batch.column(place), kind).map_err(bug);
            let (a, b, n) = (column(0, &DataType::Utf8)?, column(1, &DataType::Utf8)?, column(2, &DataType::Int64)?);
            let (a, b, n) = (a.as_string::<i32>(), b.as_string::<i32>(), n.as_primitive::<Int64Type>());
            for row in 0..batch.num_rows() {
                for (one, other) in [(a.value(row), b.value(row)), (b.value(row), a.value(row))] {
                    if wanted.contains(one) {
                        let entry = seen.of.entry(one.to_owned()).or_default();
                        entry.0 += n.value(row);
                        entry.1.insert(other.to_owned());
                    }
                }
            }
            Ok(())
        })?;
        Ok(seen)
    }

    /// Whether a number is in the data often enough.
    pub(super) fn often(&self, number: &str) -> bool {
        self.of.get(number).is_some_and(|it| it.0 >= LEAST)
    }

    /// How many numbers are in contact with both.
    pub(super) fn shared(&self, a: &str, b: &str) -> usize {
        match (self.of.get(a), self.of.get(b)) {
            (Some(a), Some(b)) => a.1.intersection(&b.1).count(),
            _ => 0,
        }
    }
}
