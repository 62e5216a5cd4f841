//! Thresholds of the method `applications`.

use crate::facts::{repeat_contacts, sought_contact};
use crate::settings::settings;

settings! {
    /// Thresholds of the method `applications`.
    Settings {
        suspects = 3.0, "numbers", 1.0..=50.0, "assumed",
            "How many of the highest-ranked numbers are taken for possible lines where none is flagged.";
        suspect_score = 0.001, "score", 0.0..=1.0,
            "measured: three customers' data gives their line a score of about 0.02",
                "Smallest score of a number taken for a possible line where none is flagged.";
        suspect_contacts = 2.0, "numbers", 1.0..=50.0, "assumed: a line is what customers have in common",
            "Fewest numbers whose data is held in contact with a number that is taken for a possible line where none \
             is flagged; fewer where fewer are held.";
        suspect_share = 0.20, "share of score", 0.0..=1.0, "assumed",
            "Smallest score of such a number, as a share of the highest.";
        repeat_days = 2.0, "days", 1.0..=60.0, "assumed",
            "A number in contact with a line on at least this many days, with as many calls or texts of its own, is a \
             repeat contact.";
        silent_days = 2.0, "days", 0.5..=60.0, "assumed: lines sell daily",
            "A line not seen for this long before the end of the data of those who contact it has gone silent.";
        overlap_days = 3.0, "days", 0.0..=30.0, "assumed: a new number is announced before the old one is dropped",
            "How long before a line falls silent its successor may have been seen first.";
        shared_contacts = 2.0, "numbers", 2.0..=50.0, "assumed",
            "Fewest repeat contacts of a silent line in contact with a new number before it is taken for the \
             successor.";
        shared_share = 0.34, "share of numbers", 0.0..=1.0, "assumed",
            "Smallest share of the silent line's repeat contacts whose data is held that are in contact with its \
             successor.";
        after_days = 14.0, "days", 1.0..=60.0, "assumed: twice the week in which most repeat contacts return",
            "Longest period for which a repeat contact's data is proposed after a line fell silent.";
        crew_calls = 5.0, "calls", 2.0..=100.0, "assumed",
            "Fewest calls that a line makes to a number before the number is taken to be that of a person who works \
             the line.";
        crew_share = 0.60, "share of calls", 0.1..=1.0, "assumed: a number that is rung back each time makes half of \
                                                         the calls",
            "Smallest share of the calls with such a number that the line makes.";
        left_out_days = 3.0, "days", 1.0..=60.0, "assumed",
            "Fewest days of contact with a line that texts in bulk before a number that receives none of these texts \
             is taken to be that of one of its people.";
        soon_minutes = 60.0, "minutes", 1.0..=720.0, "assumed: an order is met within the hour",
            "A number that rings another within this time of the other's contact with the line rings soon after.";
        soon_share = 0.80, "share of calls", 0.1..=1.0, "assumed",
            "Smallest share of its calls to such a number that are soon after.";
        rung_contacts = 2.0, "numbers", 2.0..=50.0, "assumed",
            "Fewest contacts of the line whom a number rings soon after, before it is taken to be that of one of the \
             line's people.";
        shared_people = 2.0, "numbers", 2.0..=50.0, "assumed",
            "Fewest of the line's people in contact with a number before its data is proposed because they share it.";
        few_contacts = 15.0, "numbers", 1.0..=500.0, "assumed",
            "A number in contact with no more than this many numbers is close to each of them.";
        circle_days = 4.0, "days", 1.0..=60.0, "assumed",
            "Fewest days of contact with the line's people before a number's data is proposed because it is shared by \
             them or close to one of them.";
        line_base = 100.0, "numbers", 1.0..=5000.0,
            "court reports: customer bases from 30 to over 2,000; the middle is assumed",
                "How many numbers are expected in a possible line's data where the data of no line is held.";
        line_base_low = 20.0, "numbers", 0.0..=5000.0, "court reports: 30; fewer over a few days, assumed",
            "Lower end of line_base.";
        line_base_high = 2000.0, "numbers", 1.0..=50000.0, "court reports: over 2,000", "Upper end of line_base.";
        most = 5.0, "applications", 1.0..=100.0, "assumed",
            "Most applications listed; each is for the least data that answers its question.";
        evidence_rows = 10.0, "rows", 1.0..=1000.0, "assumed", "Most rows listed for one application.";
    }
}

impl Settings {
    /// Whom a line seeks out.
    pub fn sought_rule(&self) -> sought_contact::SoughtContactRule {
        sought_contact::SoughtContactRule { calls: self.crew_calls, share: self.crew_share }
    }

    /// Who comes back to a line.
    pub fn repeat_rule(&self) -> repeat_contacts::RepeatContactRule {
        repeat_contacts::RepeatContactRule { days: self.repeat_days, sought: self.sought_rule() }
    }
}
