//! Tenancies as the view has them, and what follows from their order: a SIM's handsets one after the other.

use std::collections::{BTreeMap, BTreeSet};

use arrow::datatypes::UInt64Type;
use orochi_model::{locator::Locator, problem::Problem};

use crate::tables::{RowColumns, Tables, numbers, texts, times};
use crate::uk_clock::CLOCK_SET_S;

/// A SIM in a handset over a period, microseconds UTC.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HandsetSpell {
    /// What the SIM is called: its IMSI, else its number. One SIM has one name, also where a file names only the other.
    pub sim: String,
    pub number: Option<String>,
    pub imsi: Option<String>,
    pub imei: Option<String>,
    pub from: i64,
    pub to: i64,
    /// 0 where nothing but an operator's handset history says so.
    pub records: u64,
    pub evidence: Locator,
}

impl HandsetSpell {
    pub(super) fn sim(&self) -> &str {
        &self.sim
    }

    /// For words: the number where it is known.
    pub(super) fn name(&self) -> String {
        match (&self.number, &self.imsi) {
            (Some(number), Some(imsi)) => format!("{number} (SIM {imsi})"),
            (Some(number), None) => number.clone(),
            (None, Some(imsi)) => format!("SIM {imsi}"),
            (None, None) => "an unknown SIM".into(),
        }
    }
}

const TENANCIES: &str = "SELECT number, imsi, imei, \"from\", \"to\", records, exhibit, sheet, \"row\" FROM tenancies";
/// A row without an end says nothing of how long.
const HISTORIES: &str = "SELECT number, imsi, imei, \"from\", coalesce(\"to\", \"from\") AS \"to\", 0 AS records, \
                         exhibit, sheet, \"row\" FROM handsets WHERE imei IS NOT NULL AND \"from\" IS NOT NULL AND \
                         (number IS NOT NULL OR imsi IS NOT NULL)";

/// The tenancies of the view, and what operators' handset histories add to them, by SIM and time. Those dated by a
/// clock that was never set are left out.
pub(super) fn load(tables: &dyn Tables) -> Result<Vec<HandsetSpell>, Problem> {
    let mut spells = Vec::new();
    read_spells(tables, TENANCIES, &mut spells)?;
    let records = spells.len();
    read_spells(tables, HISTORIES, &mut spells)?;
    unify_sim_names(&mut spells, records);
    spells.sort_by(|x, y| {
        (x.sim(), x.from, x.to, &x.imei)
            .cmp(&(y.sim(), y.from, y.to, &y.imei))
            .then_with(|| x.evidence.cmp(&y.evidence))
    });
    spells.dedup_by(|next, kept| kept.absorb_repeat(next));
    Ok(spells)
}

fn read_spells(tables: &dyn Tables, sql: &str, spells: &mut Vec<HandsetSpell>) -> Result<(), Problem> {
    tables.stream(sql, &mut |batch| {
        let column = |name: &str| texts(&batch, name);
        let (number, imsi, imei) = (column("number")?, column("imsi")?, column("imei")?);
        let (from, to) = (times(&batch, "from")?, times(&batch, "to")?);
        let (records, rows) = (numbers::<UInt64Type>(&batch, "records")?, RowColumns::from_batch(&batch)?);
        for i in 0..batch.num_rows() {
            if from.value(i) < CLOCK_SET_S * 1_000_000 {
                continue;
            }
            let own = |text: Option<&str>| text.map(str::to_owned);
            spells.push(HandsetSpell {
                sim: own(imsi.get(i).or(number.get(i))).unwrap_or_default(),
                number: own(number.get(i)),
                imsi: own(imsi.get(i)),
                imei: own(imei.get(i)),
                from: from.value(i),
                to: to.value(i).max(from.value(i)),
                records: records.value(i),
                evidence: rows.get(i),
            });
        }
        Ok(())
    })
}

/// Calls the SIMs of histories, which begin at `first`, what records call them.
fn unify_sim_names(spells: &mut [HandsetSpell], first: usize) {
    let (records, histories) = spells.split_at_mut(first);
    let sims: BTreeSet<&str> = records.iter().map(HandsetSpell::sim).collect();
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for spell in records.iter() {
        if let Some(number) = &spell.number {
            of.entry(number).or_default().insert(spell.sim());
        }
    }
    for spell in histories {
        if sims.contains(spell.sim()) {
            continue;
        }
        // A number that was on several SIMs does not say which. An IMSI that no record has is another SIM
        // unless records name none.
        let theirs = spell.number.as_deref().and_then(|number| of.get(number)).filter(|sims| sims.len() == 1);
        if let Some(sim) = theirs.and_then(BTreeSet::first)
            && (spell.imsi.is_none() || Some(*sim) == spell.number.as_deref())
        {
            spell.sim = (*sim).to_owned();
        }
    }
}

impl HandsetSpell {
    /// Whether the next spell was this one said once more, by a history and by records: taken in.
    fn absorb_repeat(&mut self, next: &mut Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        let one = self.sim == next.sim
            && self.imei == next.imei
            && same(&self.number, &next.number)
            && (self.records == 0 || next.records == 0);
        if one {
            self.to = self.to.max(next.to);
            if self.records == 0 && next.records > 0 {
                self.evidence = next.evidence.clone();
            }
            self.records += next.records;
            self.number = self.number.take().or_else(|| next.number.take());
            self.imsi = self.imsi.take().or_else(|| next.imsi.take());
        }
        one
    }
}

/// A SIM that left one handset for another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HandsetSwap<'a> {
    pub before: &'a HandsetSpell,
    pub after: &'a HandsetSpell,
    /// It came back to the first handset after this spell: the last of the other one.
    pub back: Option<&'a HandsetSpell>,
}

/// Handset swaps, in order. A SIM that goes to another handset and comes back is one swap.
pub(super) fn swaps(spells: &[HandsetSpell]) -> Vec<HandsetSwap<'_>> {
    let mut swaps: Vec<HandsetSwap<'_>> = Vec::new();
    // Records that name no handset run on beside a history's handsets.
    let known: Vec<&HandsetSpell> = spells.iter().filter(|spell| spell.imei.is_some()).collect();
    for two in known.windows(2) {
        let (before, after) = (two[0], two[1]);
        if before.sim() != after.sim() || before.imei == after.imei {
            continue;
        }
        if let Some(last) = swaps.last_mut()
            && last.before.sim() == after.sim()
            && last.before.imei == after.imei
            && last.after.imei == before.imei
            && last.back.is_none()
        {
            last.back = Some(after);
            continue;
        }
        swaps.push(HandsetSwap { before, after, back: None });
    }
    swaps
}

#[cfg(test)]
pub(super) fn made_up(sim: &str, imei: &str, from: i64, to: i64) -> HandsetSpell {
    HandsetSpell {
        sim: sim.into(),
        number: Some(format!("+44{sim}")),
        imsi: Some(sim.into()),
        imei: Some(imei.into()),
        from: from * 1_000_000,
        to: to * 1_000_000,
        records: 3,
        evidence: Locator::from_columns("EX0001", None, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sim_that_slips_into_another_handset_and_back_is_one_swap() {
        let spells =
            [made_up("1", "A", 0, 10), made_up("1", "B", 11, 12), made_up("1", "A", 13, 20), made_up("2", "B", 5, 6)];
        let found = swaps(&spells);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].after, found[0].back), (&spells[1], Some(&spells[2])));
        let spells = [made_up("1", "A", 0, 10), made_up("1", "B", 11, 12), made_up("1", "C", 13, 20)];
        assert_eq!(swaps(&spells).len(), 2);
        assert!(swaps(&[made_up("1", "A", 0, 1), made_up("1", "A", 3, 4)]).is_empty());
        let bare = HandsetSpell { imei: None, ..made_up("1", "", 1, 30) };
        assert_eq!(swaps(&[made_up("1", "A", 0, 10), bare, made_up("1", "B", 11, 12)]).len(), 1);
    }

    #[test]
    fn a_history_names_its_sim_as_records_do() {
        let history = |number: &str, imsi: Option<&str>| HandsetSpell {
            sim: imsi.unwrap_or(number).into(),
            number: Some(number.into()),
            imsi: imsi.map(str::to_owned),
            records: 0,
            ..made_up("9", "A", 0, 30)
        };
        let bare = HandsetSpell { sim: "+442".into(), imsi: None, ..made_up("2", "A", 0, 9) };
        let mut spells = vec![made_up("1", "A", 5, 9), bare];
        spells.extend([history("+441", None), history("+442", Some("77")), history("+441", Some("78"))]);
        unify_sim_names(&mut spells, 2);
        let names: Vec<&str> = spells[2..].iter().map(HandsetSpell::sim).collect();
        assert_eq!(names, ["1", "+442", "78"], "by its number; records name no IMSI; another SIM with the number");
        let [mut whole, mut records] = [spells[2].clone(), spells[0].clone()];
        assert!(whole.absorb_repeat(&mut records));
        assert_eq!((whole.from, whole.to, whole.records), (0, 30_000_000, 3));
        assert!(!spells[0].clone().absorb_repeat(&mut made_up("1", "A", 11, 12)), "two runs of records stay two");
    }
}
