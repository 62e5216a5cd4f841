//! From events to the rows of native files behind them.

use std::collections::{BTreeMap, BTreeSet};

use arrow::datatypes::UInt64Type;
use orochi_model::{evidence::Evidence, problem::Problem};

use crate::tables::{Rows, Tables, numbers};

/// The rows of the wanted events, sorted.
pub(crate) fn of_events(tables: &dyn Tables, wanted: &BTreeSet<u32>) -> Result<BTreeMap<u32, Vec<Evidence>>, Problem> {
    let mut rows: BTreeMap<u32, Vec<Evidence>> = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(rows);
    }
    tables.stream("SELECT event, exhibit, sheet, \"row\" FROM event_records", &mut |batch| {
        let (event, places) = (numbers::<UInt64Type>(&batch, "event")?, Rows::of(&batch)?);
        for i in 0..batch.num_rows() {
            let Some(id) = u32::try_from(event.value(i)).ok().filter(|id| wanted.contains(id)) else { continue };
            rows.entry(id).or_default().push(places.get(i));
        }
        Ok(())
    })?;
    rows.values_mut().for_each(|list| list.sort());
    Ok(rows)
}
