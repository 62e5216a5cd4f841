//! Tenancies as the view has them, and what follows from their order: a SIM's handsets one after the other.

use arrow::datatypes::UInt64Type;
use orochi_model::{evidence::Evidence, problem::Problem};

use crate::tables::{Tables, numbers, texts, times};
use crate::wall::CLOCK_SET_S;

/// A SIM in a handset over a period, microseconds UTC.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spell {
    pub number: Option<String>,
    pub imsi: Option<String>,
    pub imei: Option<String>,
    pub from: i64,
    pub to: i64,
    pub records: u64,
    pub evidence: Evidence,
}

impl Spell {
    /// What the SIM is called: its IMSI, else its number.
    pub(super) fn sim(&self) -> &str {
        self.imsi.as_deref().or(self.number.as_deref()).unwrap_or_default()
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

/// The tenancies of the view, by SIM and time. Those dated by a clock that was never set are left out.
pub(super) fn load(tables: &dyn Tables) -> Result<Vec<Spell>, Problem> {
    let mut spells = Vec::new();
    let sql = "SELECT number, imsi, imei, \"from\", \"to\", records, exhibit, sheet, \"row\" FROM tenancies";
    tables.stream(sql, &mut |batch| {
        let column = |name: &str| texts(&batch, name);
        let (number, imsi, imei) = (column("number")?, column("imsi")?, column("imei")?);
        let (exhibit, sheet) = (column("exhibit")?, column("sheet")?);
        let (from, to) = (times(&batch, "from")?, times(&batch, "to")?);
        let (records, row) = (numbers::<UInt64Type>(&batch, "records")?, numbers::<UInt64Type>(&batch, "row")?);
        for i in 0..batch.num_rows() {
            if from.value(i) < CLOCK_SET_S * 1_000_000 {
                continue;
            }
            let own = |text: Option<&str>| text.map(str::to_owned);
            spells.push(Spell {
                number: own(number.get(i)),
                imsi: own(imsi.get(i)),
                imei: own(imei.get(i)),
                from: from.value(i),
                to: to.value(i),
                records: records.value(i),
                evidence: Evidence {
                    exhibit: exhibit.get(i).unwrap_or_default().to_owned(),
                    sheet: own(sheet.get(i)),
                    row: row.value(i),
                },
            });
        }
        Ok(())
    })?;
    spells.sort_by(|x, y| {
        (x.sim(), x.from, x.to, &x.imei)
            .cmp(&(y.sim(), y.from, y.to, &y.imei))
            .then_with(|| x.evidence.cmp(&y.evidence))
    });
    Ok(spells)
}

/// A SIM that left one handset for another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Swap<'a> {
    pub before: &'a Spell,
    pub after: &'a Spell,
    /// It came back to the first handset after this spell: the last of the other one.
    pub back: Option<&'a Spell>,
}

/// Handset swaps, in order. A SIM that goes to another handset and comes back is one swap.
pub(super) fn swaps(spells: &[Spell]) -> Vec<Swap<'_>> {
    let mut swaps: Vec<Swap<'_>> = Vec::new();
    for two in spells.windows(2) {
        let (before, after) = (&two[0], &two[1]);
        if before.sim() != after.sim() || before.imei == after.imei || before.imei.is_none() || after.imei.is_none() {
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
        swaps.push(Swap { before, after, back: None });
    }
    swaps
}

#[cfg(test)]
pub(super) fn made_up(sim: &str, imei: &str, (from, to): (i64, i64)) -> Spell {
    Spell {
        number: Some(format!("+44{sim}")),
        imsi: Some(sim.into()),
        imei: Some(imei.into()),
        from: from * 1_000_000,
        to: to * 1_000_000,
        records: 3,
        evidence: Evidence { exhibit: "EX0001".into(), sheet: None, row: 2 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sim_that_slips_into_another_handset_and_back_is_one_swap() {
        let spells = [
            made_up("1", "A", (0, 10)),
            made_up("1", "B", (11, 12)),
            made_up("1", "A", (13, 20)),
            made_up("2", "B", (5, 6)),
        ];
        let found = swaps(&spells);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].after, found[0].back), (&spells[1], Some(&spells[2])));
        let spells = [made_up("1", "A", (0, 10)), made_up("1", "B", (11, 12)), made_up("1", "C", (13, 20))];
        assert_eq!(swaps(&spells).len(), 2);
        assert!(swaps(&[made_up("1", "A", (0, 1)), made_up("1", "A", (3, 4))]).is_empty());
    }
}
