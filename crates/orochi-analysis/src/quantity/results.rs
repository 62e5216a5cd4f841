//! What each of the two methods gives: its counts, its estimate, and the rows behind each.

use orochi_model::problem::Problem;

use super::day_text;
use super::days::{ContactResponse, NumberDay};
use super::estimate::CountBasis;
use super::report::{CountedContact, CountedMember, CustomerDays, GramEstimate, Transactions};
use super::settings::FigureRange;
use super::words::QuantityWording;

/// By customer-days.
pub(super) fn customer_days(
    told: &QuantityWording<'_>,
    basis: &CountBasis,
    estimate: Option<GramEstimate>,
    published_grams: Option<f64>,
) -> Result<CustomerDays, Problem> {
    let counts = told.counts;
    let base = counts.base.iter().map(|(id, first)| CountedMember {
        number: told.seen.names[*id as usize].clone(),
        answers_for_line: told.seen.associates.contains(id),
        days: counts.days.range((*id, i32::MIN)..=(*id, i32::MAX)).count() as u64,
        evidence: told.rows.rows_of(&[*first]),
    });
    Ok(CustomerDays {
        statement: told.by_days(estimate.as_ref(), published_grams)?,
        reasons: told.days_reasons()?,
        estimate,
        published_grams,
        bursts: counts.bursts as u64,
        base: base.collect(),
        days: counts.days.len() as u64,
        single_days: basis.single as u64,
        short_days: basis.short as u64,
        counted: counts.days.iter().map(|(day, events)| contact_day(told, *day, None, &events[..1])).collect(),
    })
}

/// By transactions.
pub(super) fn transactions(
    told: &QuantityWording<'_>,
    basis: &CountBasis,
    estimate: Option<GramEstimate>,
    transactions: Option<FigureRange>,
) -> Result<Transactions, Problem> {
    let counts = told.counts;
    let counted = counts.contacts.iter().map(|(day, contact)| {
        let dealt = match contact.dealt {
            ContactResponse::Confirmed => "confirmed",
            ContactResponse::Answered => "answered",
            ContactResponse::Unanswered => "unanswered",
        };
        contact_day(told, *day, Some(dealt), &contact.events[..contact.events.len().min(2)])
    });
    Ok(Transactions {
        statement: told.by_transactions(estimate.as_ref(), transactions.as_ref())?,
        reasons: told.transaction_reasons()?,
        estimate,
        transactions,
        potential: counts.contacts.len() as u64,
        confirmed: basis.confirmed as u64,
        answered: basis.answered as u64,
        repeats: counts.repeats(),
        counted: counted.collect(),
    })
}

/// A number on a day, as it is listed.
fn contact_day(
    told: &QuantityWording<'_>,
    day: NumberDay,
    dealt: Option<&'static str>,
    events: &[u32],
) -> CountedContact {
    CountedContact {
        number: told.seen.names[day.0 as usize].clone(),
        day: day_text(day.1),
        dealt,
        evidence: told.rows.rows_of(events),
    }
}
