//! Where cells stand, as far as the case says.

use std::collections::HashMap;

use arrow::datatypes::Int32Type;
use orochi_model::problem::Problem;

use crate::tables::{Tables, numbers, texts, value};

/// A position on the British National Grid, metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GridPosition {
    pub easting: i32,
    pub northing: i32,
}

/// Easting and northing of each cell, from the view `cells`. A cell with two positions more than two
/// kilometres apart, as where a network was rebuilt, has none.
pub(crate) fn cell_positions(tables: &dyn Tables) -> Result<HashMap<String, GridPosition>, Problem> {
    let mut positions = HashMap::new();
    let sql = "SELECT cell, min(easting) AS e, max(easting) AS f, min(northing) AS n, max(northing) AS o FROM cells \
               WHERE easting IS NOT NULL AND northing IS NOT NULL GROUP BY cell";
    tables.stream(sql, &mut |batch| {
        let cell = texts(&batch, "cell")?;
        let column = |name: &str| numbers::<Int32Type>(&batch, name);
        let (e, f, n, o) = (column("e")?, column("f")?, column("n")?, column("o")?);
        for row in 0..batch.num_rows() {
            let all = (value(&e, row), value(&f, row), value(&n, row), value(&o, row));
            if let (Some(cell), (Some(e), Some(f), Some(n), Some(o))) = (cell.get(row), all)
                && f - e <= 2_000
                && o - n <= 2_000
            {
                positions.insert(cell.to_owned(), GridPosition { easting: e, northing: n });
            }
        }
        Ok(())
    })?;
    Ok(positions)
}

impl GridPosition {
    /// Metres to another position.
    pub(crate) fn metres_to(self, other: Self) -> f64 {
        f64::from(self.easting - other.easting).hypot(f64::from(self.northing - other.northing))
    }
}
