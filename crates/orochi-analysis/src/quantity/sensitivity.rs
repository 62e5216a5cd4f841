//! What one figure or threshold at a time does to the weights, all others as they stand.

use orochi_model::problem::Problem;

use super::days::QuantityCounts;
use super::estimate::{CountBasis, DaysOfUse, FigureValues};
use super::line_traffic::LineTraffic;
use super::report::SettingEffect;
use super::settings::{FigureRange, Settings, UNCERTAIN};
use crate::facts::burst;
use crate::settings::Settable;

/// Thresholds, with the ends they are tried at.
const THRESHOLDS: [(&str, f64, f64); 6] = [
    ("call_seconds", 2.0, 15.0),
    ("week_days", 1.0, 3.0),
    ("exchange_minutes", 10.0, 60.0),
    ("auto_reply_seconds", 0.0, 60.0),
    ("auto_repeats", 2.0, 5.0),
    ("back_minutes", 15.0, 240.0),
];

/// Those of a burst, which are settings of the method `lines`: fewest recipients, and minutes.
const RECIPIENTS: (f64, f64) = (4.0, 20.0);
const MINUTES: (f64, f64) = (5.0, 30.0);

/// A normal distribution's middle nine tenths end so many standard deviations away.
const NINE_TENTHS: f64 = 1.645;

/// Which of the two methods have what they need.
#[derive(Clone, Copy, Debug)]
pub(super) struct UsableMethods {
    pub by_days: bool,
    pub by_transactions: bool,
}

/// All effects, the largest first.
pub(super) fn setting_effects(
    seen: &LineTraffic,
    settings: &Settings,
    bursts: burst::BurstRule,
    spreads: &[FigureRange],
    days: DaysOfUse,
    usable: UsableMethods,
) -> Result<Vec<SettingEffect>, Problem> {
    let central = FigureValues::central(spreads);
    let basis = CountBasis::from_counts(&QuantityCounts::from_traffic(seen, settings, bursts), days);
    let mut all = Vec::new();
    let mut push =
        |setting, ends: (f64, f64), low: (&CountBasis, &FigureValues), high: (&CountBasis, &FigureValues)| {
            for (method, of, wanted) in [
                ("customer_days", CountBasis::by_days as fn(&CountBasis, &FigureValues) -> f64, usable.by_days),
                ("transactions", CountBasis::by_transactions, usable.by_transactions),
            ] {
                let (at_low, at_high) = (super::hundredths(of(low.0, low.1)), super::hundredths(of(high.0, high.1)));
                if wanted && at_low != at_high {
                    let (grams_at_low, grams_at_high) = (at_low, at_high);
                    all.push(SettingEffect { method, setting, low: ends.0, high: ends.1, grams_at_low, grams_at_high });
                }
            }
        };
    for (place, (name, spread)) in UNCERTAIN.into_iter().zip(spreads).enumerate() {
        let at = |value: f64| {
            let mut values = central;
            values.of[place] = value;
            values
        };
        push(name, (spread.low, spread.high), (&basis, &at(spread.low)), (&basis, &at(spread.high)));
    }
    if basis.customers > 0.0 {
        let far = NINE_TENTHS * settings.consumption_cv / basis.customers.sqrt();
        let (low, high) = ((1.0 - far).max(0.0), 1.0 + far);
        let at = |skew| FigureValues { of: central.of, skew };
        push(
            "consumption_cv",
            (settings.consumption_cv, settings.consumption_cv),
            (&basis, &at(low)),
            (&basis, &at(high)),
        );
    }
    for (name, low, high) in THRESHOLDS {
        let at = |value: f64| {
            let mut changed = settings.clone();
            changed.set_value(name, value);
            CountBasis::from_counts(&QuantityCounts::from_traffic(seen, &changed, bursts), days)
        };
        push(name, (low, high), (&at(low), &central), (&at(high), &central));
    }
    let of = |rule| CountBasis::from_counts(&QuantityCounts::from_traffic(seen, settings, rule), days);
    let recipients = |recipients: f64| of(burst::BurstRule { recipients: recipients as usize, ..bursts });
    let minutes = |minutes: f64| of(burst::BurstRule { window_s: (minutes * 60.0) as u32, ..bursts });
    let (low, high) = (recipients(RECIPIENTS.0), recipients(RECIPIENTS.1));
    push("burst_recipients", RECIPIENTS, (&low, &central), (&high, &central));
    let (low, high) = (minutes(MINUTES.0), minutes(MINUTES.1));
    push("burst_minutes", MINUTES, (&low, &central), (&high, &central));
    let width = |swing: &SettingEffect| (swing.grams_at_high - swing.grams_at_low).abs();
    all.sort_by(|x, y| width(y).total_cmp(&width(x)).then_with(|| (x.method, x.setting).cmp(&(y.method, y.setting))));
    Ok(all)
}
