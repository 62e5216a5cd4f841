//! Thresholds of the method `succession`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `succession`.
    Settings {
        least_blocks = 3.0, "quarters of a day", 2.0..=100.0, "assumed: with less use, nobody can say that it began or \
                                                               ended",
                                                                   "Fewest different quarters of a day with use before \
                                                                    a number is considered.";
        least_change = 1.0, "natural logarithm of a likelihood", 0.0..=20.0, "assumed",
            "How much likelier a number's use must be with an end (for the old number) or a beginning (for the new \
             one) inside the data than without.";
        least_shared = 2.0, "numbers", 1.0..=50.0, "assumed", "Fewest contacts that both numbers share.";
        overlap_days = 6.0, "days", 0.0..=60.0, "assumed: an old phone lingers, a new one is seen early",
            "How long before the old number's use has ended the new one's may have begun.";
        gap_days = 28.0, "days", 0.0..=365.0, "assumed",
            "Longest time from the end of the old number's use to the beginning of the new one's.";
        announce_minutes = 60.0, "minutes", 1.0..=1440.0, "assumed",
            "Time within which contacts of the old number must be told of the new one together to make an \
             announcement.";
        announce_days = 2.0, "days", 0.1..=30.0, "assumed",
            "How long after the new number's first use an announcement is looked for.";
        link_score = 0.50, "score", 0.0..=1.0, "assumed; the score is not a probability", "Smallest score for a link.";
        second_score = 0.90, "score", 0.0..=1.0, "assumed",
            "Smallest score for a second successor (the line is split) or a second predecessor (lines are merged).";
        seed_score = 0.80, "score", 0.0..=1.0, "assumed",
            "In the first round of matching, only links with at least this score are carried into the next.";
        rounds = 8.0, "rounds", 1.0..=50.0, "assumed",
            "Most rounds of matching; matching ends sooner when nothing changes any more.";
        listed_score = 0.10, "score", 0.0..=1.0, "assumed",
            "Smallest score of a pair that is listed without being linked.";
        detailed = 300.0, "pairs", 1.0..=10000.0, "assumed", "Most pairs that are listed without being linked.";
        evidence_rows = 20.0, "rows", 1.0..=1000.0, "assumed",
            "Most rows listed for one reason; the sentence gives the full count.";
    }
}
