//! Thresholds of the method `next`.

use crate::settings::settings;

settings! {
    /// Thresholds of the method `next`.
    Settings {
        suspects = 3.0, "numbers", 1.0..=50.0, "assumed", "How many of the highest ranked numbers are taken for possible lines where none is flagged.";
        suspect_score = 0.10, "score", 0.0..=1.0, "assumed; the score is not a probability", "Smallest score of a number taken for a possible line where none is flagged.";
        customer_days = 2.0, "days", 1.0..=60.0, "assumed", "A number in contact with a line on at least this many days is taken for a customer.";
        silent_days = 2.0, "days", 0.5..=60.0, "assumed: lines sell daily", "A line not seen for this long before the end of the data of those who contact it has gone silent.";
        overlap_days = 3.0, "days", 0.0..=30.0, "assumed: a new number is announced before the old one is dropped", "How long before a line falls silent its successor may have been seen first.";
        shared_customers = 2.0, "numbers", 2.0..=50.0, "assumed", "Fewest customers of a silent line in contact with a new number before it is taken for the successor.";
        after_days = 14.0, "days", 1.0..=60.0, "assumed: twice the week in which most customers return", "Longest period asked for of a customer's data after a line fell silent.";
        crew_calls = 5.0, "calls", 2.0..=100.0, "assumed", "Fewest calls that a line makes to a number before it is taken for one of those who work the line.";
        crew_share = 0.60, "share of calls", 0.1..=1.0, "assumed: a customer who is rung back each time makes half", "Smallest share of the calls with such a number that the line makes.";
        circle_days = 4.0, "days", 1.0..=60.0, "assumed", "Fewest days of contact with those who work the line before a number is taken for their circle.";
        most = 5.0, "applications", 1.0..=100.0, "assumed", "Most applications listed; each is the least that answers its question.";
        evidence_rows = 10.0, "rows", 1.0..=1000.0, "assumed", "Most rows listed for one application.";
    }
}
