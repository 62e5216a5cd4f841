//! Where a cell's mast stood at a time: cell lists are dated, and networks are rebuilt.

use std::collections::HashMap;

use arrow::datatypes::{Float64Type, Int16Type};
use orochi_model::{cell::mnc_of, problem::Problem};

use crate::tables::{Tables, numbers, texts, times, value};

/// A mast's position as one row states it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mast {
    /// WGS84, degrees.
    pub latitude: f64,
    /// WGS84, degrees.
    pub longitude: f64,
    /// Degrees clockwise from north; none where it is blank or the antenna has no direction.
    pub azimuth: Option<f64>,
    /// The network, numbered from 1; 0 where it is not known.
    pub network: u16,
}

#[derive(Clone, Copy, Debug)]
struct StatedPosition {
    mast: Mast,
    /// Microseconds UTC, inclusive.
    from: i64,
    to: i64,
    /// The exhibit whose own rows stated it; none for a cell list.
    exhibit: Option<u32>,
    doubtful: bool,
}

/// The positions that a case states.
#[derive(Debug, Default)]
pub(crate) struct Masts {
    cells: HashMap<String, Vec<StatedPosition>>,
    exhibits: HashMap<String, u32>,
    networks: HashMap<String, u16>,
}

impl Masts {
    /// Reads the view `cells`.
    pub(crate) fn load(tables: &dyn Tables) -> Result<Self, Problem> {
        let mut masts = Self::default();
        let sql = "SELECT cell, origin, network, latitude, longitude, azimuth, doubt, exhibit, coalesce(valid_from, \
                   first_seen) AS first, coalesce(valid_to, last_seen) AS last FROM cells WHERE latitude IS NOT NULL \
                   AND longitude IS NOT NULL ORDER BY exhibit, sheet, \"row\", cell";
        tables.stream(sql, &mut |batch| {
            let (cell, origin) = (texts(&batch, "cell")?, texts(&batch, "origin")?);
            let network = texts(&batch, "network")?;
            let (exhibit, doubt) = (texts(&batch, "exhibit")?, texts(&batch, "doubt")?);
            let latitude = numbers::<Float64Type>(&batch, "latitude")?;
            let longitude = numbers::<Float64Type>(&batch, "longitude")?;
            let azimuth = numbers::<Int16Type>(&batch, "azimuth")?;
            let (first, last) = (times(&batch, "first")?, times(&batch, "last")?);
            for row in 0..batch.num_rows() {
                let Some(name) = cell.get(row) else { continue };
                let met = origin.get(row) == Some("record");
                let exhibit = exhibit.get(row).filter(|_| met).map(|name| masts.exhibit(name));
                let mast = Mast {
                    latitude: latitude.value(row),
                    longitude: longitude.value(row),
                    azimuth: value(&azimuth, row).map(f64::from),
                    network: masts.network(name, network.get(row)),
                };
                let stated = StatedPosition {
                    mast,
                    from: value(&first, row).unwrap_or(i64::MIN),
                    to: value(&last, row).unwrap_or(i64::MAX),
                    exhibit,
                    doubtful: doubt.get(row).is_some(),
                };
                match masts.cells.get_mut(name) {
                    Some(all) => all.push(stated),
                    None => drop(masts.cells.insert(name.to_owned(), vec![stated])),
                }
            }
            Ok(())
        })?;
        Ok(masts)
    }

    /// The network of a cell, by its identity or else by the name beside it.
    fn network(&mut self, cell: &str, name: Option<&str>) -> u16 {
        let mut parts = cell.split_once('/').map_or("", |(_, rest)| rest).split('-');
        let key = match (parts.next(), parts.next()) {
            (Some(mcc), Some(mnc)) if mcc.len() == 3 && mcc.bytes().chain(mnc.bytes()).all(|c| c.is_ascii_digit()) => {
                format!("{mcc}-{mnc}")
            }
            _ => match name.map(|name| (name, mnc_of(name))) {
                Some((_, Some((mcc, mnc)))) => format!("{mcc}-{mnc}"),
                Some((name, None)) => name.to_lowercase(),
                None => return 0,
            },
        };
        let next = u16::try_from(self.networks.len() + 1).unwrap_or(0);
        *self.networks.entry(key).or_insert(next)
    }

    fn exhibit(&mut self, name: &str) -> u32 {
        let next = self.exhibits.len() as u32;
        *self.exhibits.entry(name.to_owned()).or_insert(next)
    }

    /// Where the mast of a cell stood at an instant (microseconds UTC), for a row of an exhibit. What the exhibit's own
    /// rows say comes first, then a list that is valid then, then other exhibits' rows of about that time; what is odd
    /// comes last. None where nothing that is stated holds at that time.
    pub(crate) fn mast_at(&self, cell: &str, at: i64, exhibit: &str) -> Option<Mast> {
        let exhibit = self.exhibits.get(exhibit).copied();
        let away = |stated: &StatedPosition| (stated.from.saturating_sub(at)).max(at.saturating_sub(stated.to)).max(0);
        let rank = |stated: &StatedPosition| {
            let own = match stated.exhibit {
                Some(_) if stated.exhibit == exhibit => 0,
                None => 1,
                Some(_) => 2,
            };
            (stated.doubtful, away(stated) > 0, own, away(stated))
        };
        // A dated list says nothing of other times; a row met elsewhere does not end with its last use.
        let holds = |stated: &&StatedPosition| stated.exhibit.is_some() || away(stated) == 0;
        self.cells.get(cell)?.iter().filter(holds).min_by_key(|stated| rank(stated)).map(|stated| stated.mast)
    }

    /// All cells with a position.
    pub(crate) fn cells(&self) -> Vec<&str> {
        self.cells.keys().map(String::as_str).collect()
    }

    /// Positions stated of a cell's mast.
    pub(crate) fn places(&self, cell: &str) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.cells.get(cell).into_iter().flatten().map(|stated| (stated.mast.latitude, stated.mast.longitude))
    }

    /// For how long, at least, something that is stated of a cell holds without a gap (microseconds
    /// UTC, both ends included).
    pub(crate) fn longest_validity(&self, cell: &str) -> (i64, i64) {
        let holds = |stated: &StatedPosition| match stated.exhibit {
            Some(_) => (i64::MIN, i64::MAX),
            None => (stated.from, stated.to),
        };
        let all = self.cells.get(cell).into_iter().flatten().map(holds);
        all.max_by_key(|(from, to)| to.saturating_sub(*from)).unwrap_or((i64::MAX, i64::MIN))
    }

    /// Every position stated.
    pub(crate) fn all(&self) -> impl Iterator<Item = Mast> {
        self.cells.values().flatten().map(|stated| stated.mast)
    }
}

/// Metres of a degree of latitude.
pub(crate) const PER_DEGREE: f64 = 111_195.0;

/// Metres between two places (latitude, longitude) of one country, on a sphere's tangent plane: within
/// 1 in 1,000 up to 100 km.
pub(crate) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (a.0 - b.0) * PER_DEGREE;
    let east = (a.1 - b.1) * PER_DEGREE * ((a.0 + b.0) / 2.0).to_radians().cos();
    north.hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(latitude: f64, from: i64, to: i64, exhibit: Option<u32>, doubtful: bool) -> StatedPosition {
        StatedPosition {
            mast: Mast { latitude, longitude: 0.0, azimuth: None, network: 0 },
            from,
            to,
            exhibit,
            doubtful,
        }
    }

    #[test]
    fn a_mast_stands_where_its_own_rows_or_the_list_of_that_time_say() {
        let mut masts = Masts::default();
        let (one, two) = (masts.exhibit("EX0001"), masts.exhibit("EX0002"));
        masts.cells.insert(
            "C".into(),
            vec![
                stated(50.0, 0, 99, None, false),
                stated(51.0, 100, i64::MAX, None, false),
                stated(52.0, 40, 60, Some(one), false),
                stated(53.0, 40, 60, Some(two), true),
            ],
        );
        masts.cells.insert("D".into(), vec![stated(54.0, 10, 20, None, false)]);
        let of = |cell, at, exhibit| masts.mast_at(cell, at, exhibit).map(|mast| mast.latitude);
        assert_eq!(of("C", 50, "EX0001"), Some(52.0));
        assert_eq!(of("C", 50, "EX0002"), Some(50.0), "its own row is odd");
        assert_eq!(of("C", 150, "EX0009"), Some(51.0));
        assert_eq!(of("D", 15, "EX0001"), Some(54.0));
        assert_eq!(of("D", 25, "EX0001"), None, "the list is of another time");
        assert_eq!(of("E", 25, "EX0001"), None);
        assert_eq!((masts.longest_validity("D"), masts.longest_validity("C")), ((10, 20), (i64::MIN, i64::MAX)));
        assert_eq!(masts.places("C").count(), 4);
    }

    #[test]
    fn metres() {
        assert!((distance((52.0, 0.0), (52.0, 1.0)) - 68_458.0).abs() < 30.0);
        assert!((distance((52.0, 0.0), (53.0, 0.0)) - 111_195.0).abs() < 1.0);
    }
}
