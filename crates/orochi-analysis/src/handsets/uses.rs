//! The records of handsets that were seen with several SIMs, in order, and what two SIMs in one handset show.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use orochi_model::{locator::Locator, problem::Problem};

use super::settings::Settings;
use crate::facts::owner::OWNER_SQL;
use crate::positions::GridPosition;
use crate::tables::{RowColumns, Tables, list, texts, times};

/// A call or text of a handset. Instants are seconds UTC.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HandsetUse {
    pub sim: String,
    pub from: i64,
    pub to: i64,
    /// An answered call: while it lasts, the handset can hold no other.
    pub talk: bool,
    pub position: Option<GridPosition>,
    pub cell: Option<String>,
    pub evidence: Locator,
}

/// Calls and texts of these handsets, by handset and time.
pub(crate) fn load(
    tables: &dyn Tables,
    handsets: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Vec<HandsetUse>>, Problem> {
    let mut all: BTreeMap<String, Vec<HandsetUse>> = BTreeMap::new();
    if handsets.is_empty() {
        return Ok(all);
    }
    let positions = crate::positions::cell_positions(tables)?;
    // Data sessions name the cell of an earlier instant, and may overlap with anything.
    let sql = format!(
        "SELECT imei, coalesce(imsi, {OWNER_SQL}) AS sim, start, coalesce(\"end\", start) AS until, kind, outcome, \
         duration_s > 0 AS lasted, start_cell, exhibit, sheet, \"row\" FROM records WHERE kind <> 'data' AND imei IN \
         ({}) AND start >= TIMESTAMP '1990-01-01T00:00:00Z'",
        list(handsets.iter().copied())
    );
    tables.stream(&sql, &mut |batch| {
        let column = |name: &str| texts(&batch, name);
        let (imei, sim, cell) = (column("imei")?, column("sim")?, column("start_cell")?);
        let (kind, outcome) = (column("kind")?, column("outcome")?);
        let (start, until) = (times(&batch, "start")?, times(&batch, "until")?);
        let rows = RowColumns::from_batch(&batch)?;
        for i in 0..batch.num_rows() {
            let (Some(imei), Some(sim)) = (imei.get(i), sim.get(i)) else { continue };
            let (from, to) = (start.value(i).div_euclid(1_000_000), until.value(i).div_euclid(1_000_000));
            let silent = matches!(outcome.get(i), Some("missed" | "diverted" | "voicemail"));
            all.entry(imei.to_owned()).or_default().push(HandsetUse {
                sim: sim.to_owned(),
                from,
                to: to.max(from),
                talk: kind.get(i) == Some("call") && !silent && to > from,
                position: cell.get(i).and_then(|cell| positions.get(cell)).copied(),
                cell: cell.get(i).map(str::to_owned),
                evidence: rows.get(i),
            });
        }
        Ok(())
    })?;
    for uses in all.values_mut() {
        uses.sort_by(|x, y| (x.from, x.to, &x.sim, &x.evidence).cmp(&(y.from, y.to, &y.sim, &y.evidence)));
    }
    Ok(all)
}

/// Two uses of one handset, one after the other, with two SIMs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SimTurn<'a> {
    pub before: &'a HandsetUse,
    pub after: &'a HandsetUse,
}

/// Kilometres between the cells of two uses; none where a position is not known.
fn kilometres_apart(a: &HandsetUse, b: &HandsetUse) -> Option<f64> {
    if a.cell.is_some() && a.cell == b.cell {
        return Some(0.0);
    }
    a.position.zip(b.position).map(|(a, b)| a.metres_to(b) / 1_000.0)
}

/// What two SIMs in one handset show.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct SimPairEvidence<'a> {
    /// Each change from one SIM to the other.
    pub turns: Vec<SimTurn<'a>>,
    /// Those within `turn_minutes`.
    pub quick: Vec<SimTurn<'a>>,
    pub quick_days: usize,
    /// Quick turns whose cells can be compared, and those in one place.
    pub placed: usize,
    pub near: usize,
    /// Travel between the two uses would be impossible: with the distance in kilometres.
    pub travel: Vec<(SimTurn<'a>, f64)>,
    /// Calls of both at once, and how many of them not in one place.
    pub at_once: Vec<SimTurn<'a>>,
    pub at_once_apart: usize,
}

impl<'a> SimPairEvidence<'a> {
    /// `uses` are those of the two SIMs alone, by time.
    pub(crate) fn from_uses(uses: &'a [&'a HandsetUse], settings: &Settings) -> Self {
        let mut shown = Self::default();
        let mut days = BTreeSet::new();
        for two in uses.windows(2) {
            let (a, b) = (two[0], two[1]);
            if a.sim == b.sim {
                continue;
            }
            let turn = SimTurn { before: a, after: b };
            shown.turns.push(turn);
            let pause = (b.from - a.to).max(0) as f64;
            let apart = kilometres_apart(a, b);
            if pause <= settings.turn_minutes * 60.0 {
                shown.quick.push(turn);
                days.insert(b.from.div_euclid(86_400));
                shown.placed += usize::from(apart.is_some());
                shown.near += usize::from(apart.is_some_and(|km| km <= settings.near_km));
            }
            if let Some(km) = apart
                && km - 2.0 * settings.reach_km > settings.speed_kmh * pause / 3_600.0
            {
                shown.travel.push((turn, km));
            }
        }
        // Of each SIM the call that ends last: a long one may overlap with many short ones.
        let mut last: HashMap<&str, &HandsetUse> = HashMap::new();
        for it in uses.iter().filter(|it| it.talk) {
            for (sim, before) in &last {
                let both = before.to.min(it.to) - it.from;
                if *sim != it.sim && both as f64 > settings.both_calls_s {
                    shown.at_once.push(SimTurn { before, after: it });
                    shown.at_once_apart +=
                        usize::from(kilometres_apart(before, it).is_none_or(|km| km > settings.near_km));
                }
            }
            if last.get(it.sim.as_str()).is_none_or(|before| before.to < it.to) {
                last.insert(&it.sim, it);
            }
        }
        shown.quick_days = days.len();
        shown
    }

    /// Whether enough quick turns are in one place for a handset with two slots. Where no cells can be compared, they
    /// are.
    pub(crate) fn in_one_place(&self, settings: &Settings) -> bool {
        self.placed == 0 || self.near as f64 >= settings.near_share * self.placed as f64
    }
}
