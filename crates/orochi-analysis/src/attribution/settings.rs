//! Thresholds of the method `attribution`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `attribution`.
    Settings {
        compared = 120.0, "numbers", 1.0..=2000.0, "assumed",
            "How many numbers are compared with the line's phone: those seen near it in the most hours.";
        changes_a_day = 0.2, "changes", 0.001..=10.0, "assumed: a line phone changes hands every few days",
            "How often a line's phone is expected to change hands before any data is considered.";
        sighting_minutes = 15.0, "minutes", 1.0..=120.0, "assumed",
            "At most one pair of registrations of the line and a number counts in each stretch of this length.";
        memory_hours = 3.0, "hours", 0.1..=48.0, "chosen on simulated operations, see the statement",
            "After this time, the place where a phone was last seen has a third (1/e) of its initial weight as \
             evidence of where the phone is.";
        stray = 0.02, "share", 0.001..=0.3, "chosen on simulated operations, see the statement",
            "Share of pairs of registrations of one person that may be any distance apart.";
        sighting_weight = 1.2, "factor", 0.05..=5.0, "chosen on simulated operations, see the statement",
            "The factor by which the weight of a pair of registrations is multiplied when changes of hand are looked \
             for.";
        nobody = 0.5, "natural logarithm a day", 0.0..=20.0, "chosen on simulated operations, see the statement",
            "What counts, for each day, against the state that nobody whose data is held has the phone, because the \
             data applied for is that of people who may have it.";
        contact = 4.0, "natural logarithm", 0.0..=20.0, "chosen on simulated operations, see the statement",
            "What a call or text between the line and a number counts against its having the line's phone at that \
             time: one person's phones seldom ring each other.";
        other_contact = 1.0, "natural logarithm", 0.0..=20.0, "chosen on simulated operations, see the statement",
            "What calls or texts between another line and a number count against its having this line's phone at that \
             time, for each step in which there are any: a person in contact with a line works for it or buys from it.";
        elsewhere = 1.5, "natural logarithm a day", 0.0..=20.0, "chosen on simulated operations, see the statement",
            "What counts against a number for each day on which its phone moves with another line's phone.";
        left_elsewhere = 0.5, "share", 0.0..=1.0, "chosen on simulated operations, see the statement",
            "The share of a pair's weight for a number that is kept while its phone moves with another line's phone.";
        around_days = 2.0, "days", 0.1..=28.0, "chosen on simulated operations, see the statement",
            "The length of time over which a number's phone is compared with the phones of two lines.";
        better = 2.0, "natural logarithm", 0.1..=50.0, "chosen on simulated operations, see the statement",
            "How much the evidence for the other line's phone must exceed the evidence for this one to give odds of e \
             for the other.";
        one_phone = 5.0, "natural logarithm", 0.0..=100.0, "chosen on simulated operations, see the statement",
            "From this sum upwards, another line's phone is taken to move with this line's phone, and both are taken \
             to be used by the same person.";
        in_common = 2.0, "exponent", 0.0..=5.0, "chosen on simulated operations, see the statement",
            "How much contacts in common with the line count, at each change of hand: the power to which the ratio of \
             found to expected is raised.";
        acquainted = 1.0, "exponent", 0.0..=5.0, "chosen on simulated operations, see the statement",
            "How much contact with others whose phones move with the line's phone counts, at each change of hand, in \
             the second pass: the power to which the ratio of found to expected is raised.";
        acquainted_share = 0.1, "share", 0.001..=1.0, "chosen on simulated operations, see the statement",
            "Added to both shares, so that a number without such contacts can still be considered.";
        again = 2.0, "exponent", 0.0..=5.0, "chosen on simulated operations, see the statement",
            "How much the total time counts for which a number's phone moved with the line's phone: the power to which \
             that time is raised, at each change of hand, in the second pass.";
        again_days = 0.3, "days", 0.01..=30.0, "assumed",
            "Added to that time, so that a number without any can still be considered.";
        step_minutes = 30.0, "minutes", 5.0..=360.0, "assumed", "Steps in which changes of hand are looked for.";
        sure = 0.95, "probability", 0.5..=0.999, "assumed: a change lies between its bounds nine times in ten",
            "A change of hand is placed between the last step at which one number, and the first step at which the \
             next number, is at least this probable.";
        least_hours = 6.0, "hours", 0.5..=168.0, "assumed", "A shorter spell is merged into the one before it.";
        shown = 5.0, "numbers", 1.0..=100.0, "assumed", "Candidates listed for each spell.";
        night_near_m = 5000.0, "metres", 200.0..=50000.0, "assumed",
            "Cells used overnight are near each other up to this distance between their masts.";
        night_apart_m = 15000.0, "metres", 1000.0..=200000.0, "assumed", "They are apart from this distance on.";
        rare = 5.0, "numbers", 2.0..=1000.0, "assumed",
            "A contact is rare if no more than this many numbers are in contact with it in the data held.";
        overlap_s = 30.0, "seconds", 1.0..=3600.0, "assumed: operators' clocks differ by seconds",
            "Two calls are at the same time if they overlap by at least this long.";
        topup_s = 3600.0, "seconds", 60.0..=21600.0, "assumed",
            "A registration within this time of a top-up is compared with the place of the top-up.";
        topup_near_m = 3000.0, "metres", 100.0..=50000.0, "assumed",
            "Such a registration is near the place up to this distance.";
        anchor_s = 1800.0, "seconds", 0.0..=21600.0, "assumed",
            "Registrations of the line this long before and after an event anchor are compared with it too.";
        evidence_rows = 10.0, "rows", 1.0..=1000.0, "assumed", "Most rows listed for one reason.";
    }
}

impl Settings {
    /// Length of a step of the chain, seconds.
    pub(super) fn step_s(&self) -> i64 {
        (self.step_minutes * 60.0) as i64
    }
}
