//! Thresholds of the method `tenancy`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `tenancy`.
    Settings {
        turn_minutes = 30.0, "minutes", 1.0..=1440.0,
            "assumed: quicker than a person habitually takes out one SIM and puts in another",
                "A handset's next use with another SIM within this time is a quick turn.";
        quick_turns = 4.0, "quick turns", 1.0..=1000.0, "assumed",
            "Fewest quick turns before two SIMs in one handset are taken for a handset with two slots.";
        quick_days = 3.0, "days", 1.0..=365.0, "assumed", "Fewest days with quick turns before two SIMs in one handset \
                                                           are taken for a handset with two slots.";
        near_km = 5.0, "kilometres", 0.1..=100.0, "assumed: two networks' masts for one place",
            "Two cells no further apart than this are taken for one place.";
        near_share = 0.8, "share of quick turns", 0.0..=1.0, "assumed",
            "Smallest share of quick turns in one place, of those whose cells have positions, for a handset with two \
             slots.";
        speed_kmh = 200.0, "kilometres an hour", 10.0..=2000.0, "assumed: faster than any train in the United \
                                                                 Kingdom",
                                                                     "Travel faster than this between two cells is \
                                                                      impossible.";
        reach_km = 35.0, "kilometres", 0.0..=200.0, "3GPP TS 45.002: timing advance ends at 35 km on GSM",
            "Reach allowed for each of the two cells before travel is called impossible.";
        both_calls_s = 10.0, "seconds", 0.0..=600.0, "assumed: operators' clocks differ by some seconds",
            "Two answered calls with two SIMs of one handset that overlap by more than this are simultaneous.";
        cloned = 2.0, "occasions", 1.0..=1000.0, "assumed: one may be a wrong cell or clock",
            "Fewest impossible occasions before one IMEI is taken for two handsets.";
        evidence_rows = 20.0, "rows", 1.0..=1000.0, "assumed",
            "Most rows listed for one reason; the sentence gives the full count.";
    }
}
