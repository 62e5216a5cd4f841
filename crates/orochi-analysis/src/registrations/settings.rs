//! Thresholds of the method `colocation`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `colocation`.
    Settings {
        max_gap_s = 1800.0, "seconds", 60.0..=21600.0, "assumed",
            "Registrations of the two phones that are further apart in time than this are no evidence of being \
             together.";
        thin_s = 60.0, "seconds", 0.0..=600.0, "assumed",
            "At most one registration of a phone in this many seconds is used.";
        stay_s = 900.0, "seconds", 300.0..=7200.0, "assumed", "A stay is at least this long.";
        pause_s = 2700.0, "seconds", 600.0..=14400.0, "assumed", "A longer pause between registrations ends a journey.";
        stay_gap_s = 28800.0, "seconds", 600.0..=43200.0, "assumed: a night without traffic is a stay, a day is not",
            "Between two registrations of a stay no further apart in time than this, the phone is taken to have been \
             at the same place.";
        most_per_occasion = 3.0, "log10 likelihood ratio", 0.5..=8.0, "assumed: two people may have travelled \
                                                                       together",
                                                                           "The most that one occasion may count for \
                                                                            one person.";
        population = 200.0, "numbers", 0.0..=5000.0, "assumed",
            "At most how many other numbers in the case are used to work out where people are at an hour of the day.";
        population_rows = 20.0, "registrations", 1.0..=1000.0, "assumed", "Fewest registrations that such a number \
                                                                           must have.";
        listed = 20.0, "occasions", 0.0..=10000.0, "assumed",
            "Most occasions listed for, and separately against.";
        screened = 300.0, "numbers", 1.0..=5000.0, "assumed",
            "How many numbers a screening weighs: those seen near the first number in the most hours.";
        near_m = 10000.0, "metres", 500.0..=50000.0, "assumed: rural cells seldom reach further than this",
            "A screening counts a number as near where its mast is no further than this from the first number's mast.";
    }
}

impl Settings {
    /// What the weighing itself takes.
    pub(crate) fn weighing(&self) -> orochi_colocation::Settings {
        orochi_colocation::Settings {
            max_gap_s: self.max_gap_s as i64,
            thin_s: self.thin_s as i64,
            stay_s: self.stay_s as i64,
            pause_s: self.pause_s as i64,
            stay_gap_s: self.stay_gap_s as i64,
            most_per_occasion: self.most_per_occasion * std::f64::consts::LN_10,
            // A line's phone goes from hand to hand.
            homes_of_span: true,
            ..orochi_colocation::Settings::default()
        }
    }
}
