//! A profile in words: what speaks for a line, what speaks against, and the events each is counted from.

use orochi_model::{problem::Problem, sentence::Sentence};

use super::parts;
use super::profile::{Profile, Workings};
use super::score::{Class, Data};
use super::settings::Settings;
use crate::facts::burst::Text;
use crate::traffic::store::Party;

/// A reason whose events have not been turned into rows yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub text: Sentence,
    pub supports: bool,
    pub events: Vec<u32>,
}

/// Everything the reasons of one number are made from.
pub(super) struct Case<'a> {
    pub profile: &'a Profile,
    pub workings: &'a Workings,
    pub class: Class,
    pub data: Data,
    pub unset_clock: u32,
    /// Ids of events before 1990.
    pub unset_events: Vec<u32>,
    pub first_event: u32,
    pub runner: Option<&'a str>,
    pub parties: &'a [Party],
    pub settings: &'a Settings,
}

impl Case<'_> {
    fn fixed(&self, other: u32) -> bool {
        self.parties.get(other as usize).is_some_and(|party| party.fixed)
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

struct Drafts {
    list: Vec<Draft>,
    most: usize,
}

impl Drafts {
    fn add(&mut self, supports: bool, text: String, events: impl Iterator<Item = u32>) -> Result<(), Problem> {
        let mut events: Vec<u32> = events.take(self.most).collect();
        events.sort_unstable();
        events.dedup();
        self.list.push(Draft { text: Sentence::new(text)?, supports, events });
        Ok(())
    }
}

/// The reasons, those for a line first.
pub(super) fn give(case: &Case<'_>) -> Result<Vec<Draft>, Problem> {
    let mut drafts = Drafts { list: Vec::new(), most: case.settings.evidence_rows as usize };
    bursts(case, &mut drafts)?;
    contacts(case, &mut drafts)?;
    calls(case, &mut drafts)?;
    rhythm(case, &mut drafts)?;
    identity(case, &mut drafts)?;
    if drafts.list.is_empty() {
        drafts.add(false, "Too few contacts in the data to say more.".into(), std::iter::once(case.first_event))?;
    }
    drafts.list.sort_by_key(|draft| !draft.supports);
    Ok(drafts.list)
}

fn bursts(case: &Case<'_>, drafts: &mut Drafts) -> Result<(), Problem> {
    let (p, w, s) = (case.profile, case.workings, case.settings);
    let ids = |text: &Text| w.items[text.key as usize].id;
    if p.bursts == 0 {
        let text = match p.held {
            true => "No burst of texts: it never texted many different numbers within minutes.",
            false => "No burst of texts is seen; its own data is not held, so bursts to others would not show.",
        };
        return drafts.add(false, text.into(), std::iter::empty());
    }
    let sizes = w.bursts.iter().map(|burst| burst.recipients);
    let (least, most) = (sizes.clone().min().unwrap_or(0), sizes.max().unwrap_or(0));
    let range = if least == most { format!("{least}") } else { format!("{least} to {most}") };
    let text = format!(
        "It sent {} on {}: each time it texted {range} different numbers within minutes, {} in all{}.",
        count(p.bursts, "burst of texts", "bursts of texts"),
        count(p.burst_days, "day", "days"),
        count(p.recipients, "number", "numbers"),
        if p.held { "" } else { " among the few numbers whose data is held" }
    );
    // A few texts of each burst show more than all texts of the first.
    let each = (drafts.most / w.bursts.len()).max(1);
    drafts.add(true, text, w.bursts.iter().flat_map(|burst| burst.texts.iter().take(each)).map(ids))?;
    let texts: usize = w.bursts.iter().map(|burst| burst.texts.len()).sum();
    let again = p.repeat_share >= s.repeat_share;
    let ending = if again {
        "the same base is messaged again"
    } else {
        "bursts reached mostly new numbers, as reminders and deliveries do"
    };
    drafts.add(
        again,
        format!(
            "{} of {texts} burst texts went to numbers texted in an earlier burst: {ending}.",
            percent(p.repeat_share)
        ),
        w.bursts.iter().rev().flat_map(|burst| burst.texts.iter().take(each)).map(ids),
    )?;
    let answered = p.answered_bursts * 3 >= p.bursts;
    drafts.add(
        answered,
        format!(
            "{} of {} were followed within {} minutes by calls or texts of two or more recipients, bare text replies \
             apart.",
            p.answered_bursts,
            count(p.bursts, "burst", "bursts"),
            s.answer_minutes
        ),
        w.bursts.iter().flat_map(|burst| {
            let at = burst.at;
            w.exchanges
                .iter()
                .filter(move |e| e.incoming && !e.reply && e.at >= at)
                .take_while(move |e| f64::from(e.at - at) <= s.answer_minutes * 60.0)
                .map(|e| w.items[e.first].id)
        }),
    )?;
    if p.replies * 10 >= (p.replies + p.contacts) * 3 {
        drafts.add(
            false,
            format!(
                "{} of {} approaches were text replies to a burst and nothing more, as in a club, a school group or a \
                 shift rota.",
                p.replies,
                p.replies + p.contacts
            ),
            w.exchanges.iter().filter(|e| e.reply).map(|e| w.items[e.first].id),
        )?;
    }
    Ok(())
}

fn contacts(case: &Case<'_>, drafts: &mut Drafts) -> Result<(), Problem> {
    let (p, w, s) = (case.profile, case.workings, case.settings);
    if p.contacts == 0 {
        return drafts.add(
            false,
            format!("No other number started an exchange with it; it started {} itself.", p.exchanges),
            w.exchanges.iter().map(|e| w.items[e.first].id).chain(std::iter::once(case.first_event)),
        );
    }
    let incoming = || w.exchanges.iter().filter(|e| e.incoming && !e.reply);
    let id = |e: &super::exchanges::Exchange| w.items[e.first].id;
    let enough = p.regulars >= 2 && p.regular_share >= s.regular_share;
    drafts.add(
        enough,
        format!(
            "{} came back on at least {} days a week; they made {} of its {}.",
            count(p.regulars, "number", "numbers"),
            s.regular_days_a_week,
            percent(p.regular_share),
            count(p.contacts, "contact", "contacts")
        ),
        incoming().filter(|e| !enough || w.regular.contains(&e.other)).map(id),
    )?;
    if p.once_share >= 0.5 {
        drafts.add(
            false,
            format!(
                "{} of the numbers that contacted it did so on one day only, as with taxis, shops and surgeries.",
                percent(p.once_share)
            ),
            incoming().filter(|e| !w.regular.contains(&e.other)).map(id),
        )?;
    }
    if p.parties > 5 && p.top_share >= 0.5 {
        drafts.add(
            false,
            format!(
                "Three numbers made {} of its contacts, as with family, friends or a carer's few clients.",
                percent(p.top_share)
            ),
            incoming().map(id),
        )?;
    }
    again(case, drafts)?;
    let waits = p.own_share <= s.own_share;
    let ending = if waits { "it waits to be contacted" } else { "both sides start, as people who know each other do" };
    drafts.add(
        waits,
        format!(
            "It started {} of {} itself, bursts{} apart: {ending}.",
            percent(p.own_share),
            count(p.exchanges, "exchange", "exchanges"),
            if case.runner.is_some() { " and calls to the runner" } else { "" }
        ),
        w.exchanges.iter().filter(|e| e.incoming == waits).map(id),
    )
}

/// Those who call again at once, and those who come back within the day; and whether the number seeks
/// out its contacts itself.
fn again(case: &Case<'_>, drafts: &mut Drafts) -> Result<(), Problem> {
    let (p, w) = (case.profile, case.workings);
    if p.contacts < 10 {
        return Ok(());
    }
    let incoming = || w.exchanges.iter().filter(|e| e.incoming && !e.reply);
    let id = |e: &super::exchanges::Exchange| w.items[e.first].id;
    let urgent = p.retry_share >= 0.1 || p.same_day_share >= 0.1;
    drafts.add(
        urgent,
        format!(
            "In {} of {} contacts the other party called more than once, and on {} of the days on which a number \
             contacted it, it did so again later.",
            percent(p.retry_share),
            p.contacts,
            percent(p.same_day_share),
        ),
        incoming().filter(|e| (e.tries > 1) == urgent).map(id),
    )?;
    if parts::public(p) > 0.0 {
        drafts.add(
            false,
            format!(
                "{} other numbers are seen with it, and with {} of those that contacted it did it start an exchange \
                 itself, as with a taxi office or a shop, which the public rings.",
                p.parties,
                percent(p.mutual_share)
            ),
            incoming().map(id),
        )?;
    }
    if p.mutual_share >= 0.5 {
        drafts.add(
            false,
            format!(
                "It sought out {} of the numbers that contacted it as well, as people do who know or employ each \
                 other.",
                percent(p.mutual_share)
            ),
            w.exchanges.iter().filter(|e| !e.incoming).map(id),
        )?;
    }
    if p.fixed_share >= 0.02 {
        drafts.add(
            false,
            format!(
                "{} of its contacts came from fixed or service numbers, as with a business.",
                percent(p.fixed_share)
            ),
            incoming().filter(|e| case.fixed(e.other)).map(id),
        )?;
    }
    Ok(())
}

fn calls(case: &Case<'_>, drafts: &mut Drafts) -> Result<(), Problem> {
    let (p, w, s) = (case.profile, case.workings, case.settings);
    if p.timed_calls >= 5 {
        let brief = p.brief_share >= s.brief_share;
        let limit = s.brief_seconds;
        drafts.add(
            brief,
            format!(
                "{} of {} answered calls of known length lasted {limit} seconds or less, {} no longer than {} and {} \
                 more than {} seconds.",
                percent(p.brief_share),
                p.timed_calls,
                percent(p.short_share),
                s.short_seconds,
                percent(p.long_share),
                s.long_seconds
            ),
            w.items
                .iter()
                .filter(|item| item.talked().is_some_and(|talked| (f64::from(talked) <= limit) == brief))
                .map(|item| item.id),
        )?;
    }
    if p.contacts >= 5 {
        let quick = p.callback_share >= s.callback_share;
        let runner = case.runner.map_or(String::new(), |runner| {
            format!(" ({} of them by a call to the constant other number {runner})", p.runner_calls)
        });
        drafts.add(
            quick,
            format!(
                "{} of {} contacts were followed within {} minutes by a call back{runner}.",
                p.called_back, p.contacts, s.callback_minutes
            ),
            w.exchanges
                .iter()
                .filter(|e| e.incoming && !e.reply)
                .flat_map(|e| [Some(e.first), e.back.or(e.to_runner).filter(|_| quick)])
                .flatten()
                .map(|i| w.items[i].id),
        )?;
    }
    Ok(())
}

fn rhythm(case: &Case<'_>, drafts: &mut Drafts) -> Result<(), Problem> {
    let (p, w) = (case.profile, case.workings);
    if p.contacts < 10 {
        return Ok(());
    }
    let s = case.settings;
    let wide = p.hours as f64 >= s.hours && p.late_share < 0.5;
    drafts.add(
        wide,
        format!(
            "Contacts came in {} different hours of the day, {} of them from 20:00 to 08:00 and {} from 22:00 to \
             07:00, on {} of {} days.",
            p.hours,
            percent(p.late_share),
            percent(p.night_share),
            p.active_days,
            p.days
        ),
        w.exchanges.iter().filter(|e| e.incoming && !e.reply).map(|e| w.items[e.first].id),
    )?;
    if p.days >= 14.0 && p.regulars >= 4 && p.newcomers >= 3 {
        drafts.add(
            true,
            format!(
                "{} contacted it for the first time in the second half of the time seen, while {} kept coming back.",
                count(p.newcomers, "number", "numbers"),
                p.regulars
            ),
            w.exchanges.iter().rev().filter(|e| e.incoming && !e.reply).map(|e| w.items[e.first].id),
        )?;
    }
    Ok(())
}

fn identity(case: &Case<'_>, drafts: &mut Drafts) -> Result<(), Problem> {
    let first = || std::iter::once(case.first_event);
    match case.class {
        Class::Any => {}
        Class::Fixed => drafts.add(
            false,
            "It is not a mobile number of the United Kingdom but a fixed, service or freephone number.".into(),
            first(),
        )?,
        Class::Sender => drafts.add(
            false,
            "It is a name or short code, as senders of bulk messages use; nobody can ring it.".into(),
            first(),
        )?,
    }
    match case.data {
        Data::Unknown => {}
        Data::None => drafts.add(
            true,
            "Its own records are held and show no data session, while other numbers' records in the case do.".into(),
            std::iter::empty(),
        )?,
        // The rows lie in `records`, not in events; presences list them.
        Data::Some => {
            drafts.add(false, "Its own records show data sessions (listed in the view presences).".into(), first())?
        }
    }
    if !case.profile.held {
        drafts.add(
            false,
            format!(
                "Its own data is not held: only what it shares with {} is seen.",
                count(case.profile.parties, "other number", "other numbers")
            ),
            std::iter::empty(),
        )?;
    }
    if case.unset_clock > 0 {
        drafts.add(
            false,
            format!(
                "{} dated before 1990 (a clock that was never set): left out of every count.",
                count(case.unset_clock as usize, "communication is", "communications are")
            ),
            case.unset_events.iter().copied(),
        )?;
    }
    Ok(())
}
