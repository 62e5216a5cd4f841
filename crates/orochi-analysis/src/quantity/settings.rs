//! Thresholds and figures of the method `quantity`.
//!
//! Figures of consumption, deals and price have no default: nothing was verified that could be one. 0
//! means that none was entered.

use orochi_model::problem::Problem;

use crate::settings::settings;

settings! {
    /// Thresholds and figures of the method `quantity`.
    Settings {
        daily_grams = 0.0, "grams a customer-day", 0.0..=20.0, "to be entered with its source",
            "Mean consumption of one customer on a day of use. The published median, 0.166 g of both drugs together, \
             lies far below the mean.";
        daily_grams_low = 0.0, "grams a customer-day", 0.0..=20.0, "to be entered with its source",
            "Lower end of daily_grams; where none is entered, daily_grams divided by unstated_spread.";
        daily_grams_high = 0.0, "grams a customer-day", 0.0..=20.0, "to be entered with its source",
            "Upper end of daily_grams; where none is entered, daily_grams times unstated_spread.";
        deals = 0.0, "deals a transaction", 0.0..=100.0, "to be entered with its source",
            "Mean deals sold in one transaction.";
        deals_low = 0.0, "deals a transaction", 0.0..=100.0, "to be entered with its source",
            "Lower end of deals; as daily_grams_low.";
        deals_high = 0.0, "deals a transaction", 0.0..=100.0, "to be entered with its source",
            "Upper end of deals; as daily_grams_high.";
        deal_grams = 0.0, "grams a deal", 0.0..=28.0, "to be entered with its source", "Mean weight of one deal.";
        deal_grams_low = 0.0, "grams a deal", 0.0..=28.0, "to be entered with its source",
            "Lower end of deal_grams; as daily_grams_low.";
        deal_grams_high = 0.0, "grams a deal", 0.0..=28.0, "to be entered with its source",
            "Upper end of deal_grams; as daily_grams_high.";
        gram_price = 0.0, "pounds a gram", 0.0..=1000.0, "to be entered with its source",
            "Street price of a gram of the two drugs together.";
        gram_price_low = 0.0, "pounds a gram", 0.0..=1000.0, "to be entered with its source",
            "Lower end of gram_price; as daily_grams_low.";
        gram_price_high = 0.0, "pounds a gram", 0.0..=1000.0, "to be entered with its source",
            "Upper end of gram_price; as daily_grams_high.";
        heroin_share = 0.0, "share of the weight", 0.0..=1.0, "to be entered with its source",
            "Share of the weight that is heroin; the rest is crack cocaine.";
        heroin_share_low = 0.0, "share of the weight", 0.0..=1.0, "to be entered with its source",
            "Lower end of heroin_share; as daily_grams_low.";
        heroin_share_high = 0.0, "share of the weight", 0.0..=1.0, "to be entered with its source",
            "Upper end of heroin_share; as daily_grams_high, at most 1.";
        unstated_spread = 1.5, "times", 1.0..=10.0, "assumed",
            "How far above and below an entered figure its ends lie where none are entered.";
        call_seconds = 6.0, "seconds", 0.0..=120.0, "published customer-days method: 6 seconds",
            "A call makes a customer-day only when it is longer than this.";
        dropped_seconds = 4.0, "seconds", 0.0..=120.0, "published customer-days method: 4 seconds",
            "An incoming call up to this length is dropped from customer-days before anything else; longer ones up to \
             call_seconds are shown separately in the list of what is left out.";
        week_days = 2.0, "days a week", 1.0..=7.0,
            "published customer-days method: active on only one day in a week is left out",
                "Fewest customer-days of a member in a week, Monday to Sunday, for the days of that week to count.";
        exchange_minutes = 30.0, "minutes", 0.0..=720.0, "assumed, as in the method lines",
            "Contacts of one pair with no gap longer than this are one exchange; the party that made the first one, \
             other than a burst, started it.";
        auto_reply_seconds = 15.0, "seconds", 0.0..=600.0, "assumed",
            "A text received within this time of a burst's text to the same number is an automatic reply.";
        auto_repeats = 3.0, "replies", 2.0..=50.0, "assumed",
            "This many replies from one number to texts of bursts at the same delay, within auto_spread_seconds, are \
             automatic.";
        auto_spread_seconds = 2.0, "seconds", 0.0..=60.0, "assumed", "See auto_repeats.";
        auto_within_seconds = 60.0, "seconds", 0.0..=3600.0, "assumed",
            "Replies later than this are not considered for auto_repeats.";
        back_minutes = 60.0, "minutes", 1.0..=1440.0,
            "assumed; the published critique asks for a limited time on the same day",
                "A contact is confirmed when the line or an associate calls or texts back within this time on the same \
                 day.";
        single_day_low = 0.0, "share of days", 0.0..=1.0, "published customer-days method: left out",
            "Lower end of single_day.";
        single_day = 0.5, "share of days", 0.0..=1.0, "assumed",
            "Share of the days left out as the only one in a week that were customer-days nevertheless.";
        single_day_high = 1.0, "share of days", 0.0..=1.0, "assumed: all of them", "Upper end of single_day.";
        short_day_low = 0.0, "share of days", 0.0..=1.0, "published customer-days method: left out",
            "Lower end of short_day.";
        short_day = 0.3, "share of days", 0.0..=1.0, "assumed",
            "Share of a member's days with only unanswered or short calls that were customer-days nevertheless: the \
             order was placed in another way.";
        short_day_high = 0.8, "share of days", 0.0..=1.0, "assumed", "Upper end of short_day.";
        bought_low = 0.7, "share of customer-days", 0.0..=1.0, "assumed", "Lower end of bought.";
        bought = 0.85, "share of customer-days", 0.0..=1.0, "assumed",
            "Share of customer-days, and of transactions requested, that ended in a sale.";
        bought_high = 0.95, "share of customer-days", 0.0..=1.0, "assumed", "Upper end of bought.";
        from_line_low = 0.5, "share of a day's consumption", 0.0..=1.0,
            "assumed; the published critique: customers use several lines", "Lower end of from_line.";
        from_line = 0.8, "share of a day's consumption", 0.0..=1.0,
            "assumed; the published critique: customers use several lines",
                "Share of a customer-day's consumption that comes from this line and not from another.";
        from_line_high = 1.0, "share of a day's consumption", 0.0..=1.0, "assumed: all of it", "Upper end of \
                                                                                                from_line.";
        missed_low = 1.0, "times", 1.0..=5.0, "assumed: none missed", "Lower end of missed.";
        missed = 1.05, "times", 1.0..=5.0, "assumed; the published critique: some orders are missed",
            "Factor for orders on days with data that the data does not show (placed in an app, in person, through a \
             friend).";
        missed_high = 1.2, "times", 1.0..=5.0, "assumed", "Upper end of missed.";
        not_customers_low = 0.0, "share of contact-days", 0.0..=1.0, "assumed", "Lower end of not_customers.";
        not_customers = 0.03, "share of contact-days", 0.0..=1.0, "assumed",
            "Share of the contact-days counted that are not those of customers: associates not known as such, call \
             centres, wrong numbers.";
        not_customers_high = 0.1, "share of contact-days", 0.0..=1.0, "assumed", "Upper end of not_customers.";
        answered_low = 0.5, "share of contacts", 0.0..=1.0, "assumed", "Lower end of answered.";
        answered = 0.85, "share of contacts", 0.0..=1.0, "assumed",
            "Share of contacts with a conversation longer than call_seconds, but not called or texted back, that are \
             transactions.";
        answered_high = 1.0, "share of contacts", 0.0..=1.0, "assumed", "Upper end of answered.";
        unanswered_low = 0.0, "share of contacts", 0.0..=1.0, "assumed", "Lower end of unanswered.";
        unanswered = 0.15, "share of contacts", 0.0..=1.0, "assumed",
            "Share of contacts neither spoken to nor called or texted back that are transactions.";
        unanswered_high = 0.5, "share of contacts", 0.0..=1.0, "assumed", "Upper end of unanswered.";
        repeats_low = 0.0, "share of exchanges", 0.0..=1.0, "published method: one transaction for each contact and \
                                                             day",
            "Lower end of repeats.";
        repeats = 0.5, "share of exchanges", 0.0..=1.0, "assumed",
            "Share of a contact's further exchanges on a day that are separate transactions.";
        repeats_high = 1.0, "share of exchanges", 0.0..=1.0, "assumed: all of them", "Upper end of repeats.";
        unseen_low = 0.0, "share of a day with data", 0.0..=5.0, "activity that is not seen is not counted",
            "Lower end of unseen.";
        unseen = 0.0, "share of a day with data", 0.0..=5.0, "activity that is not seen is not counted",
            "How much was sold on a day of the line's use without data, as a share of a day with data.";
        unseen_high = 1.0, "share of a day with data", 0.0..=5.0, "assumed: as on days with data",
            "Upper end of unseen.";
        consumption_cv = 1.3, "standard deviations a mean", 0.0..=10.0,
            "assumed; the published critique: consumption is heavily skewed",
                "How much customers differ in their consumption. With few customers, their mean may be far from the \
                 mean entered.";
        interval = 0.9, "share of draws", 0.5..=0.99, "convention", "Share of the draws that lie between low and high.";
        draws = 10000.0, "draws", 100.0..=200000.0, "assumed", "How often the figures are drawn from their ranges.";
        seed = 1.0, "number", 0.0..=1000000000.0, "arbitrary; the same seed gives the same result to the byte",
            "The seed of the random draws.";
        evidence_rows = 10.0, "rows", 1.0..=1000.0, "assumed", "Most rows listed for one reason or one thing left out.";
    }
}

/// A figure with its ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct FigureRange {
    /// Lower end.
    pub low: f64,
    /// The figure itself.
    pub central: f64,
    /// Upper end.
    pub high: f64,
}

/// Figures that must come from the user with a source, by the name of the setting.
pub const ENTERED: [&str; 5] = ["daily_grams", "deals", "deal_grams", "gram_price", "heroin_share"];

/// How many figures are uncertain.
pub(super) const FIGURES: usize = 15;

/// All uncertain figures, by the name of the setting, in the order in which they are drawn.
pub(super) const UNCERTAIN: [&str; FIGURES] = [
    "daily_grams",
    "deals",
    "deal_grams",
    "gram_price",
    "heroin_share",
    "single_day",
    "short_day",
    "bought",
    "from_line",
    "missed",
    "not_customers",
    "answered",
    "unanswered",
    "repeats",
    "unseen",
];

impl Settings {
    /// A figure with its ends as entered, or as its spread makes them; all 0 where none was entered.
    ///
    /// # Errors
    /// User kind when the ends are the wrong way round.
    pub(super) fn spread(&self, name: &str) -> Result<FigureRange, Problem> {
        let entered = |low: f64, central: f64, high: f64, most: f64| FigureRange {
            low: if low > 0.0 { low } else { central / self.unstated_spread },
            central,
            high: if high > 0.0 { high } else { (central * self.unstated_spread).min(most) },
        };
        let all = f64::INFINITY;
        let plain = |low, central, high| FigureRange { low, central, high };
        let spread = match name {
            "daily_grams" => entered(self.daily_grams_low, self.daily_grams, self.daily_grams_high, all),
            "deals" => entered(self.deals_low, self.deals, self.deals_high, all),
            "deal_grams" => entered(self.deal_grams_low, self.deal_grams, self.deal_grams_high, all),
            "gram_price" => entered(self.gram_price_low, self.gram_price, self.gram_price_high, all),
            "heroin_share" => entered(self.heroin_share_low, self.heroin_share, self.heroin_share_high, 1.0),
            "single_day" => plain(self.single_day_low, self.single_day, self.single_day_high),
            "short_day" => plain(self.short_day_low, self.short_day, self.short_day_high),
            "bought" => plain(self.bought_low, self.bought, self.bought_high),
            "from_line" => plain(self.from_line_low, self.from_line, self.from_line_high),
            "missed" => plain(self.missed_low, self.missed, self.missed_high),
            "not_customers" => plain(self.not_customers_low, self.not_customers, self.not_customers_high),
            "answered" => plain(self.answered_low, self.answered, self.answered_high),
            "unanswered" => plain(self.unanswered_low, self.unanswered, self.unanswered_high),
            "repeats" => plain(self.repeats_low, self.repeats, self.repeats_high),
            "unseen" => plain(self.unseen_low, self.unseen, self.unseen_high),
            _ => return Err(Problem::bug(format!("{name} is not an uncertain figure"))),
        };
        if spread.low <= spread.central && spread.central <= spread.high {
            return Ok(spread);
        }
        Err(Problem::user(format!("{name} is not between its two ends"))
            .at(format!("{} to {}, and {name} {}", spread.low, spread.high, spread.central))
            .hint(format!("give {name}_low, {name} and {name}_high in ascending order")))
    }
}
