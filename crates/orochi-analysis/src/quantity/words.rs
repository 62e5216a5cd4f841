//! Sentences about what a line's communications correspond to; each passes the wording guard.

use std::fmt::Write;

use orochi_model::{
    finding::Reason,
    problem::Problem,
    sentence::{Class, Sentence, counted, quoted},
};

use super::days::QuantityCounts;
use super::estimate::DaysOfUse;
use super::line_traffic::LineTraffic;
use super::report::{ExclusionReason, GramEstimate, MethodResults};
use super::settings::{FigureRange, Settings};
use super::{EventRows, PUBLISHED_MEDIAN, QuantityRequest};

/// What sentences are made from.
pub(super) struct QuantityWording<'a> {
    pub seen: &'a LineTraffic,
    pub counts: &'a QuantityCounts,
    pub settings: &'a Settings,
    pub asked: &'a QuantityRequest,
    /// Days with data, and without.
    pub days: DaysOfUse,
    pub rows: &'a EventRows,
}

/// A weight in words: grams, or kilograms from one on.
pub(super) fn weight(grams: f64) -> String {
    if grams >= 1_000.0 { format!("{:.2} kg", grams / 1_000.0) } else { format!("{grams:.0} g") }
}

fn between(range: &FigureRange) -> String {
    format!("{} to {}, central {}", weight(range.low), weight(range.high), weight(range.central))
}

impl QuantityWording<'_> {
    pub(super) fn by_days(&self, estimate: Option<&GramEstimate>, published: Option<f64>) -> Result<Sentence, Problem> {
        let (Some(estimate), Some(published)) = (estimate, published) else {
            let why = if self.counts.base.is_empty() {
                "the data holds no bulk text from this line, and this method counts only numbers that received one"
            } else {
                "no number that received a bulk text from this line is seen to start contact with it"
            };
            return Sentence::limit(format!("Insufficient data: {why}."));
        };
        Sentence::opinion(format!(
            "If each customer-day stands for one day's consumption, the {} counted correspond to {} of class A drugs. \
             The range contains the central {:.0}% of simulated values. The published method makes no allowance and \
             gives {}, at {} g a day.",
            counted(self.counts.days.len(), "customer-day", "customer-days"),
            between(&estimate.grams),
            self.settings.interval * 100.0,
            weight(published),
            self.settings.daily_grams,
        ))
    }

    pub(super) fn by_transactions(
        &self,
        estimate: Option<&GramEstimate>,
        transactions: Option<&FigureRange>,
    ) -> Result<Sentence, Problem> {
        let Some(count) = transactions else {
            return Sentence::limit("Insufficient data: no number is seen to start contact with the line.");
        };
        let mut text = format!(
            "If the contacts counted stand for sales in the shares entered, they correspond to {:.0} to {:.0} sales, \
             central {:.0}",
            count.low, count.high, count.central
        );
        match estimate {
            Some(estimate) => {
                let _ = write!(
                    text,
                    ", and these to {} of class A drugs. The ranges contain the central {:.0}% of simulated values.",
                    between(&estimate.grams),
                    self.settings.interval * 100.0
                );
            }
            None => text.push_str(
                ". No weight is given: enter deals (a transaction) and deal_grams (a deal), each with its source.",
            ),
        }
        Sentence::opinion(text)
    }

    pub(super) fn days_reasons(&self) -> Result<Vec<Reason>, Problem> {
        let counts = self.counts;
        let mut reasons = Vec::new();
        if !counts.base.is_empty() {
            let text = format!(
                "{} received {} from the line.",
                counted(counts.base.len(), "number", "different numbers"),
                counted(counts.bursts, "bulk message", "bulk messages"),
            );
            reasons.push(self.reason(Class::Fact, true, text, counts.base.values())?);
        }
        if !counts.days.is_empty() {
            let members =
                counts.base.keys().filter(|id| counts.days.range((**id, i32::MIN)..=(**id, i32::MAX)).next().is_some());
            let text = format!(
                "{} of these numbers started contact, by text or by a call longer than {} seconds, on {} in all.",
                members.count(),
                self.settings.call_seconds,
                counted(counts.days.len(), "day", "days"),
            );
            let first = counts.days.values().filter_map(|events| events.first());
            reasons.push(self.reason(Class::Fact, true, text, first)?);
        }
        for (why, text) in [
            (
                ExclusionReason::SingleDay,
                "were left out because the number was in contact on too few days of the week. Occasional contact is \
                 therefore under-counted.",
            ),
            (
                ExclusionReason::ShortCall,
                "had no text and no call longer than the threshold. The data does not show whether an order was \
                 placed.",
            ),
            (
                ExclusionReason::DroppedCall,
                "had only unanswered calls or calls of a few seconds. The data does not show whether an order was \
                 placed.",
            ),
            (ExclusionReason::AutomaticReply, "had automatic replies to a bulk text. These were not counted."),
        ] {
            self.against(why, &format!("of contact by these numbers {text}"), &mut reasons)?;
        }
        self.coverage(&mut reasons)?;
        Ok(reasons)
    }

    pub(super) fn transaction_reasons(&self) -> Result<Vec<Reason>, Problem> {
        use super::days::ContactResponse;
        let mut reasons = Vec::new();
        for (dealt, supports, text) in [
            (ContactResponse::Confirmed, true, "were called or texted back by the line or an associate in time"),
            (ContactResponse::Answered, true, "were spoken to, but not called or texted back"),
            (
                ContactResponse::Unanswered,
                false,
                "were neither spoken to nor called or texted back, so that nothing shows an order was taken",
            ),
        ] {
            let of = || self.counts.contacts.values().filter(|contact| contact.dealt == dealt);
            if of().next().is_some() {
                let text = format!(
                    "Of {} started by others, {} {text}.",
                    counted(self.counts.contacts.len(), "contact-day", "contact-days"),
                    of().count()
                );
                let first = of().flat_map(|contact| contact.events.iter().take(1));
                reasons.push(self.reason(Class::Fact, supports, text, first)?);
            }
        }
        for (why, text) in [
            (ExclusionReason::Associate, "numbers taken to answer for the line were left out."),
            (ExclusionReason::NotAPhone, "landlines, short codes and senders' names were left out."),
        ] {
            self.against(why, text, &mut reasons)?;
        }
        self.coverage(&mut reasons)?;
        Ok(reasons)
    }

    fn against(&self, why: ExclusionReason, text: &str, reasons: &mut Vec<Reason>) -> Result<(), Problem> {
        let of = || self.counts.left_out.iter().filter(|((one, _, _), _)| *one == why);
        let number = of().count();
        if number == 0 {
            return Ok(());
        }
        let days = matches!(why, ExclusionReason::Associate | ExclusionReason::NotAPhone);
        let text = if days { format!("{number} {text}") } else { format!("{} {text}", counted(number, "day", "days")) };
        let reason = self.reason(Class::Fact, false, text, of().flat_map(|(_, events)| events.iter().take(1)))?;
        reasons.push(reason);
        Ok(())
    }

    fn coverage(&self, reasons: &mut Vec<Reason>) -> Result<(), Problem> {
        let DaysOfUse { with_data: with, without_data: without, .. } = self.days;
        if without > 0 {
            let text = format!(
                "On {without} of the line's {} days, no data of the number then in use is held. The absence of data \
                 does not mean that there was no activity. The high end allows for these days, the low end does not.",
                with + without
            );
            reasons.push(Reason { text: Sentence::limit(text)?, supports: false, evidence: Vec::new() });
        }
        if with == 0 {
            let text = "The line's own data is not held. Only communications in its contacts' data were counted, and \
                        the true figure is higher by an unknown amount.";
            reasons.push(Reason { text: Sentence::limit(text)?, supports: false, evidence: Vec::new() });
        }
        Ok(())
    }

    fn reason<'a>(
        &self,
        class: Class,
        supports: bool,
        text: String,
        events: impl IntoIterator<Item = &'a u32>,
    ) -> Result<Reason, Problem> {
        Ok(Reason { text: Sentence::new(class, text)?, supports, evidence: self.rows.rows_of(events) })
    }

    /// Why the two differ.
    pub(super) fn comparison(&self, methods: &MethodResults) -> Result<Vec<Sentence>, Problem> {
        let mut all = Vec::new();
        if let (Some(days), Some(transactions)) = (&methods.customer_days.estimate, &methods.transactions.estimate) {
            let overlap = days.grams.low <= transactions.grams.high && transactions.grams.low <= days.grams.high;
            all.push(format!(
                "Customer-days give {}. Transactions give {}. The two ranges {}.",
                between(&days.grams),
                between(&transactions.grams),
                if overlap {
                    "overlap"
                } else {
                    "do not overlap, so that at least one figure entered, or one count, is wrong for this line"
                },
            ));
        }
        all.push(
            "Customer-days count a number once a day, however often it makes contact, and apply what a user consumes \
             in a day. Transactions count each contact and apply what is sold at one time. Transactions give more \
             where customers buy several times a day or for others."
                .to_owned(),
        );
        let (strangers, potential) = (self.counts.left(ExclusionReason::NotInBase), self.counts.contacts.len());
        all.push(format!(
            "Customer-days count only numbers that received a bulk text and leave out {} that received none. \
             Transactions count {} of all numbers that started contact.",
            counted(strangers, "number", "numbers"),
            counted(potential, "contact-day", "contact-days"),
        ));
        all.push(
            "Customer-days leave out a number's only day of contact in a week, and short calls. Transactions keep \
             both, and leave out a share of the contacts that were not answered."
                .to_owned(),
        );
        all.into_iter().map(Sentence::opinion).collect()
    }

    /// What must be said beside the figures.
    pub(super) fn limits(&self) -> Result<Vec<Sentence>, Problem> {
        let settings = self.settings;
        let source = self.asked.sources.get("daily_grams").map_or("", String::as_str);
        let mut all = vec![
            format!(
                "The mean daily consumption entered is {} g, source: {}. The published median is {PUBLISHED_MEDIAN} g \
                 a day of both drugs together. Consumption is heavily skewed: the median lies far below the mean, and \
                 a mean misleads where few people are counted.",
                settings.daily_grams,
                quoted(source)
            ),
            "People may use several lines, and some orders are placed in ways that this data does not show. The range \
             allows for both (from_line, missed) with assumed figures. Neither was measured in this case."
                .to_owned(),
            "The data shows that contact was made. It does not show what, if anything, changed hands. An estimate of \
             weight is an opinion based on counted facts, and needs a witness who can speak to the figures entered."
                .to_owned(),
        ];
        if self.asked.associates.is_empty() {
            all.push(
                "No associate of the line is known or was named. Calls back by associates are not seen, and an \
                 associate's own calls to the line may have been counted."
                    .to_owned(),
            );
        }
        if self.asked.periods.is_empty() {
            all.push(
                "No authority's period is recorded. Days with data are taken to run from the first to the last row of \
                 each number."
                    .to_owned(),
            );
        }
        let DaysOfUse { with_data, silent, .. } = self.days;
        if silent > 0 {
            all.push(format!(
                "On {silent} of the {} with data, no call or text of the line is held. The estimate adds nothing for \
                 such a day. It is too low if the operators' returns leave out communications of that day.",
                counted(with_data, "day", "days"),
            ));
        }
        if settings.gram_price <= 0.0 {
            all.push("No street price was entered, and no value is given (gram_price, with its source).".to_owned());
        }
        if settings.heroin_share <= 0.0 {
            all.push(
                "No share of heroin was entered, and both drugs are taken together (heroin_share, with its source)."
                    .to_owned(),
            );
        }
        all.into_iter().map(Sentence::limit).collect()
    }
}
