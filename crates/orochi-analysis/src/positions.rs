//! Where cells stand, as far as the case says.

use std::collections::HashMap;

use arrow::datatypes::Int32Type;
use orochi_model::problem::Problem;

use crate::tables::{Tables, numbers, texts, value};

/// Easting and northing of each cell in metres, from the view `cells`. A cell with two positions more than two
/// kilometres apart, as where a network was rebuilt, has none.
pub(crate) fn cell_positions(tables: &dyn Tables) -> Result<HashMap<String, (i32, i32)>, Problem> {
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
                positions.insert(cell.to_owned(), (e, n));
            }
        }
        Ok(())
    })?;
    Ok(positions)
}

/// Metres between two positions.
pub(crate) fn metres((e, n): (i32, i32), (f, o): (i32, i32)) -> f64 {
    f64::from(e - f).hypot(f64::from(n - o))
}
