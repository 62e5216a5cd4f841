//! Cells that state only a postcode get their place once a table of postcodes is held; cells
//! that state both are checked.
//!
//! The exhibit's own table stays as it is. The view `cells` shows a derived table instead, made by the same rules that
//! place a cell when it comes in (`orochi_geo::place`), from the position stored and the postcode. It is made anew when
//! an exhibit with cells or postcodes comes in, and only then. What is stored stays the first choice: a postcode places
//! a cell that nothing else places, and casts doubt on one that stands far from it.

use std::{path::Path, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use orochi_geo::{
    place::{Place, Stated, locate},
    postcode::Table,
};
use orochi_model::problem::Problem;
use orochi_tables::schema;

use crate::{engine::Engine, exhibit::Exhibit, fault::describe};

/// Changes when the same cells and postcodes could give other places.
const VERSION: &str = "1";

/// Puts the placed cells in place of the view `cells`, if the case holds postcodes and a cell states one.
pub(crate) fn register(engine: &Engine) -> Result<(), Problem> {
    let holds = |table: &str| {
        let fills = |exhibit: &Exhibit| exhibit.tables.iter().any(|name| name == table);
        engine.snapshot.exhibits.iter().any(fills)
    };
    if !holds("cells") || !holds("postcodes") {
        return Ok(());
    }
    let depends = |exhibit: &Exhibit| exhibit.tables.iter().any(|name| name == "cells" || name == "postcodes");
    let folder = engine.derived_from("cells", VERSION, "", depends, build)?;
    let path = folder.join("cells.parquet");
    let _ = engine.context().deregister_table("cells");
    let columns: Vec<(String, DataType)> = Vec::new();
    crate::views::list(engine.context(), "cells", &path, placed_schema(), columns).map_err(|e| describe(e, &[]))
}

/// The columns of the view: the exhibit, then those of the table.
fn placed_schema() -> SchemaRef {
    let mut fields = vec![Arc::new(Field::new("exhibit", DataType::Utf8, true))];
    fields.extend(schema::cells().fields().iter().cloned());
    Arc::new(Schema::new(fields))
}

fn build(engine: &Engine, folder: &Path) -> Result<(), Problem> {
    let postcodes = read_postcodes(engine)?;
    let columns: Vec<String> = placed_schema().fields().iter().map(|field| format!("\"{}\"", field.name())).collect();
    // In a fixed order, whatever the number of threads.
    let select = format!("SELECT {} FROM cells ORDER BY exhibit, sheet, \"row\", origin, cell", columns.join(", "));
    let rows = engine.stream(&select)?.map(|batch| place(&batch?, &postcodes));
    engine.write_batches(rows, placed_schema(), &folder.join("cells.parquet")).map(drop)
}

/// The postcodes of every district that a cell names: all of a district, since its centre places what
/// names only the district.
fn read_postcodes(engine: &Engine) -> Result<Table, Problem> {
    let district = |column: &str| format!("substr(upper(trim({column})), 1, 2)");
    let select = format!(
        "SELECT postcode, easting, northing FROM postcodes WHERE {} IN \
         (SELECT {} FROM cells WHERE postcode IS NOT NULL)",
        district("postcode"),
        district("postcode")
    );
    let mut rows: Vec<(String, i32, i32)> = Vec::new();
    for batch in engine.stream(&select)? {
        let batch = batch?;
        let (names, eastings, northings) =
            (column::<StringArray>(&batch, 0)?, column::<Int32Array>(&batch, 1)?, column::<Int32Array>(&batch, 2)?);
        rows.extend(
            (0..batch.num_rows()).map(|at| (names.value(at).to_owned(), eastings.value(at), northings.value(at))),
        );
    }
    // The table does not depend on the order of its rows.
    Ok(Table::from_rows(rows.iter().map(|(postcode, easting, northing)| (postcode.as_str(), *easting, *northing))))
}

fn column<T: 'static>(batch: &RecordBatch, index: usize) -> Result<&T, Problem> {
    let array = batch.columns().get(index).and_then(|column| column.as_any().downcast_ref());
    array.ok_or_else(|| Problem::bug("a column of cells or postcodes has not its type").at(index))
}

fn named<'a, T: 'static>(batch: &'a RecordBatch, name: &str) -> Result<&'a T, Problem> {
    column(batch, batch.schema().index_of(name).map_err(|error| Problem::bug("a column is missing").because(error))?)
}

/// One block of cells with their places.
fn place(batch: &RecordBatch, postcodes: &Table) -> Result<RecordBatch, Problem> {
    let postcode: &StringArray = named(batch, "postcode")?;
    let (easting, northing): (&Int32Array, &Int32Array) = (named(batch, "easting")?, named(batch, "northing")?);
    let (latitude, longitude): (&Float64Array, &Float64Array) = (named(batch, "latitude")?, named(batch, "longitude")?);
    let (placed_by, doubt): (&StringArray, &StringArray) = (named(batch, "placed_by")?, named(batch, "doubt")?);

    let mut places: Vec<Place> = Vec::with_capacity(batch.num_rows());
    let mut names: Vec<Option<&str>> = Vec::with_capacity(batch.num_rows());
    for at in 0..batch.num_rows() {
        let stored = Place {
            easting: easting.is_valid(at).then(|| easting.value(at)),
            northing: northing.is_valid(at).then(|| northing.value(at)),
            latitude: latitude.is_valid(at).then(|| latitude.value(at)),
            longitude: longitude.is_valid(at).then(|| longitude.value(at)),
            placed_by: None,
            doubt: doubt.is_valid(at).then(|| doubt.value(at).to_owned()),
            postcode: postcode.is_valid(at).then(|| postcode.value(at).to_owned()),
            ..Place::default()
        };
        let by = placed_by.is_valid(at).then(|| placed_by.value(at));
        let (place, by) = again(stored, by, postcodes);
        places.push(place);
        names.push(by);
    }

    let replaced = |name: &str| -> Option<ArrayRef> {
        Some(match name {
            "postcode" => Arc::new(places.iter().map(|place| place.postcode.as_deref()).collect::<StringArray>()),
            "easting" => Arc::new(places.iter().map(|place| place.easting).collect::<Int32Array>()),
            "northing" => Arc::new(places.iter().map(|place| place.northing).collect::<Int32Array>()),
            "latitude" => Arc::new(places.iter().map(|place| place.latitude).collect::<Float64Array>()),
            "longitude" => Arc::new(places.iter().map(|place| place.longitude).collect::<Float64Array>()),
            "placed_by" => Arc::new(names.iter().copied().collect::<StringArray>()),
            "doubt" => Arc::new(places.iter().map(|place| place.doubt.as_deref()).collect::<StringArray>()),
            _ => return None,
        })
    };
    let columns = batch
        .schema()
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, column)| replaced(field.name()).unwrap_or_else(|| column.clone()))
        .collect();
    RecordBatch::try_new(batch.schema(), columns)
        .map_err(|error| Problem::bug("cells cannot be assembled").because(error))
}

/// One cell: its place with the postcodes at hand, and what that rests on.
fn again<'a>(stored: Place, by: Option<&'a str>, postcodes: &Table) -> (Place, Option<&'a str>) {
    let Some(postcode) = stored.postcode.as_deref() else { return (stored, by) };
    let text = |number: Option<f64>| number.map(|number| number.to_string());
    let (easting, northing) = (text(stored.easting.map(f64::from)), text(stored.northing.map(f64::from)));
    let (latitude, longitude) = (text(stored.latitude), text(stored.longitude));
    let mut stated = Stated { postcode: Some(postcode), ..Stated::default() };
    match by {
        // Degrees stored beside a grid position were computed from it, and the other way round: only
        // what was disclosed counts.
        Some("grid" | "grid reference") => {
            (stated.easting, stated.northing) = (easting.as_deref(), northing.as_deref())
        }
        Some("latitude and longitude") => (stated.lat, stated.lon) = (latitude.as_deref(), longitude.as_deref()),
        _ => {}
    }
    let mut place = locate(&stated, postcodes);
    if place.placed_by.is_none() {
        return (stored, by);
    }
    place.doubt = match (stored.doubt, place.doubt) {
        (Some(old), Some(new)) if !old.contains(&new) => Some(format!("{old}; {new}")),
        (Some(old), _) => Some(old),
        (None, new) => new,
    };
    let by = match (by, place.placed_by) {
        (Some("grid reference"), Some("grid")) => by,
        (_, found) => found,
    };
    (place, by)
}

#[cfg(test)]
mod tests;
