//! Shared handset: SIMs of both numbers sat in one handset, at whatever time.

use std::collections::BTreeMap;

use orochi_model::{locator::Locator, problem::Problem};

use super::{StrandParties, StrandReason};
use crate::tables::{RowColumns, Tables, list, rfc3339, texts, times, value};

/// A number's SIM in a handset: first and last instant (microseconds UTC), and a row.
#[derive(Clone, Debug)]
struct HandsetPeriod {
    first: i64,
    last: i64,
    row: Locator,
    /// Whether a handset history says so, and not a communication.
    history: bool,
}

/// Handsets (first 14 digits) of each place.
pub(super) struct SharedHandsets(Vec<BTreeMap<String, HandsetPeriod>>);

impl SharedHandsets {
    pub(super) fn load(tables: &dyn Tables, parties: &StrandParties<'_>) -> Result<Self, Problem> {
        let places = parties.places();
        let mut seats = vec![BTreeMap::new(); parties.candidates.len() + 1];
        let names = list(parties.all());
        let queries = [
            format!(
                "SELECT number, imei, \"to\" AS first, \"to\" AS last, exhibit, sheet, \"row\" FROM presences \
                 WHERE imei IS NOT NULL AND number IN ({names})"
            ),
            format!(
                "SELECT number, imei, \"from\" AS first, \"to\" AS last, exhibit, sheet, \"row\" FROM handsets \
                 WHERE imei IS NOT NULL AND number IN ({names})"
            ),
        ];
        for (sql, history) in queries.iter().zip([false, true]) {
            tables.stream(sql, &mut |batch| {
                let (number, imei, rows) =
                    (texts(&batch, "number")?, texts(&batch, "imei")?, RowColumns::from_batch(&batch)?);
                let (first, last) = (times(&batch, "first")?, times(&batch, "last")?);
                for i in 0..batch.num_rows() {
                    let Some(place) = number.get(i).and_then(|number| places.get(number)) else { continue };
                    let Some(imei) = imei.get(i) else { continue };
                    let (from, to) = (value(&first, i).unwrap_or(i64::MAX), value(&last, i).unwrap_or(i64::MIN));
                    let of = &mut seats[*place];
                    let seat = of.entry(imei.to_owned()).or_insert_with(|| HandsetPeriod {
                        first: i64::MAX,
                        last: i64::MIN,
                        row: rows.get(i),
                        history,
                    });
                    // The earliest row stands for all; of one instant the first by exhibit and row.
                    if (from, rows.get(i)) < (seat.first, seat.row.clone()) && seat.history == history {
                        seat.row = rows.get(i);
                    }
                    (seat.first, seat.last) = (seat.first.min(from), seat.last.max(to));
                }
                Ok(())
            })?;
        }
        Ok(Self(seats))
    }

    pub(super) fn reasons(&self, place: usize) -> Result<Vec<StrandReason>, Problem> {
        let mut reasons = Vec::new();
        for (imei, line) in &self.0[0] {
            let Some(own) = self.0[place].get(imei) else { continue };
            let text = format!(
                "SIMs of the line and of this number were both used in handset {imei}: the line's {}, this number's \
                 {}.",
                period_text(line)?,
                period_text(own)?
            );
            reasons.push(StrandReason::supporting(text, vec![line.row.clone(), own.row.clone()]));
        }
        Ok(reasons)
    }
}

fn period_text(seat: &HandsetPeriod) -> Result<String, Problem> {
    if seat.first > seat.last {
        return Ok("at a time the handset history does not state".to_owned());
    }
    let source = if seat.history { " (handset history)" } else { "" };
    Ok(format!("from {} to {}{source}", rfc3339(seat.first)?, rfc3339(seat.last)?))
}
