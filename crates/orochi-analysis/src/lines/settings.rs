//! Thresholds of the method `lines`.

use crate::facts::burst;
use crate::settings::settings;

settings! {
    /// Thresholds of the method `lines`.
    Settings {
        burst_recipients = 8.0, "numbers", 2.0..=500.0,
            "assumed: a fraction of the smallest customer base reported (30)",
                "Fewest different numbers texted within burst_minutes that make a burst. Where the number's own data \
                 is not held: half of the numbers seen with it if that is fewer, but at least 2.";
        burst_minutes = 10.0, "minutes", 1.0..=120.0,
            "assumed; court reports speak of hundreds of texts within seconds to minutes",
                "Length of the window in which a burst's texts are counted.";
        exchange_minutes = 30.0, "minutes", 1.0..=240.0, "assumed",
            "Contacts of one pair with no gap longer than this are one exchange; the party that made the first one \
             started it.";
        reply_minutes = 180.0, "minutes", 0.0..=1440.0, "assumed",
            "An exchange of texts only, started by a burst's recipient within this time of the burst, is a reply and \
             not a contact.";
        answer_minutes = 60.0, "minutes", 1.0..=720.0, "assumed",
            "A burst is answered when two recipients or more get in contact within this time.";
        callback_minutes = 10.0, "minutes", 1.0..=120.0, "assumed; reports of the field say: within minutes",
            "A call to the contact, or to the runner, within this time of the contact's start is a call-back.";
        brief_seconds = 60.0, "seconds", 5.0..=600.0, "assumed", "An answered call up to this length is brief.";
        short_seconds = 30.0, "seconds", 5.0..=300.0, "assumed", "An answered call up to this length is very short.";
        long_seconds = 180.0, "seconds", 10.0..=3600.0, "assumed", "An answered call above this length is long.";
        regular_days_a_week = 1.75, "days a week", 0.25..=7.0, "assumed",
            "A contact on at least this many days a week, over the time from its first to its last contact (taken as a \
             week or more), is a regular.";
        least_regulars = 4.0, "numbers", 2.0..=100.0, "assumed",
            "Fewest regulars before a number that sends no bursts can be flagged.";
        broadcast_regulars = 3.0, "numbers", 2.0..=100.0, "assumed",
            "Fewest regulars among burst recipients before a number that sends bursts can be flagged (2 where at most \
             4 of its contacts are seen).";
        regular_share = 0.15, "share of contacts", 0.0..=1.0, "assumed",
            "Smallest share of contacts made by regulars for a flag.";
        brief_share = 0.60, "share of answered calls", 0.0..=1.0, "assumed", "Smallest share of brief calls for a \
                                                                              flag.";
        long_share = 0.25, "share of answered calls", 0.0..=1.0, "assumed", "Largest share of long calls for a flag.";
        own_share = 0.40, "share of exchanges", 0.0..=1.0, "assumed",
            "Largest share of exchanges, other than bursts, that the number may start itself for a flag.";
        callback_share = 0.10, "share of contacts", 0.0..=1.0, "assumed",
            "Smallest share of contacts called back for this to count for a line; a number that sends no bursts can be \
             flagged only if contacts called back and contacts tried again together reach this share.";
        repeat_share = 0.30, "share of burst texts", 0.0..=1.0, "assumed",
            "Smallest share of burst texts that went to somebody texted in an earlier burst.";
        hours = 8.0, "hours of the day", 1.0..=24.0, "assumed",
            "Fewest different hours of the day with contacts before a number that sends no bursts can be flagged.";
        least_incoming = 4.0, "contacts", 1.0..=1000.0, "assumed",
            "Numbers contacted less often are ranked below all others, as too little is known of them.";
        flag_score = 0.50, "score", 0.0..=1.0, "assumed; the score is not a probability", "Smallest score for a flag.";
        evidence_rows = 20.0, "rows", 1.0..=1000.0, "assumed",
            "Most rows listed for one reason; the sentence gives the full count.";
        detailed = 200.0, "numbers", 1.0..=100000.0, "assumed",
            "How many of the highest-ranked numbers get every reason; the others get one summary (flagged numbers \
             always get all).";
    }
}

impl Settings {
    /// What makes a burst, for whoever else asks for bursts.
    pub fn burst_rule(&self) -> burst::BurstRule {
        burst::BurstRule::new(self.burst_recipients, self.burst_minutes)
    }

    pub(super) fn seconds(minutes: f64) -> u32 {
        (minutes * 60.0) as u32
    }
}
