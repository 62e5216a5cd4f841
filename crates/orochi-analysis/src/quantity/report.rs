//! What the method gives: two estimates side by side, what they rest on, and what was left out.

use orochi_model::{finding::Reason, locator::Locator, method::Method, method::Setting, sentence::Sentence};
use serde::Serialize;

use super::harm::Harm;
use super::settings::FigureRange;

/// How much a line sold, by two methods. Weights are grams of both drugs together unless a field says which; days are
/// calendar days in the United Kingdom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityReport {
    /// Name and version of the method.
    pub method: Method,
    /// Every threshold and figure, those entered with the source that was given for them.
    pub settings: Vec<StatedSetting>,
    /// The line: the number asked for.
    pub line: String,
    /// The line's numbers, as asked for.
    pub numbers: Vec<HeldNumber>,
    /// Numbers that answer for the line and are no customers.
    pub associates: Vec<Associate>,
    /// Which days are counted.
    pub period: QuantityPeriod,
    /// The two methods.
    pub methods: MethodResults,
    /// Why the two differ.
    pub comparison: Vec<Sentence>,
    /// What the range does not cover, and what must be said beside it.
    pub limits: Vec<Sentence>,
    /// The effect of one figure or threshold at a time, the largest first.
    pub sensitivity: Vec<SettingEffect>,
    /// Every number and day left out, by reason, number and day.
    pub ledger: Vec<Exclusion>,
}

/// A setting, with the source that was entered with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedSetting {
    /// The setting.
    #[serde(flatten)]
    pub setting: Setting,
    /// Where its value in this run comes from, as entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered_source: Option<String>,
}

/// A number of the line and what is held of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeldNumber {
    /// The number.
    pub number: String,
    /// First and last day of its use in the data; none where nothing shows use.
    pub used: Option<[String; 2]>,
    /// Its communications in the data, and how many of them are in records of its own side.
    pub communications: u64,
    /// See `communications`.
    pub own: u64,
    /// Days on which its own data is held.
    pub days: u64,
    /// References of the authorities that say so; none where days rest on the first and last row.
    pub references: Vec<String>,
}

/// A number that answers for the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Associate {
    /// The number.
    pub number: String,
    /// Why it is taken as one: a role that the method `roles` suggests, or that it was named.
    pub because: String,
}

/// Days of the line's use.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QuantityPeriod {
    /// First and last day of use.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// All of them, in order.
    pub days: Vec<PeriodDay>,
    /// How many have data.
    pub with_data: u64,
    /// How many have none: what is not seen is not nothing.
    pub without_data: u64,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeriodDay {
    /// The day.
    pub day: String,
    /// Whether data of the number in use is held.
    pub data: bool,
    /// Customer-days counted.
    pub customer_days: u64,
    /// Different numbers that started contact.
    pub potential: u64,
    /// Those called or texted back.
    pub confirmed: u64,
}

/// The two methods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodResults {
    /// Customer-days times daily consumption.
    pub customer_days: CustomerDays,
    /// Transactions times deals times weight.
    pub transactions: Transactions,
}

/// A weight with its range, and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GramEstimate {
    /// Grams.
    #[serde(flatten)]
    pub grams: FigureRange,
    /// Grams of each drug, where a share was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_drug: Option<ByDrug>,
    /// Pounds at street prices, where a price was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pounds: Option<FigureRange>,
    /// Where each end stands among the guideline's indicative quantities.
    pub harm: HarmEnds,
}

/// Grams of each drug.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ByDrug {
    /// Heroin.
    pub heroin: FigureRange,
    /// Crack cocaine.
    pub crack: FigureRange,
}

/// Harm category of each end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HarmEnds {
    /// Of the low end.
    pub low: Harm,
    /// Of the central figure.
    pub central: Harm,
    /// Of the high end.
    pub high: Harm,
    /// What must be said beside it.
    pub caveat: &'static str,
}

/// Customer-days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CustomerDays {
    /// The weight; none where the method cannot be used.
    #[serde(flatten)]
    pub estimate: Option<GramEstimate>,
    /// The product as the method was published: customer-days counted times mean daily consumption, with no allowance.
    pub published_grams: Option<f64>,
    /// What is found, in words.
    pub statement: Sentence,
    /// Why, and why not.
    pub reasons: Vec<Reason>,
    /// Bursts found.
    pub bursts: u64,
    /// The customer base: every phone that people carry and that ever got a burst, with the row of the first one.
    pub base: Vec<CountedMember>,
    /// Customer-days counted.
    pub days: u64,
    /// Days left out as the only ones of a week.
    pub single_days: u64,
    /// Days left out because nothing but short or unanswered calls was made.
    pub short_days: u64,
    /// Each customer-day with the row of what makes it one.
    pub counted: Vec<CountedContact>,
}

/// Transactions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transactions {
    /// The weight; none where figures were not entered.
    #[serde(flatten)]
    pub estimate: Option<GramEstimate>,
    /// How many transactions.
    pub transactions: Option<FigureRange>,
    /// What is found, in words.
    pub statement: Sentence,
    /// Why, and why not.
    pub reasons: Vec<Reason>,
    /// Unique incoming contacts per day, added up.
    pub potential: u64,
    /// Those called or texted back in time by the line or an associate.
    pub confirmed: u64,
    /// Those spoken to, but not called or texted back.
    pub answered: u64,
    /// Further exchanges on days of the same contact.
    pub repeats: u64,
    /// Each contact and day with the rows it rests on.
    pub counted: Vec<CountedContact>,
}

/// A member of the customer base.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountedMember {
    /// The number.
    pub number: String,
    /// It is taken to answer for the line, so that no customer-day of it is counted.
    pub answers_for_line: bool,
    /// Customer-days counted of it.
    pub days: u64,
    /// The first burst's text to it.
    pub evidence: Vec<Locator>,
}

/// A number on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountedContact {
    /// The number.
    pub number: String,
    /// The day.
    pub day: String,
    /// Of a transaction: `confirmed`, `answered` or `unanswered`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dealt: Option<&'static str>,
    /// The rows.
    pub evidence: Vec<Locator>,
}

/// One setting at its low and high end, all others as they stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingEffect {
    /// `customer_days` or `transactions`.
    pub method: &'static str,
    /// The setting.
    pub setting: &'static str,
    /// Its value at either end.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// Grams with it at its low end.
    pub grams_at_low: f64,
    /// Grams with it at its high end.
    pub grams_at_high: f64,
}

/// Why a number or day is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionReason {
    /// The line's number in use on the day is not covered by data.
    NoData,
    /// The number answers for the line.
    Associate,
    /// A landline, short code or sender's name: nobody who orders by phone.
    NotAPhone,
    /// The number never got a burst: not of the customer base.
    NotInBase,
    /// Texts that a machine sent in reply to a burst.
    AutomaticReply,
    /// The line started the exchange.
    LineStarted,
    /// Calls too short to order, or not answered.
    DroppedCall,
    /// Calls not longer than the threshold.
    ShortCall,
    /// The only customer-day of the member in a week.
    SingleDay,
    /// One party was withheld.
    Withheld,
}

/// Something left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exclusion {
    /// Out of which method: `customer_days`, `transactions` or `both`.
    pub method: &'static str,
    /// Why.
    pub why: ExclusionReason,
    /// The number; none where it is about a day or nobody is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The day; none where it is about all of the number's days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The same in words.
    pub text: Sentence,
    /// How many communications.
    pub communications: u64,
    /// Their rows, the first ones.
    pub evidence: Vec<Locator>,
}
