//! From counts to grams: two products of figures, each with its range, drawn again and again.
//!
//! Nothing but sums, products and square roots, in one fixed order, so that the bits are the same everywhere.

use std::collections::BTreeMap;

use orochi_model::problem::Problem;
use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

use super::days::{ContactResponse, QuantityCounts};
use super::settings::{FIGURES, FigureRange, Settings, UNCERTAIN};

/// A value of every uncertain figure, in the order of [`UNCERTAIN`], and how far the customers' own mean
/// lies from the one entered.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigureValues {
    pub of: [f64; FIGURES],
    pub skew: f64,
}

impl FigureValues {
    pub(super) fn get(&self, name: &str) -> f64 {
        UNCERTAIN.iter().position(|one| *one == name).map_or(0.0, |place| self.of[place])
    }

    /// Every figure as it stands.
    pub(super) fn central(spreads: &[FigureRange]) -> Self {
        let mut of = [0.0; FIGURES];
        of.iter_mut().zip(spreads).for_each(|(value, spread)| *value = spread.central);
        Self { of, skew: 1.0 }
    }
}

/// Every uncertain figure's spread, in the order of [`UNCERTAIN`].
pub(super) fn figure_ranges(settings: &Settings) -> Result<Vec<FigureRange>, Problem> {
    UNCERTAIN.iter().map(|name| settings.spread(name)).collect()
}

/// How many days of the line's use have data, and how many have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DaysOfUse {
    pub with_data: usize,
    pub without_data: usize,
    /// Days with data on which the data shows no call or text of the line.
    pub silent: usize,
}

/// The counts that figures are multiplied with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct CountBasis {
    pub days: f64,
    pub single: f64,
    pub short: f64,
    pub confirmed: f64,
    pub answered: f64,
    pub unanswered: f64,
    pub repeats: f64,
    /// Days without data over days with data.
    pub unseen: f64,
    /// How many customers of equal use the base is worth.
    pub customers: f64,
}

impl CountBasis {
    pub(super) fn from_counts(counts: &QuantityCounts, days: DaysOfUse) -> Self {
        let mut each: BTreeMap<u32, f64> = BTreeMap::new();
        counts.days.keys().for_each(|(other, _)| *each.entry(*other).or_default() += 1.0);
        if each.is_empty() {
            counts.contacts.keys().for_each(|(other, _)| *each.entry(*other).or_default() += 1.0);
        }
        let (sum, squares) = each.values().fold((0.0, 0.0), |(sum, squares), n| (sum + n, squares + n * n));
        Self {
            days: counts.days.len() as f64,
            single: counts.left(super::ExclusionReason::SingleDay) as f64,
            short: counts.left(super::ExclusionReason::ShortCall) as f64
                + counts.left(super::ExclusionReason::DroppedCall) as f64,
            confirmed: counts.dealt(ContactResponse::Confirmed) as f64,
            answered: counts.dealt(ContactResponse::Answered) as f64,
            unanswered: counts.dealt(ContactResponse::Unanswered) as f64,
            repeats: counts.repeats() as f64,
            unseen: if days.with_data == 0 { 0.0 } else { days.without_data as f64 / days.with_data as f64 },
            customers: if squares > 0.0 { sum * sum / squares } else { 0.0 },
        }
    }

    fn common(&self, values: &FigureValues) -> f64 {
        let get = |name| values.get(name);
        (1.0 - get("not_customers")) * get("bought") * get("missed") * (1.0 + get("unseen") * self.unseen)
    }

    /// Grams by customer-days.
    pub(super) fn by_days(&self, values: &FigureValues) -> f64 {
        let get = |name| values.get(name);
        let days = self.days + get("single_day") * self.single + get("short_day") * self.short;
        days * self.common(values) * get("from_line") * get("daily_grams") * values.skew
    }

    /// Transactions, of which grams follow. How customers differ in what they use does not matter: what is sold at one
    /// time is counted over all of them, and the spread of `deals` is of its mean.
    pub(super) fn transactions(&self, values: &FigureValues) -> f64 {
        let get = |name| values.get(name);
        let contacts = self.confirmed + get("answered") * self.answered + get("unanswered") * self.unanswered;
        (contacts + get("repeats") * self.repeats) * self.common(values)
    }

    /// Grams by transactions.
    pub(super) fn by_transactions(&self, values: &FigureValues) -> f64 {
        self.transactions(values) * values.get("deals") * values.get("deal_grams")
    }
}

/// Draws of every figure from its range. The same seed gives the same draws.
pub(super) fn draw_values(spreads: &[FigureRange], customers: f64, settings: &Settings) -> Vec<FigureValues> {
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(settings.seed as u64);
    let mut unit = || (chance.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
    let spread_of_mean = if customers > 0.0 { settings.consumption_cv / customers.sqrt() } else { 0.0 };
    (0..settings.draws as usize)
        .map(|_| {
            let mut values = FigureValues::central(spreads);
            for (value, spread) in values.of.iter_mut().zip(spreads) {
                *value = triangular(spread, unit());
            }
            // Twelve uniform numbers make a normal one, near enough and without a logarithm.
            let normal = (0..12).map(|_| unit()).sum::<f64>() - 6.0;
            values.skew = (1.0 + spread_of_mean * normal).max(0.0);
            values
        })
        .collect()
}

/// The value below which a share of a triangular distribution lies.
fn triangular(spread: &FigureRange, share: f64) -> f64 {
    let FigureRange { low, central, high } = *spread;
    let width = high - low;
    if width <= 0.0 {
        return central;
    }
    if share * width < central - low {
        low + (share * width * (central - low)).sqrt()
    } else {
        high - ((1.0 - share) * width * (high - central)).sqrt()
    }
}

/// Low, central (half lie below) and high of draws.
pub(super) fn range(mut draws: Vec<f64>, interval: f64) -> FigureRange {
    draws.sort_by(f64::total_cmp);
    let last = draws.len().saturating_sub(1);
    let at = |share: f64| draws.get((share * last as f64).round() as usize).copied().unwrap_or_default();
    FigureRange { low: at((1.0 - interval) / 2.0), central: at(0.5), high: at((1.0 + interval) / 2.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_inside_and_are_the_same_again() {
        let settings = Settings { daily_grams: 0.3, draws: 2000.0, ..Settings::default() };
        let all = figure_ranges(&settings).unwrap();
        let draws = draw_values(&all, 40.0, &settings);
        for (place, spread) in all.iter().enumerate() {
            assert!(
                draws.iter().all(|one| (spread.low..=spread.high).contains(&one.of[place])),
                "{}",
                UNCERTAIN[place]
            );
        }
        let again = draw_values(&all, 40.0, &settings);
        assert!(draws.iter().zip(&again).all(|(x, y)| x.of == y.of && x.skew == y.skew));
        let mean = draws.iter().map(|one| one.get("daily_grams")).sum::<f64>() / 2000.0;
        assert!((mean - (0.2 + 0.3 + 0.45) / 3.0).abs() < 0.005, "{mean}");
        let skew = draws.iter().map(|one| one.skew).sum::<f64>() / 2000.0;
        assert!((skew - 1.0).abs() < 0.02, "{skew}");
    }

    #[test]
    fn ranges_hold_the_share_asked_for() {
        let range = range((0..=100).rev().map(f64::from).collect(), 0.9);
        assert_eq!((range.low, range.central, range.high), (5.0, 50.0, 95.0));
    }

    #[test]
    fn days_times_grams_is_the_published_product() {
        let basis = CountBasis { days: 200.0, single: 30.0, ..CountBasis::default() };
        let one = |low, central, high| FigureRange { low, central, high };
        let mut all = vec![one(1.0, 1.0, 1.0); UNCERTAIN.len()];
        let set = |all: &mut Vec<FigureRange>, name: &str, value: f64| {
            all[UNCERTAIN.iter().position(|one| *one == name).unwrap()] = one(value, value, value);
        };
        for (name, value) in [("daily_grams", 0.3), ("single_day", 0.0), ("not_customers", 0.0)] {
            set(&mut all, name, value);
        }
        assert!((basis.by_days(&FigureValues::central(&all)) - 60.0).abs() < 1e-9);
        set(&mut all, "single_day", 1.0);
        assert!((basis.by_days(&FigureValues::central(&all)) - 69.0).abs() < 1e-9);
    }
}
