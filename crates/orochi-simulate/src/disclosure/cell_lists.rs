//! Cell lists, one a network, each in a shape of its own: degrees, metres, grid references, or a postcode alone. All
//! are dated: a rebuilt site is there twice.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use orochi_geo::{grid::Bng, reference::reference};
use orochi_model::problem::Problem;

use super::clock::{day_first, year_first};
use super::layout::{Tally, WrittenFile};
use super::layouts::poppy::degrees;
use super::paper::{Encoding, Paper, TextStyle};
use super::places::Places;
use super::plan::date;
use crate::ground::Spot;
use crate::network::{CellId, NAMES, Networks};
use crate::world::World;

/// Side of the squares a list covers, metres.
const SQUARE: i32 = 2_000;
/// Day on which cells went on air that were there before the window.
const LONG_AGO: jiff::civil::Date = jiff::civil::date(2019, 4, 1);

const fn look(encoding: Encoding, delimiter: u8) -> TextStyle {
    TextStyle { encoding, delimiter, quoted: false, crlf: true }
}

const LOOKS: [TextStyle; 4] = [
    look(Encoding::Utf8Mark, b','),
    look(Encoding::Windows1252, b';'),
    look(Encoding::Utf8, b'\t'),
    look(Encoding::Utf8, b','),
];
const ENDINGS: [&str; 4] = ["csv", "csv", "txt", "csv"];
const HEADERS: [&[&str]; 4] = [
    &["CGI", "Technology", "Site name", "Latitude", "Longitude", "Azimuth", "Valid from", "Valid to"],
    &[
        "RAT",
        "MCC",
        "MNC",
        "LAC/TAC",
        "Cell ID",
        "Site name",
        "Easting",
        "Northing",
        "Bearing",
        "Start date",
        "End date",
    ],
    &["Cell identity", "Generation", "Grid reference", "Azimuth", "From", "To"],
    &["Cell ID", "Generation", "Site name", "Site postcode", "Azimuth", "Live from", "Live to"],
];

fn squares(site: Spot) -> (i32, i32) {
    (site.easting / SQUARE, site.northing / SQUARE)
}

/// The cells of every network in the squares in which cells of these were met, and in those around them: an operator
/// gives the list of an area. Without any, all cells.
fn chosen(networks: &Networks, met: Option<&BTreeSet<CellId>>) -> Vec<CellId> {
    let all = 0..networks.cells.len() as CellId;
    let Some(met) = met else { return all.collect() };
    let mut area = BTreeSet::new();
    for id in met {
        let cell = &networks.cells[*id as usize];
        let (east, north) = squares(cell.site);
        for e in east - 1..=east + 1 {
            for n in north - 1..=north + 1 {
                area.insert((cell.network, e, n));
            }
        }
    }
    all.filter(|id| {
        let cell = &networks.cells[*id as usize];
        let (e, n) = squares(cell.site);
        area.contains(&(cell.network, e, n))
    })
    .collect()
}

/// Writes the cell lists, and the postcodes that the last of them needs.
///
/// # Errors
/// When the disk does not take them.
pub fn write(
    world: &World,
    networks: &Networks,
    places: &Places<'_>,
    met: Option<&BTreeSet<CellId>>,
    folder: &Path,
) -> Result<Vec<WrittenFile>, Problem> {
    let days = world.calendar.days();
    let chosen = chosen(networks, met);
    let mut written = Vec::new();
    let mut sites = BTreeSet::new();
    for (network, name) in NAMES.iter().enumerate() {
        let path = folder.join(format!("{}-cells.{}", name.to_lowercase(), ENDINGS[network]));
        let mut paper = Paper::new(&path, LOOKS[network])?;
        if network == 3 {
            paper.line([format!("{name} cell list"), "made up".into()])?;
        }
        paper.line(HEADERS[network])?;
        let mut tally = Tally::default();
        for id in &chosen {
            let cell = &networks.cells[*id as usize];
            if usize::from(cell.network) != network {
                continue;
            }
            let text = places.cell(*id);
            let from = if cell.valid_from == 0 { LONG_AGO } else { date(world, cell.valid_from)? };
            let to = if cell.valid_to >= days { None } else { Some(date(world, cell.valid_to)?) };
            let written = |day: jiff::civil::Date| {
                let day = day.to_datetime(jiff::civil::Time::midnight());
                if matches!(network, 0 | 1) { day_first(day) } else { year_first(day) }
            };
            let (from, to) = (written(from), to.map(written).unwrap_or_default());
            let azimuth = text.azimuth.to_string();
            let generation = text.generation.to_owned();
            let line: Vec<String> = match network {
                0 => {
                    let [lat, lon] = degrees(&text);
                    vec![text.global('-'), generation, text.name, lat, lon, azimuth, from, to]
                }
                1 => vec![
                    generation,
                    text.mcc.to_string(),
                    format!("{:02}", text.mnc),
                    text.area.to_string(),
                    text.cell.to_string(),
                    text.name,
                    text.site.easting.to_string(),
                    text.site.northing.to_string(),
                    azimuth,
                    from,
                    to,
                ],
                2 => {
                    let at = Bng { easting: f64::from(text.site.easting), northing: f64::from(text.site.northing) };
                    vec![text.global('-'), generation, reference(at, 8).unwrap_or_default(), azimuth, from, to]
                }
                _ => {
                    sites.insert(text.site);
                    vec![text.global('-'), generation, text.name, text.postcode, azimuth, from, to]
                }
            };
            paper.line(line)?;
            tally.rows += 1;
        }
        paper.finish()?;
        keep_if_any(&mut written, path, tally)?;
    }
    written.extend(postcodes(places, &sites, folder)?);
    Ok(written)
}

/// The postcodes of sites that are placed by nothing else.
fn postcodes(places: &Places<'_>, sites: &BTreeSet<Spot>, folder: &Path) -> Result<Option<WrittenFile>, Problem> {
    let mut known: Vec<(&str, Spot)> =
        sites.iter().filter_map(|site| places.postcode(*site)).map(|code| (code.text.as_str(), code.at)).collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() {
        return Ok(None);
    }
    let path = folder.join("postcodes.csv");
    let mut paper = Paper::new(&path, look(Encoding::Utf8, b','))?;
    paper.line(["Postcode", "Positional quality", "Easting", "Northing"])?;
    for (text, at) in &known {
        paper.line([*text, "10", &at.easting.to_string(), &at.northing.to_string()])?;
    }
    paper.finish()?;
    Ok(Some(WrittenFile { path, tally: Tally { rows: known.len() as u64, ..Tally::default() } }))
}

/// A list without a row is no list.
fn keep_if_any(written: &mut Vec<WrittenFile>, path: PathBuf, tally: Tally) -> Result<(), Problem> {
    if tally.rows == 0 {
        std::fs::remove_file(&path).map_err(|error| Problem::io("remove", &path, &error))?;
    } else {
        written.push(WrittenFile { path, tally });
    }
    Ok(())
}
