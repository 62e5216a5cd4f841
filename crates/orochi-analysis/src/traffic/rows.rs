//! From events to the rows of native files behind them: of some events by their ids, or of all of them in order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::array::PrimitiveArray;
use arrow::datatypes::UInt64Type;
use orochi_case::engine::{Batches, Engine};
use orochi_model::{locator::Locator, problem::Problem};

use crate::tables::{self, Tables, numbers, texts};

/// In SQL, the records of events: joins `event_records` as `l` and `records` as `r` to a table `e` of events.
pub const JOIN: &str = "JOIN event_records l ON l.event = e.event JOIN records r ON r.exhibit = l.exhibit AND \
                        r.\"row\" = l.\"row\" AND coalesce(r.sheet, '') = coalesce(l.sheet, '')";

/// A row; its exhibit and sheet as places in a [`RowTable`]'s names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowPlace {
    exhibit: u32,
    sheet: Option<u32>,
    row: u64,
}

/// Rows of native files, names held once: a million rows name a handful of exhibits.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowTable {
    names: Vec<String>,
    /// Each event with a row of it, by event and then as the files are.
    places: Vec<(u32, RowPlace)>,
}

impl RowTable {
    /// Rows of the wanted events.
    pub(crate) fn load(tables: &dyn Tables, wanted: impl IntoIterator<Item = u32>) -> Result<Self, Problem> {
        let mut found = Self::default();
        let mut bits: Vec<u64> = Vec::new();
        for event in wanted {
            let word = event as usize / 64;
            if bits.len() <= word {
                bits.resize(word + 1, 0);
            }
            bits[word] |= 1 << (event % 64);
        }
        if bits.is_empty() {
            return Ok(found);
        }
        let mut ids: HashMap<String, u32> = HashMap::new();
        tables.stream("SELECT event, exhibit, sheet, \"row\" FROM event_records", &mut |batch| {
            let (event, row) = (numbers::<UInt64Type>(&batch, "event")?, numbers::<UInt64Type>(&batch, "row")?);
            let (exhibit, sheet) = (texts(&batch, "exhibit")?, texts(&batch, "sheet")?);
            for i in 0..batch.num_rows() {
                let id = event.value(i);
                if bits.get((id / 64) as usize).is_none_or(|word| word >> (id % 64) & 1 == 0) {
                    continue;
                }
                let mut name = |text: &str| {
                    if let Some(id) = ids.get(text) {
                        return *id;
                    }
                    let id = found.names.len() as u32;
                    found.names.push(text.to_owned());
                    ids.insert(text.to_owned(), id);
                    id
                };
                let exhibit = name(exhibit.get(i).unwrap_or_default());
                let place = RowPlace { exhibit, sheet: sheet.get(i).map(&mut name), row: row.value(i) };
                found.places.push((id as u32, place));
            }
            Ok(())
        })?;
        let names = &found.names;
        found.places.sort_unstable_by(|a, b| {
            let text = |id: u32| names[id as usize].as_str();
            a.0.cmp(&b.0)
                .then_with(|| text(a.1.exhibit).cmp(text(b.1.exhibit)))
                .then_with(|| a.1.sheet.map(text).cmp(&b.1.sheet.map(text)))
                .then_with(|| a.1.row.cmp(&b.1.row))
        });
        Ok(found)
    }

    /// Rows of an event, as the files are.
    pub(crate) fn rows_of(&self, event: u32) -> impl Iterator<Item = RowPlace> + '_ {
        let from = self.places.partition_point(|(id, _)| *id < event);
        self.places[from..].iter().take_while(move |(id, _)| *id == event).map(|(_, place)| *place)
    }

    /// A row with its names.
    pub(crate) fn evidence(&self, place: RowPlace) -> Locator {
        let name = |id: u32| self.names.get(id as usize).map_or("", String::as_str);
        Locator::from_columns(name(place.exhibit), place.sheet.map(name), place.row)
    }

    /// The names alone, once rows are only asked for by their places.
    pub(crate) fn without_events(self) -> Self {
        Self { places: Vec::new(), ..self }
    }
}

/// The rows of the wanted events, sorted.
pub(crate) fn rows_of_events(
    tables: &dyn Tables,
    wanted: &BTreeSet<u32>,
) -> Result<BTreeMap<u32, Vec<Locator>>, Problem> {
    let table = RowTable::load(tables, wanted.iter().copied())?;
    let mut rows: BTreeMap<u32, Vec<Locator>> = BTreeMap::new();
    for (event, place) in &table.places {
        rows.entry(*event).or_default().push(table.evidence(*place));
    }
    Ok(rows)
}

/// A walk through the rows of all events, in the order of the events' ids.
pub struct RowWalk<'a> {
    batches: Batches<'a>,
    batch: Option<(PrimitiveArray<UInt64Type>, tables::RowColumns)>,
    row: usize,
}

impl<'a> RowWalk<'a> {
    /// Before the first event.
    ///
    /// # Errors
    /// When the view `event_records` cannot be read.
    pub fn open(engine: &'a Engine) -> Result<Self, Problem> {
        let batches = engine.stream("SELECT * FROM event_records ORDER BY event, exhibit, sheet, \"row\"")?;
        Ok(Self { batches, batch: None, row: 0 })
    }

    /// The rows of an event; events are asked for in ascending order.
    ///
    /// # Errors
    /// As [`RowWalk::open`].
    pub fn rows_of(&mut self, event: u64) -> Result<Vec<Locator>, Problem> {
        let mut rows = Vec::new();
        loop {
            if self.batch.as_ref().is_none_or(|(ids, _)| self.row >= ids.len()) {
                let Some(next) = self.batches.next() else { return Ok(rows) };
                let next = next?;
                self.batch = Some((numbers::<UInt64Type>(&next, "event")?, tables::RowColumns::from_batch(&next)?));
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
