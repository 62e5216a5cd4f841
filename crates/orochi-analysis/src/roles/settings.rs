//! Thresholds of the method `roles`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `roles`.
    Settings {
        holder_hours = 12.0, "hours", 1.0..=720.0, "assumed",
            "A number whose phone fits the line's movements best for at least this long in all may be a holder's.";
        holder_ratio = 1.0, "log10 likelihood ratio", 0.0..=6.0, "assumed: weaker support names too many",
            "Only spells in which the number's ratio of co-location is at least this count towards it.";
        controller_people = 2.0, "numbers", 1.0..=50.0, "assumed",
            "Fewest of the line's people whom a number is in contact with, both ways, before it may be a controller's.";
        controller_days = 4.0, "days", 1.0..=60.0, "assumed", "Fewest days of contact with them.";
        supplier_days = 2.0, "days", 2.0..=60.0, "assumed",
            "Fewest days of contact with holders or controllers before a number may be a supplier's.";
        supplier_share = 0.7, "share of days", 0.3..=1.0, "assumed",
            "Smallest share of these days that a burst of the line's texts follows within a day.";
        night_near_m = 5000.0, "metres", 200.0..=50000.0, "assumed",
            "Cells used overnight are near each other up to this distance between their masts.";
        away_m = 15000.0, "metres", 1000.0..=200000.0, "assumed",
            "A night away is a night on masts further than this from where the phone is on most nights.";
        away_nights = 2.0, "nights", 1.0..=30.0,
            "assumed: Home Office county lines guidance names missing episodes as a sign",
                "Fewest nights away in a row that are a mark.";
        school_days = 3.0, "days", 1.0..=60.0, "assumed: the same guidance names absence from school",
            "Fewest school days with the phone near the line's between 09:00 and 15:00 that are a mark.";
        night_calls = 5.0, "calls", 1.0..=500.0, "assumed",
            "Fewest calls from the line's people between 23:00 and 06:00 that are a mark.";
        calls_a_day = 8.0, "calls", 1.0..=500.0, "assumed: the same guidance names excessive calls",
            "Calls a day from the line's people, over days with any, that are a mark.";
        guest_nights = 2.0, "nights", 1.0..=60.0, "assumed",
            "Fewest nights with the line's phone near where a customer's or repeat contact's usually is overnight that \
             are a mark.";
        marks = 2.0, "marks", 1.0..=5.0, "assumed",
            "Fewest marks before a referral is suggested for a person who works the line; one mark is enough for a \
             person at whose home the line's phone may spend nights.";
        evidence_rows = 10.0, "rows", 1.0..=1000.0, "assumed", "Most rows listed for one reason.";
    }
}
