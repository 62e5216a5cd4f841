//! Makes the public data this crate ships from the published whole:
//!
//! ```text
//! cargo run --release -p orochi-simulate --example subset -- CELLS.csv.gz LSOA.csv.gz POSTCODES OUT
//! ```
//!
//! `CELLS.csv.gz`: an OpenCelliD export of country code 234. `LSOA.csv.gz`: centroids of the census's small areas.
//! `POSTCODES`: a folder of Code-Point Open as `xx.csv.gz`. Written to `OUT`: `cells.csv.gz` and `homes.csv.gz`,
//! sorted, the same bytes for the same input.

#![allow(missing_docs, clippy::print_stdout)]

use flate2::{Compression, GzBuilder, read::MultiGzDecoder};
use orochi_geo::grid::LatLon;
use orochi_simulate::country::{Area, Country};
use orochi_simulate::ground::Spot;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Postcodes kept for each small area: enough to spread homes over its streets.
const KEPT: usize = 8;
/// Farthest a kept cell is from a home, metres; and from a corridor.
const FROM_HOME: f64 = 9_000.0;
const FROM_CORRIDOR: f64 = 7_000.0;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [cells, lsoa, postcodes, out] = paths.as_slice() else {
        return Err("wanted: CELLS.csv.gz LSOA.csv.gz POSTCODES OUT".into());
    };
    let homes = homes(Path::new(lsoa), Path::new(postcodes))?;
    let spots: Vec<Spot> = homes.iter().map(|home| home.1).collect();
    let mut text = String::from("authority,easting,northing,postcodes\n");
    for (authority, centre, around) in &homes {
        write!(text, "{authority},{},{},", centre.easting, centre.northing)?;
        for (place, spot) in around.iter().enumerate() {
            let gap = if place == 0 { "" } else { " " };
            write!(text, "{gap}{}:{}", spot.easting - centre.easting, spot.northing - centre.northing)?;
        }
        text.push('\n');
    }
    write(Path::new(out), "homes.csv.gz", &text)?;
    println!("{} small areas", homes.len());
    let kept = kept_cells(Path::new(cells), &spots)?;
    let mut text = String::from("radio,net,area,cell,easting,northing\n");
    for (radio, net, area, cell, spot) in &kept {
        writeln!(text, "{radio},{net},{area},{cell},{},{}", spot.easting, spot.northing)?;
    }
    write(Path::new(out), "cells.csv.gz", &text)?;
    println!("{} cells", kept.len());
    Ok(())
}

type Home = (String, Spot, Vec<Spot>);

/// Small areas of the four areas in the order of their codes, each with some of the postcodes nearest to it.
fn homes(lsoa: &Path, postcodes: &Path) -> Result<Vec<Home>, Box<dyn Error>> {
    let mut homes: Vec<Home> = Vec::new();
    for line in lines(lsoa)?.skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split(',').collect();
        let [_, name, _, _, easting, northing] = fields[..] else { return Err(line.into()) };
        let authority = name.rsplit_once(' ').map_or(name, |(authority, _)| authority);
        if Area::of_authority(authority).is_some() {
            homes.push((
                authority.to_owned(),
                Spot { easting: easting.parse()?, northing: northing.parse()? },
                Vec::new(),
            ));
        }
    }
    let mut bins: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (place, (_, spot, _)) in homes.iter().enumerate() {
        bins.entry((spot.easting / 3_000, spot.northing / 3_000)).or_default().push(place);
    }
    let mut files: Vec<_> = std::fs::read_dir(postcodes)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files.iter().filter(|file| file.path().extension().is_some_and(|e| e == "gz")) {
        for line in lines(&file.path())? {
            let line = line?;
            let fields: Vec<&str> = line.split(',').collect();
            let (Some(quality), Some(e), Some(n)) = (fields.get(1), fields.get(2), fields.get(3)) else { continue };
            let (Ok(10..=20), Ok(easting), Ok(northing)) = (quality.parse::<u8>(), e.parse(), n.parse()) else {
                continue;
            };
            let spot = Spot { easting, northing };
            let (x, y) = (easting / 3_000, northing / 3_000);
            let near = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
            let candidates = near.filter_map(|bin| bins.get(&bin)).flatten();
            if let Some(place) = candidates.min_by_key(|place| homes[**place].1.square(spot)) {
                homes[*place].2.push(spot);
            }
        }
    }
    for (_, _, around) in &mut homes {
        around.sort_unstable();
        around.dedup();
        let all = around.len();
        if all > KEPT {
            *around = (0..KEPT).map(|place| around[place * all / KEPT]).collect();
        }
    }
    Ok(homes)
}

type Kept = (String, u16, u32, u64, Spot);

/// Cells of the four networks near homes or corridors.
fn kept_cells(path: &Path, homes: &[Spot]) -> Result<BTreeSet<Kept>, Box<dyn Error>> {
    let corridors = Country::load()?.corridors;
    let mut kept = BTreeSet::new();
    for line in lines(path)? {
        let line = line?;
        let fields: Vec<&str> = line.split(',').collect();
        let [radio, _, net, area, cell, _, lon, lat, ..] = fields[..] else { continue };
        let net: u16 = net.parse()?;
        if !orochi_simulate::network::MNCS.contains(&net) {
            continue;
        }
        let at = LatLon { lat: lat.parse()?, lon: lon.parse()? };
        let inside = (51.1..53.1).contains(&at.lat) && (-0.7..1.9).contains(&at.lon);
        let Some(grid) = inside.then(|| at.to_grid().ok()).flatten() else { continue };
        let spot = Spot { easting: grid.easting.round() as i32, northing: grid.northing.round() as i32 };
        let by_home = homes.iter().any(|home| home.metres(spot) < FROM_HOME);
        if by_home || corridors.stretches().any(|(a, b)| spot.from_segment(a, b) < FROM_CORRIDOR) {
            kept.insert((radio.to_owned(), net, area.parse()?, cell.parse()?, spot));
        }
    }
    Ok(kept)
}

fn lines(path: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>, Box<dyn Error>> {
    Ok(BufReader::new(MultiGzDecoder::new(std::fs::File::open(path)?)).lines())
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let file = std::fs::File::create(folder.join(name))?;
    let mut out = GzBuilder::new().mtime(0).write(file, Compression::best());
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(())
}
