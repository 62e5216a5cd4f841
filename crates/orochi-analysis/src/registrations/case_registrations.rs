//! The registrations of a case: where its masts stood, and whose record each one is, read once for
//! all that is asked of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use orochi_case::Block;
use orochi_colocation::{Registration, SharedGround, Track};
use orochi_model::problem::Problem;
use orochi_tables::schema;
use rayon::prelude::*;

use super::places::{Mast, Masts};
use super::record_owner::{OwnerIndex, RegistrationCounts};
use crate::facts::carried_phone::is_carried;
use crate::presences;
use crate::tables::Tables;

/// Where and whose.
pub struct CaseRegistrations<'a> {
    pub(crate) tables: &'a dyn Tables,
    /// Where masts stood.
    pub(crate) masts: Masts,
    pub(super) blocks: Vec<Block>,
    pub(super) owners: OwnerIndex,
    /// What each number's records come to, by its place.
    pub(super) counts: Vec<RegistrationCounts>,
    ground: OnceLock<SharedGround>,
}

impl<'a> CaseRegistrations<'a> {
    /// Reads the view `cells` and looks once at all records.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn load(tables: &'a dyn Tables) -> Result<Self, Problem> {
        let blocks = tables.blocks()?;
        let owners = OwnerIndex::from_blocks(&blocks)?;
        Ok(Self {
            tables,
            masts: Masts::load(tables)?,
            counts: owners.registration_counts(),
            owners,
            blocks,
            ground: OnceLock::new(),
        })
    }

    /// Spacing of all masts that are known, not only of those met: every registration is at one of them.
    pub(crate) fn ground(&self) -> &SharedGround {
        self.ground.get_or_init(|| {
            let place = |mast: Mast| {
                let place = Registration { at: 0, latitude: mast.latitude, longitude: mast.longitude, azimuth: None };
                (place, mast.network)
            };
            SharedGround::new(&[&Track::with_networks("", "", self.masts.all().map(place).collect())])
        })
    }

    /// How many registrations each number that people carry has, by number.
    pub(crate) fn registrations_by_number(&self) -> BTreeMap<String, u64> {
        let all = self.owners.names().iter().zip(&self.counts);
        let carried = all.filter(|(name, counts)| counts.registrations > 0 && is_carried(name));
        carried.map(|(name, counts)| (name.to_string(), counts.registrations)).collect()
    }

    /// The records of some numbers, as far as the view `presences` needs them.
    pub(super) fn records(&self, wanted: &[&str]) -> Result<Vec<RecordBatch>, Problem> {
        let mut is_wanted = vec![false; self.owners.names().len()];
        wanted.iter().filter_map(|number| self.owners.find(number)).for_each(|id| is_wanted[id] = true);
        let (schema, owners) = (columns(), &self.owners);
        let read = |(place, block): (usize, &Block)| {
            let rows = owners.row_ranges(place, &is_wanted);
            if rows.is_empty() {
                Ok(None)
            } else {
                plain(block, block.read(presences::COLUMNS, Some(&rows))?, &schema).map(Some)
            }
        };
        let all = self.blocks.par_iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(all.into_iter().flatten().collect())
    }
}

/// The exhibit and the columns that the view `presences` reads.
fn columns() -> SchemaRef {
    let all = schema::records();
    let needed = all.fields().iter().filter(|field| presences::COLUMNS.contains(&field.name().as_str())).cloned();
    let exhibit = Arc::new(Field::new("exhibit", DataType::Utf8, false));
    Arc::new(Schema::new(std::iter::once(exhibit).chain(needed).collect::<Vec<_>>()))
}

/// A block's rows with the exhibit beside them, and texts as the engine has them.
fn plain(block: &Block, rows: RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, Problem> {
    let wrong = |error| Problem::bug("a block has different columns").because(error);
    let column = |field: &Arc<Field>| -> Result<ArrayRef, Problem> {
        if field.name() == "exhibit" {
            return Ok(Arc::new(StringArray::from_iter_values(std::iter::repeat_n(block.exhibit(), rows.num_rows()))));
        }
        let array =
            rows.column_by_name(field.name()).ok_or_else(|| Problem::bug(format!("no column {}", field.name())))?;
        cast(array, field.data_type()).map_err(wrong)
    };
    let columns = schema.fields().iter().map(column).collect::<Result<_, _>>()?;
    RecordBatch::try_new(schema.clone(), columns).map_err(wrong)
}
