//! The shipped cells of OpenCelliD, and which of them share a mast.

use super::cell::{MNCS, Radio};
use crate::ground::Spot;
use flate2::read::MultiGzDecoder;
use orochi_model::problem::Problem;
use std::collections::BTreeMap;
use std::io::Read;

const DATA: &[u8] = include_bytes!("../../data/cells.csv.gz");
/// 2G, 3G and 5G cells stand on the 4G mast of their network within this distance, metres; else on a mast of their own.
const SAME_MAST: f64 = 700.0;

/// Identity of a cell as published: location or tracking area code, and cell identity.
pub(super) type Identity = (u32, u64);

/// Network, whether it is not 4G, generation, and what the identities have in common.
type Common = (u8, bool, Radio, u32, u64);

/// A mast of a network with its cells as published, by generation; sorted, without sectors.
#[derive(Clone, Debug)]
pub(super) struct Mast {
    pub network: u8,
    pub site: Spot,
    /// Identities of 2G, 3G, 4G, 5G.
    pub cells: [Vec<Identity>; 4],
}

/// All masts, by network and first identity.
pub(super) fn masts() -> Result<Vec<Mast>, Problem> {
    let bad = |line: &str| Problem::bug("the shipped cells do not read").because(line);
    let mut text = String::new();
    MultiGzDecoder::new(DATA).read_to_string(&mut text).map_err(|e| bad(&e.to_string()))?;
    // By network and generation, 4G first; then by what identities of one mast have in common.
    let mut groups: BTreeMap<Common, Vec<(Identity, Spot)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let (network, radio, identity, spot) = read(line).ok_or_else(|| bad(line))?;
        // Two cells are published with the number 0, which networks write for no cell.
        if identity.1 == 0 {
            continue;
        }
        let (area, mast) = common(network, radio, identity.0, identity.1);
        groups.entry((network, radio != Radio::Lte, radio, area, mast)).or_default().push((identity, spot));
    }
    let mut masts: Vec<Mast> = Vec::new();
    let mut near: BTreeMap<(u8, i32, i32), Vec<usize>> = BTreeMap::new();
    for ((network, _, radio, ..), cells) in groups {
        let site = middle(&cells);
        let (x, y) = (site.easting / 1_000, site.northing / 1_000);
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (network, x, y)));
        let known = around
            .filter_map(|bin| near.get(&bin))
            .flatten()
            .copied()
            .filter(|mast| masts[*mast].site.metres(site) < SAME_MAST)
            .min_by_key(|mast| masts[*mast].site.square(site));
        let mast = match known {
            Some(mast) if radio != Radio::Lte => mast,
            _ => {
                near.entry((network, x, y)).or_default().push(masts.len());
                masts.push(Mast { network, site, cells: Default::default() });
                masts.len() - 1
            }
        };
        masts[mast].cells[radio as usize].extend(cells.into_iter().map(|(identity, _)| identity));
    }
    for mast in &mut masts {
        for cells in &mut mast.cells {
            cells.sort_unstable();
            cells.dedup();
        }
    }
    Ok(masts)
}

/// What the identities of one mast have in common: the eNodeB number (4G); the gNodeB number, of 22 or 24 bits as the
/// networks split it (5G); all but the last digit of the cell identity within a location area (2G, 3G).
fn common(network: u8, radio: Radio, area: u32, id: u64) -> (u32, u64) {
    match radio {
        Radio::Lte => (0, id >> 8),
        Radio::Nr => (0, if network == 3 { id >> 14 } else { id >> 12 }),
        Radio::Gsm | Radio::Umts => (area, id / 10),
    }
}

/// Middle of the cells' published positions, which are themselves middles of where handsets saw them: the
/// median leaves out strays.
fn middle(cells: &[(Identity, Spot)]) -> Spot {
    let median = |part: fn(&Spot) -> i32| {
        let mut all: Vec<i32> = cells.iter().map(|(_, spot)| part(spot)).collect();
        all.sort_unstable();
        (all[(all.len() - 1) / 2] + all[all.len() / 2]) / 2
    };
    Spot { easting: median(|spot| spot.easting), northing: median(|spot| spot.northing) }
}

fn read(line: &str) -> Option<(u8, Radio, Identity, Spot)> {
    let mut fields = line.split(',');
    let radio = match fields.next()? {
        "GSM" => Radio::Gsm,
        "UMTS" => Radio::Umts,
        "LTE" => Radio::Lte,
        "NR" => Radio::Nr,
        _ => return None,
    };
    let mnc: u16 = fields.next()?.parse().ok()?;
    let network = MNCS.iter().position(|known| *known == mnc)? as u8;
    let identity = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((
        network,
        radio,
        identity,
        Spot { easting: fields.next()?.parse().ok()?, northing: fields.next()?.parse().ok()? },
    ))
}
