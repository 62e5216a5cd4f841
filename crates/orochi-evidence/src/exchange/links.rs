//! The rows behind each event: `event_records` in the order of its events, walked beside `events`.

use arrow::datatypes::UInt64Type;
use orochi_case::{Engine, engine::Batches};
use orochi_model::{evidence::Evidence, problem::Problem};

use super::{columns::numbers, source::Places};

/// A walk through the links.
pub(crate) struct Links<'a> {
    batches: Batches<'a>,
    batch: Option<(arrow::array::UInt64Array, Places)>,
    row: usize,
}

impl<'a> Links<'a> {
    pub(crate) fn open(engine: &'a Engine) -> Result<Self, Problem> {
        let batches = engine.stream("SELECT * FROM event_records ORDER BY event, exhibit, sheet, \"row\"")?;
        Ok(Self { batches, batch: None, row: 0 })
    }

    /// The rows of an event; events are asked for in ascending order.
    pub(crate) fn of(&mut self, event: u64) -> Result<Vec<Evidence>, Problem> {
        let mut rows = Vec::new();
        loop {
            if self.batch.as_ref().is_none_or(|(ids, _)| self.row >= ids.len()) {
                let Some(next) = self.batches.next() else { return Ok(rows) };
                let next = next?;
                self.batch = Some((numbers::<UInt64Type>(&next, "event")?, Places::of(&next)?));
                self.row = 0;
            }
            let Some((ids, places)) = &self.batch else { return Ok(rows) };
            let id = ids.value(self.row);
            if id > event {
                return Ok(rows);
            }
            if id == event {
                rows.push(places.get(self.row));
            }
            self.row += 1;
        }
    }
}
