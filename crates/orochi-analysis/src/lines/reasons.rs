//! A profile in words: what speaks for a line, what speaks against, and the events each is counted from.

use orochi_model::{problem::Problem, sentence::counted};

use super::number_class::{DataSessions, NumberClass};
use super::parts;
use super::profile::{Profile, ProfileWorkings};
use super::settings::Settings;
use crate::facts::burst::BurstText;
use crate::reason_draft::{ReasonDraft, ReasonDrafts, percent};
use crate::traffic::event_store::PartyCounts;

/// Everything the reasons of one number are made from.
pub(super) struct ReasonInputs<'a> {
    pub profile: &'a Profile,
    pub workings: &'a ProfileWorkings,
    pub class: NumberClass,
    pub data: DataSessions,
    pub unset_clock: u32,
    /// Ids of events before 1990.
    pub unset_events: Vec<u32>,
    pub first_event: u32,
    pub runner: Option<&'a str>,
    pub parties: &'a [PartyCounts],
    pub settings: &'a Settings,
}

impl ReasonInputs<'_> {
    fn fixed(&self, other: u32) -> bool {
        self.parties.get(other as usize).is_some_and(|party| party.fixed)
    }
}

/// The reasons, those for a line first.
pub(super) fn draft_reasons(case: &ReasonInputs<'_>) -> Result<Vec<ReasonDraft>, Problem> {
    let mut drafts = ReasonDrafts::new(case.settings.evidence_rows as usize);
    add_bursts(case, &mut drafts)?;
    add_contacts(case, &mut drafts)?;
    add_calls(case, &mut drafts)?;
    add_rhythm(case, &mut drafts)?;
    add_identity(case, &mut drafts)?;
    if drafts.list.is_empty() {
        drafts.add(false, "The data holds too few contacts to say more.".into(), std::iter::once(case.first_event))?;
    }
    drafts.list.sort_by_key(|draft| !draft.supports);
    Ok(drafts.list)
}

fn add_bursts(case: &ReasonInputs<'_>, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (p, w, s) = (case.profile, case.workings, case.settings);
    let ids = |text: &BurstText| w.items[text.key as usize].id;
    if p.bursts == 0 {
        let text = match p.held {
            true => "No bulk texting was found: it never texted many different numbers within minutes.",
            false => {
                "No bulk texting was found. The number's own data is not held, so bulk texts to other recipients could \
                 not be seen."
            }
        };
        return drafts.add(false, text.into(), std::iter::empty());
    }
    let sizes = w.bursts.iter().map(|burst| burst.recipients);
    let (least, most) = (sizes.clone().min().unwrap_or(0), sizes.max().unwrap_or(0));
    let range = if least == most { format!("{least}") } else { format!("{least} to {most}") };
    let text = format!(
        "It sent {} on {}. Each time it texted {range} different numbers within minutes; {} received such texts{}.",
        counted(p.bursts, "burst of texts", "bursts of texts"),
        counted(p.burst_days, "day", "days"),
        counted(p.recipients, "number", "numbers"),
        if p.held { "" } else { ", counting only numbers whose data is held" }
    );
    // A few texts of each burst show more than all texts of the first.
    let each = (drafts.most / w.bursts.len()).max(1);
    drafts.add(true, text, w.bursts.iter().flat_map(|burst| burst.texts.iter().take(each)).map(ids))?;
    let texts: usize = w.bursts.iter().map(|burst| burst.texts.len()).sum();
    let again = p.repeat_share >= s.repeat_share;
    let ending = if again {
        "mostly the same numbers were texted again"
    } else {
        "most recipients were new, as with reminders and deliveries"
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
            "{} of {} {} followed within {} minutes by calls or texts from two or more recipients, not counting \
             single text replies.",
            p.answered_bursts,
            counted(p.bursts, "burst", "bursts"),
            if p.answered_bursts == 1 { "was" } else { "were" },
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
                "{} of {} contacts by others were single text replies to a burst, as in a club, a school group or a \
                 shift rota.",
                p.replies,
                p.replies + p.contacts
            ),
            w.exchanges.iter().filter(|e| e.reply).map(|e| w.items[e.first].id),
        )?;
    }
    Ok(())
}

fn add_contacts(case: &ReasonInputs<'_>, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (p, w, s) = (case.profile, case.workings, case.settings);
    if p.contacts == 0 {
        return drafts.add(
            false,
            format!("No other number started an exchange with it. It started {} itself.", p.exchanges),
            w.exchanges.iter().map(|e| w.items[e.first].id).chain(std::iter::once(case.first_event)),
        );
    }
    let incoming = || w.exchanges.iter().filter(|e| e.incoming && !e.reply);
    let id = |e: &super::exchanges::Exchange| w.items[e.first].id;
    let enough = p.regulars >= 2 && p.regular_share >= s.regular_share;
    drafts.add(
        enough,
        format!(
            "{} made contact on at least {} days a week, and made {} of its {}.",
            counted(p.regulars, "number", "numbers"),
            s.regular_days_a_week,
            percent(p.regular_share),
            counted(p.contacts, "contact", "contacts")
        ),
        incoming().filter(|e| !enough || w.regular.contains(&e.other)).map(id),
    )?;
    if p.once_share >= 0.5 {
        drafts.add(
            false,
            format!(
                "{} of the numbers that contacted it did so on one day only, as with a taxi office, a shop or a \
                 surgery.",
                percent(p.once_share)
            ),
            incoming().filter(|e| !w.regular.contains(&e.other)).map(id),
        )?;
    }
    if p.parties > 5 && p.top_share >= 0.5 {
        drafts.add(
            false,
            format!(
                "Three numbers made {} of its contacts, as with family, friends or the clients of a carer.",
                percent(p.top_share)
            ),
            incoming().map(id),
        )?;
    }
    add_return_habits(case, drafts)?;
    let waits = p.own_share <= s.own_share;
    let ending = if waits {
        "the others usually make contact first"
    } else {
        "both sides make contact first, as between people who know each other"
    };
    drafts.add(
        waits,
        format!(
            "Not counting bursts{}, it started {} of {} itself: {ending}.",
            if case.runner.is_some() { " and calls to the number that it rings most" } else { "" },
            percent(p.own_share),
            counted(p.exchanges, "exchange", "exchanges"),
        ),
        w.exchanges.iter().filter(|e| e.incoming == waits).map(id),
    )
}

/// Those who call again at once, and those who come back within the day; and whether the number seeks
/// out its contacts itself.
fn add_return_habits(case: &ReasonInputs<'_>, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
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
            "In {} of {} contacts the other party called more than once. On {} of the days on which a number made \
             contact, that number did so again later.",
            percent(p.retry_share),
            p.contacts,
            percent(p.same_day_share),
        ),
        incoming().filter(|e| (e.tries > 1) == urgent).map(id),
    )?;
    if parts::public_business(p) > 0.0 {
        drafts.add(
            false,
            format!(
                "It was in contact with {} other numbers and itself started an exchange with {} of those that \
                 contacted it, as with a taxi office or a shop that the public rings.",
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
                "It also made first contact with {} of the numbers that contacted it, as between people who know or \
                 employ each other.",
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

fn add_calls(case: &ReasonInputs<'_>, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (p, w, s) = (case.profile, case.workings, case.settings);
    if p.timed_calls >= 5 {
        let brief = p.brief_share >= s.brief_share;
        let limit = s.brief_seconds;
        drafts.add(
            brief,
            format!(
                "Of {} answered calls of known length, {} lasted {limit} seconds or less, {} lasted {} seconds or less \
                 and {} lasted more than {} seconds.",
                p.timed_calls,
                percent(p.brief_share),
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
            format!(" ({} of them by a call to {runner}, the number that it rings most)", p.runner_calls)
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

fn add_rhythm(case: &ReasonInputs<'_>, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (p, w) = (case.profile, case.workings);
    if p.contacts < 10 {
        return Ok(());
    }
    let s = case.settings;
    let wide = p.hours as f64 >= s.hours && p.late_share < 0.5;
    drafts.add(
        wide,
        format!(
            "Contacts came in {} of the day and on {} of {}. Of the contacts, {} came between \
             20:00 and 08:00 and {} between 22:00 and 07:00.",
            counted(p.hours, "hour", "different hours"),
            p.active_days,
            counted(p.days as usize, "day", "days"),
            percent(p.late_share),
            percent(p.night_share),
        ),
        w.exchanges.iter().filter(|e| e.incoming && !e.reply).map(|e| w.items[e.first].id),
    )?;
    if p.days >= 14.0 && p.regulars >= 4 && p.newcomers >= 3 {
        drafts.add(
            true,
            format!(
                "{} contacted it for the first time in the second half of the period seen, while {} kept making \
                 contact.",
                counted(p.newcomers, "number", "numbers"),
                p.regulars
            ),
            w.exchanges.iter().rev().filter(|e| e.incoming && !e.reply).map(|e| w.items[e.first].id),
        )?;
    }
    Ok(())
}

fn add_identity(case: &ReasonInputs<'_>, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let first = || std::iter::once(case.first_event);
    match case.class {
        NumberClass::Any => {}
        NumberClass::Fixed => drafts.add(
            false,
            "It is a fixed, service or freephone number and not a mobile number of the United Kingdom.".into(),
            first(),
        )?,
        NumberClass::Sender => drafts.add(
            false,
            "It is a name or short code, as senders of bulk messages use. Nobody can ring it.".into(),
            first(),
        )?,
    }
    match case.data {
        DataSessions::Unknown => {}
        DataSessions::None => drafts.add(
            true,
            "Its own records are held and show no data session. Other numbers' records in the case do show data \
             sessions."
                .into(),
            std::iter::empty(),
        )?,
        // The rows lie in `records`, not in events; presences list them.
        DataSessions::Some => {
            drafts.add(false, "Its own records show data sessions (listed by `orochi presences`).".into(), first())?
        }
    }
    if !case.profile.held {
        drafts.add(
            false,
            format!(
                "Its own data is not held. Only its communications with {} can be seen.",
                counted(case.profile.parties, "other number", "other numbers")
            ),
            std::iter::empty(),
        )?;
    }
    if case.unset_clock > 0 {
        drafts.add(
            false,
            format!(
                "{} dated before 1990, as by a clock that was never set, and left out of every count.",
                counted(case.unset_clock as usize, "communication is", "communications are")
            ),
            case.unset_events.iter().copied(),
        )?;
    }
    Ok(())
}
