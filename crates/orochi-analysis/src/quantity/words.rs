//! Sentences about how much was sold; each passes the wording guard.

use std::fmt::Write;

use orochi_model::{finding::Reason, problem::Problem, sentence::Sentence};

use super::days::Counts;
use super::report::{Estimate, Methods, Why};
use super::seen::Seen;
use super::settings::{Settings, Spread};
use super::{Asked, PUBLISHED_MEDIAN, Proof};

/// What sentences are made from.
pub(super) struct Told<'a> {
    pub seen: &'a Seen,
    pub counts: &'a Counts,
    pub settings: &'a Settings,
    pub asked: &'a Asked,
    /// Days with data, and without.
    pub days: (usize, usize),
    pub rows: &'a Proof,
}

/// A weight in words: grams, or kilograms from one on.
pub(super) fn weight(grams: f64) -> String {
    if grams >= 1_000.0 { format!("{:.2} kg", grams / 1_000.0) } else { format!("{grams:.0} g") }
}

fn between(range: &Spread) -> String {
    format!("{} to {}, central {}", weight(range.low), weight(range.high), weight(range.central))
}

fn many(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

impl Told<'_> {
    pub(super) fn by_days(&self, estimate: Option<&Estimate>, published: Option<f64>) -> Result<Sentence, Problem> {
        let (Some(estimate), Some(published)) = (estimate, published) else {
            let why = if self.counts.base.is_empty() {
                "no bulk text of this line is in the data, so it has no customer base by this method"
            } else {
                "no customer-day of a member of the customer base is in the data"
            };
            return Sentence::new(format!("Insufficient data: {why}."));
        };
        Sentence::new(format!(
            "By customer-days the line sold {} of class A drugs ({:.0}% of draws lie between). As published, with no \
             allowance: {} customer-days at {} g are {}.",
            between(&estimate.grams),
            self.settings.interval * 100.0,
            self.counts.days.len(),
            self.settings.daily_grams,
            weight(published),
        ))
    }

    pub(super) fn by_transactions(
        &self,
        estimate: Option<&Estimate>,
        transactions: Option<&Spread>,
    ) -> Result<Sentence, Problem> {
        let Some(count) = transactions else {
            return Sentence::new("Insufficient data: nobody is seen to start contact with the line.");
        };
        let mut text = format!(
            "By transactions the line made {:.0} to {:.0} sales, central {:.0}",
            count.low, count.high, count.central
        );
        match estimate {
            Some(estimate) => {
                let _ = write!(
                    text,
                    ", of {} of class A drugs ({:.0}% of draws lie between).",
                    between(&estimate.grams),
                    self.settings.interval * 100.0
                );
            }
            None => text.push_str(
                ". No weight is given: enter deals (a transaction) and deal_grams (a deal), each with its source.",
            ),
        }
        Sentence::new(text)
    }

    pub(super) fn days_reasons(&self) -> Result<Vec<Reason>, Problem> {
        let counts = self.counts;
        let mut reasons = Vec::new();
        if !counts.base.is_empty() {
            let text = format!(
                "{} got a text of {} of the line.",
                many(counts.base.len(), "number", "different numbers"),
                many(counts.bursts, "bulk message", "bulk messages"),
            );
            reasons.push(self.reason(true, text, counts.base.values())?);
        }
        if !counts.days.is_empty() {
            let members =
                counts.base.keys().filter(|id| counts.days.range((**id, i32::MIN)..=(**id, i32::MAX)).next().is_some());
            let text = format!(
                "{} of the base started contact on {}, by text or by a call longer than {} seconds.",
                many(members.count(), "member", "members"),
                many(counts.days.len(), "day of theirs", "days of theirs"),
                self.settings.call_seconds,
            );
            reasons.push(self.reason(true, text, counts.days.values().filter_map(|events| events.first()))?);
        }
        for (why, text) in [
            (Why::SingleDay, "were left out as too few in a week: occasional customers are under-counted."),
            (
                Why::ShortCall,
                "had no call longer than the threshold and no text: an order may have gone through all the same, or \
                 none.",
            ),
            (
                Why::DroppedCall,
                "had nothing but unanswered calls or calls of a few seconds: an order may have gone through all the \
                 same, or none.",
            ),
            (Why::AutomaticReply, "had texts that a machine sent in reply to a bulk text; they count for nothing."),
        ] {
            self.against(why, &format!("of the base's contact {text}"), &mut reasons)?;
        }
        self.coverage(&mut reasons)?;
        Ok(reasons)
    }

    pub(super) fn transaction_reasons(&self) -> Result<Vec<Reason>, Problem> {
        use super::days::Dealt;
        let mut reasons = Vec::new();
        for (dealt, supports, text) in [
            (Dealt::Confirmed, true, "were called or texted back by the line or an associate in time"),
            (Dealt::Answered, true, "were spoken to, but not called or texted back"),
            (Dealt::Unanswered, false, "were neither spoken to nor called or texted back: most of these are no sale"),
        ] {
            let of = || self.counts.contacts.values().filter(|contact| contact.dealt == dealt);
            if of().next().is_some() {
                let text = format!(
                    "Of {} started by others, {} {text}.",
                    many(self.counts.contacts.len(), "contact-day", "contact-days"),
                    of().count()
                );
                reasons.push(self.reason(supports, text, of().flat_map(|contact| contact.events.iter().take(1)))?);
            }
        }
        for (why, text) in [
            (Why::Associate, "numbers that answer for the line are left out."),
            (Why::NotAPhone, "landlines, short codes and senders' names are left out."),
        ] {
            self.against(why, text, &mut reasons)?;
        }
        self.coverage(&mut reasons)?;
        Ok(reasons)
    }

    fn against(&self, why: Why, text: &str, reasons: &mut Vec<Reason>) -> Result<(), Problem> {
        let of = || self.counts.left_out.iter().filter(|((one, _, _), _)| *one == why);
        let number = of().count();
        if number == 0 {
            return Ok(());
        }
        let days = matches!(why, Why::Associate | Why::NotAPhone);
        let text = if days { format!("{number} {text}") } else { format!("{} {text}", many(number, "day", "days")) };
        let reason = self.reason(false, text, of().flat_map(|(_, events)| events.iter().take(1)))?;
        reasons.push(reason);
        Ok(())
    }

    fn coverage(&self, reasons: &mut Vec<Reason>) -> Result<(), Problem> {
        let (with, without) = self.days;
        if without > 0 {
            let text = format!(
                "No data of the line's number in use is held on {without} of the line's {} days: what is not seen is \
                 not nothing. The high end allows for them, the low end does not.",
                with + without
            );
            reasons.push(Reason { text: Sentence::new(text)?, supports: false, evidence: Vec::new() });
        }
        if with == 0 {
            let text = "The line's own data is not held at all: counts are what its contacts' data shows, and the true \
                        figure lies above them by an unknown amount.";
            reasons.push(Reason { text: Sentence::new(text)?, supports: false, evidence: Vec::new() });
        }
        Ok(())
    }

    fn reason<'a>(
        &self,
        supports: bool,
        text: String,
        events: impl IntoIterator<Item = &'a u32>,
    ) -> Result<Reason, Problem> {
        Ok(Reason { text: Sentence::new(text)?, supports, evidence: self.rows.of(events) })
    }

    /// Why the two differ.
    pub(super) fn comparison(&self, methods: &Methods) -> Result<Vec<Sentence>, Problem> {
        let mut all = Vec::new();
        if let (Some(days), Some(transactions)) = (&methods.customer_days.estimate, &methods.transactions.estimate) {
            let overlap = days.grams.low <= transactions.grams.high && transactions.grams.low <= days.grams.high;
            all.push(format!(
                "Customer-days give {}, transactions {}. The two ranges {}.",
                between(&days.grams),
                between(&transactions.grams),
                if overlap {
                    "overlap"
                } else {
                    "do not overlap: one of the figures entered, or of the counts, is wrong for this line"
                },
            ));
        }
        all.push(
            "Customer-days count a person once a day, however often they buy, and take what a user consumes in a day; \
             transactions count what was asked for and take what is sold at one time. Where customers buy more than \
             once a day or for others, the second is larger."
                .to_owned(),
        );
        let (strangers, potential) = (self.counts.left(Why::NotInBase), self.counts.contacts.len());
        all.push(format!(
            "Customer-days need a bulk text to each customer and leave out {} that got none; transactions count {} of \
             all who start contact.",
            many(strangers, "number", "numbers"),
            many(potential, "contact-day", "contact-days"),
        ));
        all.push(
            "Customer-days leave out a week's only day and short calls; transactions keep them, and leave out in part \
             who was not answered."
                .to_owned(),
        );
        all.into_iter().map(Sentence::new).collect()
    }

    /// What must be said beside the figures.
    pub(super) fn limits(&self) -> Result<Vec<Sentence>, Problem> {
        let settings = self.settings;
        let source = self.asked.sources.get("daily_grams").map_or("", String::as_str);
        let mut all = vec![
            format!(
                "Mean daily consumption entered: {} g, source: {source}. The published median is {PUBLISHED_MEDIAN} g \
                 a day of both drugs together; consumption is heavily skewed, so the median lies far below the mean, \
                 and a mean misleads where few customers are counted.",
                settings.daily_grams
            ),
            "Customers use several lines, and some orders are made in ways that this data does not show; both are in \
             the range (from_line, missed) as assumed figures, not as anything measured in this case."
                .to_owned(),
            "The data shows that contact was made, never that anything was sold, or what: an estimate of weight is \
             opinion built on counted facts, and needs a witness who can speak to the figures entered."
                .to_owned(),
        ];
        if self.asked.associates.is_empty() {
            all.push(
                "No associate of the line is known or was named: calls back by associates are not seen, and their \
                 own calls to the line may be counted as customers'."
                    .to_owned(),
            );
        }
        if self.asked.periods.is_empty() {
            all.push(
                "No authority's period is recorded: days with data are taken to run from the first to the last \
                 row of each number."
                    .to_owned(),
            );
        }
        if settings.gram_price <= 0.0 {
            all.push("No street price was entered: no value is given (gram_price, with its source).".to_owned());
        }
        if settings.heroin_share <= 0.0 {
            all.push(
                "No share of heroin was entered: both drugs are taken together (heroin_share, with its source)."
                    .to_owned(),
            );
        }
        all.into_iter().map(Sentence::new).collect()
    }
}
