//! The first rows of what passed between pairs of numbers, in one pass over the events.

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{locator::Locator, problem::Problem};

use crate::tables::{RowColumns, Tables, texts, times};
use crate::traffic::graph::ContactGraph;

/// Rows by pair, the smaller id first.
pub(super) type RowsByPair = BTreeMap<(u32, u32), Vec<Locator>>;

/// The first `most` rows of each wanted pair, by time.
pub(super) fn rows_by_pair(
    tables: &dyn Tables,
    known: &ContactGraph,
    wanted: &BTreeSet<(u32, u32)>,
    most: usize,
) -> Result<RowsByPair, Problem> {
    let wanted: BTreeSet<(u32, u32)> = wanted.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    let mut found: BTreeMap<(u32, u32), Vec<(i64, Locator)>> = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(RowsByPair::new());
    }
    let sql = "SELECT a, b, start, exhibit, sheet, \"row\" FROM events WHERE a IS NOT NULL AND b IS NOT NULL AND kind \
               <> 'data'";
    tables.stream(sql, &mut |batch| {
        let (a, b, start, rows) =
            (texts(&batch, "a")?, texts(&batch, "b")?, times(&batch, "start")?, RowColumns::from_batch(&batch)?);
        for i in 0..batch.num_rows() {
            let id = |name: Option<&str>| name.and_then(|name| known.find(name));
            let (Some(a), Some(b)) = (id(a.get(i)), id(b.get(i))) else { continue };
            let key = (a.min(b), a.max(b));
            if !wanted.contains(&key) {
                continue;
            }
            let list = found.entry(key).or_default();
            let one = (start.value(i), rows.get(i));
            let place = list.partition_point(|other| *other <= one);
            if place < most {
                list.insert(place, one);
                list.truncate(most);
            }
        }
        Ok(())
    })?;
    Ok(found.into_iter().map(|(pair, list)| (pair, list.into_iter().map(|one| one.1).collect())).collect())
}
