//! Thresholds of the method `attribute`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `attribute`.
    Settings {
        compared = 120.0, "numbers", 1.0..=2000.0, "assumed", "How many numbers are compared with the line's: those seen near it in most hours.";
        changes_a_day = 0.2, "changes", 0.001..=10.0, "assumed: a line phone changes hands every few days", "How often a line phone changes hands before anything is seen.";
        occasion_weight = 2.0, "share", 0.05..=5.0, "measured on simulated operations, see the statement", "How much of what an occasion says counts when changes of hand are looked for.";
        lift = 1.5, "natural logarithm", 0.0..=5.0, "measured on simulated operations, see the statement", "Added to what each occasion says: whoever sells from a line is out between registrations more than others are, and shows conflicts, but fewer than anybody else does.";
        day_occasions = 4.0, "occasions", 1.0..=100.0, "measured on simulated operations, see the statement", "Occasions of one day count together as no more than this: a phone that registers often is not more likely to be the one.";
        contact = 4.0, "natural logarithm", 0.0..=20.0, "measured on simulated operations, see the statement", "What a call or text between the line and a number counts against its having the line's phone at that time: one person's phones seldom ring each other.";
        stranger = 4.0, "natural logarithm", 0.0..=20.0, "measured on simulated operations, see the statement", "What counts against a number, at each change of hand, that has no rare contact in common with the line.";
        shared = 1.0, "natural logarithm", 0.0..=5.0, "measured on simulated operations, see the statement", "What each rare contact in common counts for it, up to four.";
        step_minutes = 30.0, "minutes", 5.0..=360.0, "assumed", "Steps in which changes of hand are looked for.";
        sure = 0.9, "probability", 0.5..=0.999, "assumed", "A change of hand is put between the last step at which the one, and the first at which the next, is at least this probable.";
        least_hours = 6.0, "hours", 0.5..=168.0, "assumed", "A shorter spell is given to the one before it.";
        shown = 5.0, "numbers", 1.0..=100.0, "assumed", "Candidates listed for each spell.";
        night_near_m = 5000.0, "metres", 200.0..=50000.0, "assumed", "Cells used overnight are near each other up to this distance between their masts.";
        night_apart_m = 15000.0, "metres", 1000.0..=200000.0, "assumed", "They are apart from this distance on.";
        rare = 5.0, "numbers", 2.0..=1000.0, "assumed", "A contact is rare when no more numbers than this are in contact with it in the data held.";
        overlap_s = 30.0, "seconds", 1.0..=3600.0, "assumed: operators' clocks differ by seconds", "Two calls are at the same time when they overlap by at least this long.";
        topup_s = 3600.0, "seconds", 60.0..=21600.0, "assumed", "A registration this close in time to a top-up is compared with its place.";
        topup_near_m = 3000.0, "metres", 100.0..=50000.0, "assumed", "Such a registration is near it up to this distance.";
        anchor_s = 1800.0, "seconds", 0.0..=21600.0, "assumed", "Registrations of the line this long before and after an event anchor are compared with it too.";
        evidence_rows = 10.0, "rows", 1.0..=1000.0, "assumed", "Most rows listed for one reason.";
    }
}
