//! Exchanges: what one pair says to each other without a long pause, and who started it.
//!
//! Who starts is what tells a sales line from a person: friends start about as often as they are started with, a line
//! sends its bursts and then waits to be contacted. Texts of bursts are left out here; they are counted by themselves.

use std::collections::HashMap;

use super::settings::Settings;
use crate::traffic::number_events::NumberEvent;

/// One exchange of the number with one other party.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub other: u32,
    pub at: u32,
    /// Place of its first event in the number's items.
    pub first: usize,
    /// The other party started it: a contact.
    pub incoming: bool,
    pub call: bool,
    /// Only texts, soon after a burst's text to this party.
    pub reply: bool,
    /// Calls by the other party: more than one when it was not answered, or called again at once.
    pub tries: u32,
    /// Place of the call-back to the contact.
    pub back: Option<usize>,
    /// Place of the call to the runner.
    pub to_runner: Option<usize>,
}

/// All exchanges, sorted by time. `bursts` marks the items that are texts of bursts.
pub(super) fn find_exchanges(items: &[NumberEvent], bursts: &[bool], settings: &Settings) -> Vec<Exchange> {
    let gap = Settings::seconds(settings.exchange_minutes);
    let reply = Settings::seconds(settings.reply_minutes);
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    order.sort_unstable_by_key(|&i| (items[i as usize].other, i));
    let mut exchanges: Vec<Exchange> = Vec::new();
    let mut open: Option<(u32, u32)> = None;
    let mut burst_text: Option<(u32, u32)> = None;
    for place in order.into_iter().map(|i| i as usize) {
        let item = &items[place];
        if bursts[place] {
            burst_text = Some((item.other, item.at));
            continue;
        }
        if !item.call() && !item.text() {
            continue;
        }
        let goes_on = open.is_some_and(|(other, last)| other == item.other && item.at - last <= gap);
        open = Some((item.other, item.at));
        match exchanges.last_mut() {
            Some(exchange) if goes_on => {
                exchange.call |= item.call();
                exchange.tries += u32::from(item.call() && !item.out);
                if exchange.incoming && item.out && item.call() && exchange.back.is_none() {
                    exchange.back = Some(place);
                }
            }
            _ => exchanges.push(Exchange {
                other: item.other,
                at: item.at,
                first: place,
                incoming: !item.out,
                call: item.call(),
                tries: u32::from(item.call() && !item.out),
                reply: burst_text.is_some_and(|(other, at)| other == item.other && item.at - at <= reply),
                back: None,
                to_runner: None,
            }),
        }
    }
    let within = Settings::seconds(settings.callback_minutes);
    for exchange in &mut exchanges {
        exchange.reply &= exchange.incoming && !exchange.call;
        exchange.back = exchange.back.filter(|&place| items[place].at - exchange.at <= within);
    }
    exchanges.sort_unstable_by_key(|exchange| exchange.first);
    exchanges
}

/// The number that is rung again and again right after somebody else's contact, if there is one: a
/// runner. Marks those calls.
///
/// It must take at least a quarter of the calls that follow a contact within the time, and five of them, on contacts of
/// at least four parties: a best friend rung after many things is not enough.
pub(super) fn mark_runner(items: &[NumberEvent], exchanges: &mut [Exchange], settings: &Settings) -> Option<u32> {
    let within = Settings::seconds(settings.callback_minutes);
    let calls: Vec<usize> = (0..items.len()).filter(|&i| items[i].out && items[i].call()).collect();
    let mut next = 0;
    let mut followed: Vec<(usize, usize)> = Vec::new();
    for (place, exchange) in exchanges.iter().enumerate().filter(|(_, e)| e.incoming && !e.reply) {
        while next < calls.len() && calls[next] <= exchange.first {
            next += 1;
        }
        let call = calls[next..]
            .iter()
            .take_while(|&&i| items[i].at - exchange.at <= within)
            .find(|&&i| items[i].other != exchange.other);
        if let Some(&call) = call {
            followed.push((place, call));
        }
    }
    let mut tally: HashMap<u32, (u32, std::collections::BTreeSet<u32>)> = HashMap::new();
    for (place, call) in &followed {
        let entry = tally.entry(items[*call].other).or_default();
        entry.0 += 1;
        entry.1.insert(exchanges[*place].other);
    }
    // The lower count of the id breaks ties; ids depend on the order of reading, so ties are settled
    // by the first call instead.
    let (runner, (count, parties)) = tally.into_iter().max_by_key(|(other, (count, _))| {
        let first =
            followed.iter().find(|(_, call)| items[*call].other == *other).map_or(usize::MAX, |(_, call)| *call);
        (*count, std::cmp::Reverse(first))
    })?;
    if count < 5 || (count as usize) * 4 < followed.len() || parties.len() < 4 {
        return None;
    }
    for (place, call) in followed.into_iter().filter(|(_, call)| items[*call].other == runner) {
        exchanges[place].to_runner = Some(call);
    }
    Some(runner)
}
