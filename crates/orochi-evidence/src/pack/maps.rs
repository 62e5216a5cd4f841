//! Document 4, *cell maps*: the sectors that served the line's phone, drawn as a convention,
//! with what a map cannot show.
//!
//! A wedge is a sign for a sector's direction, of one size whatever the cell covers; coverage is never drawn. Nothing
//! marks a place of a phone. Cells used *at* an instant and *at or before* one are told apart. The base map is the
//! coast, the names of places and the National Grid, shipped with the program: no network.

use arrow::{
    array::{Array, BooleanArray},
    datatypes::{Float64Type, Int16Type, Int64Type},
};
use orochi_case::literal;
use orochi_geo::{
    grid::{Bng, LatLon},
    reference::reference,
};
use orochi_model::{locator::Locator, problem::Problem};
use orochi_tables::columns::{RowColumns, numbers, texts, times, value};
use serde::Serialize;

use super::{
    Document,
    base_map::{Frame, Name, round},
    document::Printer,
    folder::{Folder, file},
    line::listed,
    study::Study,
    text::{clean, count, moment, row},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "maps.typ", text: include_str!("templates/maps.typ") };

/// Cells drawn on one map.
const DRAWN: usize = 40;
/// A map shows this much at least, metres.
const LEAST: f64 = 6_000.0;
/// Angle of a wedge, degrees: a third of the circle, as three sectors share a mast.
const WEDGE: f64 = 120.0;

/// A cell that served the line's phone.
struct ServingCell {
    cell: String,
    at: u64,
    at_or_before: u64,
    first: i64,
    last: i64,
    row: Locator,
    site: String,
    place: Option<Bng>,
    azimuth: Option<i16>,
    listed: Option<Locator>,
}

#[derive(Serialize)]
struct MapsBody {
    missing: Vec<String>,
    maps: Vec<Map>,
    cells: Vec<Vec<String>>,
    unplaced: usize,
}

/// One map; positions as shares of its width, from the left and the top.
#[derive(Serialize)]
struct Map {
    title: String,
    alt: String,
    land: Vec<Vec<(f64, f64)>>,
    names: Vec<Name>,
    grid: Vec<GridLine>,
    sectors: Vec<Sector>,
    /// Length of the scale bar as a share of the width, and in words.
    scale: (f64, String),
}

#[derive(Serialize)]
struct GridLine {
    upright: bool,
    at: f64,
    label: String,
}

#[derive(Serialize)]
struct Sector {
    label: String,
    x: f64,
    y: f64,
    /// Points of the wedge; empty for a cell without a direction, which is drawn as a ring.
    wedge: Vec<(f64, f64)>,
    at: bool,
    before: bool,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let study = press.study;
    let cells = used(study)?;
    let mut missing = study.missing();
    if cells.is_empty() {
        missing.push(
            "No cells of the line's own phone are held for this period. Its own call data with cells would be needed; \
             a map of other people's cells would show nothing about this line."
                .to_owned(),
        );
    } else if cells.iter().all(|cell| cell.place.is_none()) {
        missing.push(
            "The cells used have no known position: no cell list that places them is held. The operators' cell lists \
             for the period would be needed."
                .to_owned(),
        );
    }
    let placed: Vec<(usize, &ServingCell)> =
        cells.iter().enumerate().filter(|(_, cell)| cell.place.is_some()).collect();
    let mut maps = Vec::new();
    if !placed.is_empty() {
        maps.push(map("All cells with a known position", &placed));
        // Where a few far cells make the rest too small to read, the densest part once more.
        let near = middle(&placed);
        if near.len() < placed.len() && near.len() > 1 {
            maps.push(map("The part in which most use was recorded", &near));
        }
    }
    let mut made = file(Document::Maps, "4-cell-maps.pdf");
    (made.missing, made.rows) = (missing.clone(), Some(cells.len()));
    let body = MapsBody {
        unplaced: cells.len() - placed.len(),
        cells: cells.iter().enumerate().map(|(place, cell)| cell.cells(place)).collect::<Result<_, _>>()?,
        maps,
        missing,
    };
    press.add(folder, TEMPLATE, made, &body)
}

/// The cells of the line's phone in the period, most used first.
fn used(study: &Study<'_>) -> Result<Vec<ServingCell>, Problem> {
    let names = listed(&study.numbers);
    let instant = |us: i64| format!("arrow_cast({us}, 'Timestamp(Microsecond, Some(\"UTC\"))')");
    let mut period = String::new();
    if let Some(from) = study.from {
        period.push_str(&format!(" AND \"to\" >= {}", instant(from)));
    }
    if let Some(to) = study.to {
        period.push_str(&format!(" AND \"from\" < {}", instant(to)));
    }
    let sql = format!(
        "SELECT cell, relation, count(*) AS uses, min(\"to\") AS first, max(\"to\") AS last, \
         min(CASE WHEN place = 1 THEN exhibit END) AS exhibit, min(CASE WHEN place = 1 THEN sheet END) AS sheet, \
         min(CASE WHEN place = 1 THEN \"row\" END) AS \"row\" FROM (SELECT *, \
         row_number() OVER (PARTITION BY cell, relation ORDER BY exhibit, sheet, \"row\") AS place FROM presences \
         WHERE number IN ({}){period}) GROUP BY cell, relation ORDER BY cell, relation",
        names
    );
    let mut all: Vec<ServingCell> = Vec::new();
    for batch in study.engine.query(&sql)? {
        let (cell, relation) = (texts(&batch, "cell")?, texts(&batch, "relation")?);
        let (uses, first, last) =
            (numbers::<Int64Type>(&batch, "uses")?, times(&batch, "first")?, times(&batch, "last")?);
        let rows = RowColumns::from_batch(&batch)?;
        for at in 0..batch.num_rows() {
            let name = cell.get(at).unwrap_or_default();
            if all.last().is_none_or(|last| last.cell != name) {
                all.push(ServingCell {
                    cell: name.to_owned(),
                    at: 0,
                    at_or_before: 0,
                    first: i64::MAX,
                    last: i64::MIN,
                    row: rows.get(at),
                    site: String::new(),
                    place: None,
                    azimuth: None,
                    listed: None,
                });
            }
            if let Some(one) = all.last_mut() {
                let count = u64::try_from(uses.value(at)).unwrap_or_default();
                if relation.get(at) == Some("at") {
                    one.at += count
                } else {
                    one.at_or_before += count
                }
                one.first = one.first.min(first.value(at));
                one.last = one.last.max(last.value(at));
            }
        }
    }
    place(study, &mut all)?;
    all.sort_by(|x, y| (y.at + y.at_or_before).cmp(&(x.at + x.at_or_before)).then(x.cell.cmp(&y.cell)));
    Ok(all)
}

/// Positions from the cell lists; of several the first that is valid when the cell was used, lists before records.
fn place(study: &Study<'_>, all: &mut [ServingCell]) -> Result<(), Problem> {
    let names: Vec<String> = all.iter().map(|one| literal(&one.cell)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT cell, coalesce(site, address, postcode) AS site, latitude, longitude, azimuth, omni, valid_from, \
         valid_to, exhibit, sheet, \"row\" FROM cells WHERE cell IN ({}) ORDER BY cell, origin, exhibit, sheet, \
         \"row\"",
        names.join(", ")
    );
    for batch in study.engine.query(&sql)? {
        let (cell, site) = (texts(&batch, "cell")?, texts(&batch, "site")?);
        let (lat, lon) = (numbers::<Float64Type>(&batch, "latitude")?, numbers::<Float64Type>(&batch, "longitude")?);
        let azimuth = numbers::<Int16Type>(&batch, "azimuth")?;
        let (from, to) = (times(&batch, "valid_from")?, times(&batch, "valid_to")?);
        let omni = batch.column_by_name("omni").and_then(|column| column.as_any().downcast_ref::<BooleanArray>());
        let rows = RowColumns::from_batch(&batch)?;
        for at in 0..batch.num_rows() {
            let Some(one) = all.iter_mut().find(|one| Some(one.cell.as_str()) == cell.get(at)) else { continue };
            let valid =
                value(&from, at).is_none_or(|from| from <= one.last) && value(&to, at).is_none_or(|to| to >= one.first);
            let Some((lat, lon)) = value(&lat, at).zip(value(&lon, at)) else { continue };
            if one.place.is_some() || !valid {
                continue;
            }
            one.place = LatLon { lat, lon }.to_grid().ok();
            let round = omni.is_some_and(|omni| omni.is_valid(at) && omni.value(at));
            one.azimuth = value(&azimuth, at).filter(|_| !round);
            one.site = site.get(at).map(clean).unwrap_or_default();
            one.listed = Some(rows.get(at));
        }
    }
    Ok(())
}

impl ServingCell {
    /// A row of the table.
    fn cells(&self, place: usize) -> Result<Vec<String>, Problem> {
        Ok(vec![
            (place + 1).to_string(),
            clean(&self.cell),
            if self.site.is_empty() { "not stated".to_owned() } else { self.site.clone() },
            self.place.and_then(|at| reference(at, 6)).unwrap_or_else(|| "not known".to_owned()),
            self.azimuth.map_or_else(|| "none stated".to_owned(), |degrees| format!("{degrees}°")),
            count(self.at),
            count(self.at_or_before),
            moment(self.first)?.full(),
            moment(self.last)?.full(),
            row(&self.row),
            self.listed.as_ref().map(row).unwrap_or_default(),
        ])
    }
}

/// The cells within reach of the most used one.
fn middle<'a>(placed: &[(usize, &'a ServingCell)]) -> Vec<(usize, &'a ServingCell)> {
    let Some(heart) = placed.first().and_then(|(_, cell)| cell.place) else { return Vec::new() };
    let near = |at: Bng| (at.easting - heart.easting).hypot(at.northing - heart.northing) < 12_000.0;
    placed.iter().copied().filter(|(_, cell)| cell.place.is_some_and(near)).collect()
}

fn map(title: &str, cells: &[(usize, &ServingCell)]) -> Map {
    let places: Vec<Bng> = cells.iter().filter_map(|(_, cell)| cell.place).collect();
    let least = |of: &dyn Fn(&Bng) -> f64| places.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: &dyn Fn(&Bng) -> f64| places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (west, east) = (least(&|at| at.easting), most(&|at| at.easting));
    let (south, north) = (least(&|at| at.northing), most(&|at| at.northing));
    let size = (east - west).max(north - south).max(LEAST) * 1.3;
    let (left, top) = ((west + east) / 2.0 - size / 2.0, (south + north) / 2.0 + size / 2.0);
    let frame = Frame { left, top, size };
    let on = |x: f64, y: f64| frame.share(x, y);
    let step = [1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 50_000.0, 100_000.0]
        .into_iter()
        .find(|step| size / step <= 9.0)
        .unwrap_or(200_000.0);
    let lines = |from: f64, upright: bool| {
        let first = (from / step).ceil();
        (0..12).map(move |n| (first + f64::from(n)) * step).filter(move |at| *at < from + size).map(move |at| {
            GridLine {
                upright,
                at: round(if upright { (at - left) / size } else { (top - at) / size }),
                label: format!("{:.0} km {}", at / 1_000.0, if upright { "E" } else { "N" }),
            }
        })
    };
    let reach = size / 22.0;
    let sector = |(place, cell): &(usize, &ServingCell)| {
        let at = cell.place?;
        let (x, y) = on(at.easting, at.northing);
        let arc = |degrees: f64| {
            let turned = degrees.to_radians();
            on(at.easting + reach * turned.sin(), at.northing + reach * turned.cos())
        };
        let wedge = cell.azimuth.map(|azimuth| {
            let from = f64::from(azimuth) - WEDGE / 2.0;
            std::iter::once((x, y)).chain((0..=12).map(|n| arc(from + WEDGE / 12.0 * f64::from(n)))).collect()
        });
        Some(Sector {
            label: (place + 1).to_string(),
            x,
            y,
            wedge: wedge.unwrap_or_default(),
            at: cell.at > 0,
            before: cell.at_or_before > 0,
        })
    };
    let shown: Vec<Sector> = cells.iter().take(DRAWN).filter_map(sector).collect();
    let bar = step;
    let points: Vec<(f64, f64)> = shown.iter().map(|sector| (sector.x, sector.y)).collect();
    let names = frame.names(&points, reach / size);
    Map {
        title: title.to_owned(),
        alt: format!(
            "Map {:.0} km wide with {} drawn as numbered wedges; the table gives each cell's site, grid reference and \
             direction. {}",
            size / 1_000.0,
            super::text::counted(shown.len(), "sector", "sectors"),
            named(&names)
        ),
        land: frame.land(),
        names,
        grid: lines(left, true).chain(lines(top - size, false)).collect(),
        sectors: shown,
        scale: (round(bar / size), format!("{:.0} km", bar / 1_000.0)),
    }
}

/// The places of a map, for who cannot see it.
fn named(names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(|one| one.name).collect();
    if names.is_empty() {
        "No place is named on it.".to_owned()
    } else {
        format!("Places named: {}.", names.join(", "))
    }
}
