//! Document 5, *quantity*: how much the line sold by both published methods, as ranges, with every figure, what moves
//! it and what was left out.
//!
//! What may surprise: without a consumption figure entered by the user there is no weight, as no mean is verified; the
//! document then says what to enter. The ledger is cut on paper; `orochi quantity --json` has all of it.

use orochi_analysis::quantity::{FigureRange, GramEstimate, QuantityReport, SettingEffect};
use orochi_model::problem::Problem;
use serde::Serialize;

use super::{
    Document,
    document::Printer,
    folder::{Folder, file},
    reasons::{Sides, sides},
    text::{clean, count, rows},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "quantity.typ", text: include_str!("templates/quantity.typ") };

/// Entries of the ledger, of the customer base and of the sensitivity on paper.
const LEDGER: usize = 600;
const BASE: usize = 600;
const SWINGS: usize = 20;

#[derive(Debug, Default, Serialize)]
struct QuantityBody {
    missing: Vec<String>,
    found: Option<QuantityAnswers>,
}

#[derive(Debug, Serialize)]
struct QuantityAnswers {
    method: String,
    held: Vec<[String; 4]>,
    associates: Vec<[String; 2]>,
    days: String,
    daily: Vec<(String, u64)>,
    counts: Vec<[String; 3]>,
    base: Vec<[String; 3]>,
    base_more: usize,
    weights: Vec<[String; 3]>,
    harm_caveat: Vec<String>,
    by_days: StatementEntry,
    by_transactions: StatementEntry,
    comparison: Vec<String>,
    limits: Vec<String>,
    sensitivity: Vec<[String; 5]>,
    settings: Vec<[String; 5]>,
    ledger: Vec<[String; 5]>,
    ledger_more: usize,
}

#[derive(Debug, Serialize)]
struct StatementEntry {
    statement: String,
    sides: Sides,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let mut made = file(Document::Quantity, "5-quantity.pdf");
    let mut body = match &press.study.quantity {
        Some(report) => QuantityBody { missing: lacking(report), found: Some(answers(report)) },
        None => QuantityBody {
            missing: vec![
                "No quantity is given: no consumption figure was entered. There is no default, because consumption is \
                 heavily skewed and no mean was verified for this program. Enter one with its source in a settings \
                 file (daily_grams and daily_grams_source) and make the pack again with --quantity FILE."
                    .to_owned(),
            ],
            found: None,
        },
    };
    body.missing.splice(0..0, press.study.missing());
    made.missing.clone_from(&body.missing);
    press.add(folder, TEMPLATE, made, &body)
}

fn lacking(report: &QuantityReport) -> Vec<String> {
    let mut missing = Vec::new();
    if report.methods.customer_days.estimate.is_none() {
        missing.push(
            "Customer-days give no weight, because none was counted. The reasons are given under Opinion.".to_owned(),
        );
    }
    if report.methods.transactions.estimate.is_none() {
        missing.push(
            "Transactions give no weight: deals per transaction and grams per deal were not entered, or nobody was \
             seen to make contact."
                .to_owned(),
        );
    }
    if report.period.without_data > 0 {
        missing.push(format!(
            "For {} of {} days of the line's use, no data of the number in use is held. The absence of data does not \
             mean that there was no activity.",
            count(report.period.without_data),
            count(report.period.with_data + report.period.without_data)
        ));
    }
    missing
}

fn answers(report: &QuantityReport) -> QuantityAnswers {
    let (days, transactions) = (&report.methods.customer_days, &report.methods.transactions);
    QuantityAnswers {
        method: format!("{} {}", report.method.name, report.method.version),
        held: held(report),
        associates: report.associates.iter().map(|one| [clean(&one.number), clean(&one.because)]).collect(),
        days: format!(
            "{} to {}: {} days with data, {} without",
            report.period.from,
            report.period.to,
            count(report.period.with_data),
            count(report.period.without_data)
        ),
        daily: report.period.days.iter().map(|one| (one.day.clone(), one.customer_days)).collect(),
        counts: counts(report),
        base: days
            .base
            .iter()
            .take(BASE)
            .map(|one| [clean(&one.number), count(one.days), rows(&one.evidence)])
            .collect(),
        base_more: days.base.len().saturating_sub(BASE),
        weights: weights(
            days.estimate.as_ref(),
            transactions.estimate.as_ref(),
            days.published_grams,
            transactions.transactions,
        ),
        harm_caveat: [&days.estimate, &transactions.estimate]
            .into_iter()
            .flatten()
            .take(1)
            .map(|one| one.harm.caveat.to_owned())
            .collect(),
        by_days: StatementEntry { statement: clean(days.statement.as_str()), sides: sides(&days.reasons) },
        by_transactions: StatementEntry {
            statement: clean(transactions.statement.as_str()),
            sides: sides(&transactions.reasons),
        },
        comparison: report.comparison.iter().map(|one| clean(one.as_str())).collect(),
        limits: report.limits.iter().map(|one| clean(one.as_str())).collect(),
        sensitivity: report.sensitivity.iter().take(SWINGS).map(swing).collect(),
        settings: settings(report),
        ledger: ledger(report),
        ledger_more: report.ledger.len().saturating_sub(LEDGER),
    }
}

/// Whose data is held, and on which days.
fn held(report: &QuantityReport) -> Vec<[String; 4]> {
    report
        .numbers
        .iter()
        .map(|one| {
            let used = one.used.as_ref().map(|[from, to]| format!("{from} to {to}"));
            [
                clean(&one.number),
                used.unwrap_or_else(|| "no use in the data".to_owned()),
                format!("{} ({} in its own records)", count(one.communications), count(one.own)),
                format!("{} {}", count(one.days), clean(&one.references.join(", "))),
            ]
        })
        .collect()
}

/// What was counted.
fn counts(report: &QuantityReport) -> Vec<[String; 3]> {
    let (days, transactions) = (&report.methods.customer_days, &report.methods.transactions);
    let figure = |name: &str, a: u64, b: Option<u64>| {
        [name.to_owned(), count(a), b.map(count).unwrap_or_else(|| "-".to_owned())]
    };
    vec![
        figure("Bursts of texts sent by the line", days.bursts, None),
        figure(
            "Recipients of bulk texts: phones that people carry and that received a burst at some time",
            days.base.len() as u64,
            None,
        ),
        figure("Customer-days counted", days.days, None),
        figure("Customer-days left out because each was the only one in its week", days.single_days, None),
        figure("Customer-days left out because of short or unanswered calls only", days.short_days, None),
        figure(
            "Potential transactions: different numbers that made contact, counted each day",
            transactions.potential,
            None,
        ),
        figure("Confirmed: called or texted back within the time limit on the same day", transactions.confirmed, None),
        figure("Spoken to, but not called or texted back", transactions.answered, None),
        figure("Further exchanges of a contact on one day", transactions.repeats, None),
    ]
}

/// The settings, with their sources.
fn settings(report: &QuantityReport) -> Vec<[String; 5]> {
    report
        .settings
        .iter()
        .map(|one| {
            let setting = &one.setting;
            let source = one.entered_source.as_deref().map(|source| format!("entered: {source}"));
            [
                setting.name.to_owned(),
                number(setting.value),
                setting.unit.to_owned(),
                format!("{} to {}", number(setting.range.0), number(setting.range.1)),
                clean(&source.unwrap_or_else(|| setting.source.to_owned())),
            ]
        })
        .collect()
}

/// The first entries of what was left out.
fn ledger(report: &QuantityReport) -> Vec<[String; 5]> {
    report
        .ledger
        .iter()
        .take(LEDGER)
        .map(|one| {
            let method = match one.method {
                "customer_days" => "customer-days",
                "both" => "both",
                _ => "transactions",
            };
            let of = |text: &Option<String>| text.as_deref().map(clean).unwrap_or_default();
            [method.to_owned(), of(&one.number), of(&one.day), clean(one.text.as_str()), rows(&one.evidence)]
        })
        .collect()
}

/// Rows of the table that has both methods side by side.
fn weights(
    days: Option<&GramEstimate>,
    transactions: Option<&GramEstimate>,
    published: Option<f64>,
    how_many: Option<FigureRange>,
) -> Vec<[String; 3]> {
    let none = || "not given".to_owned();
    let row = |name: &str, of: &dyn Fn(&GramEstimate) -> String| {
        [name.to_owned(), days.map(of).unwrap_or_else(none), transactions.map(of).unwrap_or_else(none)]
    };
    let by = |pick: fn(&orochi_analysis::quantity::ByDrug) -> FigureRange| {
        move |one: &GramEstimate| {
            one.by_drug.as_ref().map_or_else(|| "no share entered".to_owned(), |drug| spread(pick(drug), "g"))
        }
    };
    vec![
        row("Weight of both drugs: low, central, high", &|one| spread(one.grams, "g")),
        [
            "As published, with no allowance".to_owned(),
            published.map(|grams| format!("{} g", number(grams))).unwrap_or_else(none),
            "-".to_owned(),
        ],
        [
            "Transactions: low, central, high".to_owned(),
            "-".to_owned(),
            how_many.map(|many| spread(many, "")).unwrap_or_else(none),
        ],
        row("Heroin", &by(|drug| drug.heroin)),
        row("Crack cocaine", &by(|drug| drug.crack)),
        row("Value at the street price entered", &|one| {
            one.pounds.map_or_else(|| "no price entered".to_owned(), |pounds| spread(pounds, "pounds"))
        }),
        row("Low end, compared with the Sentencing Council's quantities", &|one| one.harm.low.words.clone()),
        row("Central figure, compared with the same", &|one| one.harm.central.words.clone()),
        row("High end, compared with the same", &|one| one.harm.high.words.clone()),
    ]
}

fn spread(of: FigureRange, unit: &str) -> String {
    format!("{} · {} · {} {unit}", number(of.low), number(of.central), number(of.high)).trim_end().to_owned()
}

fn swing(one: &SettingEffect) -> [String; 5] {
    [
        if one.method == "customer_days" { "customer-days" } else { "transactions" }.to_owned(),
        one.setting.to_owned(),
        format!("{} to {}", number(one.low), number(one.high)),
        format!("{} g", number(one.grams_at_low)),
        format!("{} g", number(one.grams_at_high)),
    ]
}

/// A figure without digits that it does not carry.
fn number(value: f64) -> String {
    if value.abs() >= 1_000.0 && value.fract() == 0.0 {
        let size = count(value.abs() as u64);
        return if value < 0.0 { format!("-{size}") } else { size };
    }
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{}", (value * 1_000.0).round() / 1_000.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!([number(0.166), number(12_000.0), number(345.6), number(2.0)], ["0.166", "12,000", "346", "2"]);
        assert_eq!(spread(FigureRange { low: 1.0, central: 2.5, high: 4.0 }, "g"), "1 · 2.5 · 4 g");
    }
}
