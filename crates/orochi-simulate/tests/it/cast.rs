//! What must hold of every line and every look-alike, whatever is drawn.

use orochi_simulate::actor::Actor;
use orochi_simulate::calendar::Calendar;
use orochi_simulate::cast::{Cast, assemble};
use orochi_simulate::chance::{Chance, Seed};
use orochi_simulate::communication::{Communication, ContactKind, Outcome, Party};
use orochi_simulate::country::Country;
use orochi_simulate::scenario;
use orochi_simulate::truth::truth;
use orochi_simulate::world::World;
use orochi_simulate::world::build::Builder;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

static COUNTRY: LazyLock<Arc<Country>> = LazyLock::new(|| Arc::new(Country::load().unwrap()));

const HEAD: &str = r#"
name = "test"
window.first_day = { value = "2025-02-03", unit = "date", source = "assumed" }
window.days = { value = 14, unit = "days", source = "assumed" }
people.count = { value = 1500, unit = "people", source = "assumed" }
country.towns = { value = ["Thetford"], unit = "towns besides London", source = "assumed" }
"#;

fn made(text: &str, seed: u64) -> (scenario::Scenario, World, Cast) {
    let scenario = scenario::read(text, "test").unwrap();
    let calendar = Calendar::new(scenario.first_day().unwrap(), scenario.window.days.value).unwrap();
    let mut builder = Builder::new(&scenario.ground(), Arc::clone(&COUNTRY), calendar, Seed(seed)).unwrap();
    let cast = assemble(scenario.cast(), &mut builder).unwrap();
    (scenario, builder.finish().unwrap(), cast)
}

fn line(style: &str, more: &str) -> String {
    format!(
        "{HEAD}\n[[line]]\nstyle = \"{style}\"\ncount = {{ value = 2, unit = \"lines\", source = \"assumed\" }}\n\
         {more}\n"
    )
}

fn chance(world: &World, actor: usize, day: u32) -> Chance {
    world.seed.stream("test day", &[actor as u64, u64::from(day)])
}

fn day(world: &World, place: usize, actor: &dyn Actor, day: u32) -> Vec<Communication> {
    let mut out = Vec::new();
    actor.day(world, day, &mut chance(world, place, day), &mut out);
    out
}

/// Conversations of a SIM do not overlap.
fn one_at_a_time(world: &World, out: &[Communication], party: Party) {
    let ours = |c: &&Communication| c.kind == ContactKind::Call && (c.from == party || c.to == party);
    let mut calls: Vec<&Communication> = out.iter().filter(ours).filter(|c| c.outcome == Outcome::Answered).collect();
    calls.sort();
    for pair in calls.windows(2) {
        assert!(pair[0].at + i64::from(pair[0].seconds) <= pair[1].at, "{:?}", (pair, world.calendar.first()));
    }
}

fn landline(world: &World, party: Party) -> bool {
    matches!(party, Party::Outside(outside) if world.outside[outside as usize].text.starts_with("+44"))
}

#[test]
fn every_look_alike_does_its_business() {
    let kinds = [
        "taxi",
        "takeaway",
        "hairdresser",
        "clinic",
        "courier",
        "carer",
        "plumber",
        "club",
        "shift-coordinator",
        "school-parents",
        "marketing",
        "helpline",
        "shop",
        "football-captain",
        "childminder",
        "church-group",
        "driving-instructor",
        "pub-landlord",
        "market-trader",
        "on-call",
    ];
    let lookalikes: String =
        kinds.iter().map(|k| format!("{k} = {{ value = 4, unit = \"actors\", source = \"assumed\" }}\n")).collect();
    let (_, world, cast) = made(&format!("{HEAD}\n[lookalikes]\n{lookalikes}"), 3);
    assert_eq!(cast.actors.len(), 80);
    let mut seen = BTreeMap::new();
    for (place, actor) in cast.actors.iter().enumerate() {
        let truth = actor.truth(&world);
        let numbers = truth.as_array().unwrap();
        assert!(!numbers.is_empty(), "{}", actor.kind());
        let mut total = 0;
        for today in 0..world.calendar.days() {
            let out = day(&world, place, actor.as_ref(), today);
            assert_eq!(out, day(&world, place, actor.as_ref(), today), "{}", actor.kind());
            assert!(out.len() < 3500, "{} {}", actor.kind(), out.len());
            let (from, to) = (world.calendar.at(today, -3600), world.calendar.at(today, 86_400 + 43_200));
            assert!(out.iter().all(|c| from <= c.at && c.at < to), "{}", actor.kind());
            for c in out.iter().filter(|c| c.kind == ContactKind::Text) {
                assert!(!landline(&world, c.from) && !landline(&world, c.to), "{} texts by landline", actor.kind());
            }
            total += out.len();
        }
        assert!(total > 14, "{} hardly occurs: {total}", actor.kind());
        seen.entry(actor.kind()).or_insert(0_usize);
        *seen.entry(actor.kind()).or_default() += total;
        for person in 0..world.people.len() as u32 {
            if world.people[person as usize].routine == orochi_simulate::ground::Routine::Cast(place as u32) {
                let stays = actor.itinerary(&world, person, 3).stays;
                assert!(stays.windows(2).all(|w| w[0].to <= w[1].from), "{}", actor.kind());
            }
        }
    }
    assert_eq!(seen.len(), 20);
}

#[test]
fn every_line_keeps_to_its_numbers_and_its_phone_to_its_holder() {
    for style in ["static", "travelling", "hybrid", "in-force", "quiet", "small", "short-lived", "drifting"] {
        let (_, world, cast) = made(&line(style, ""), 11);
        for line in &cast.lines {
            let mut answered = 0;
            for today in 0..world.calendar.days() {
                let out = line.live(&world, today).communications;
                assert_eq!(out, line.live(&world, today).communications);
                for number in &line.numbers {
                    let party = Party::Sim(number.sim);
                    one_at_a_time(&world, &out, party);
                    for c in out.iter().filter(|c| c.from == party || c.to == party && c.seconds > 3) {
                        assert!(number.from <= c.at && c.at < number.to, "{style}: {c:?} outside {number:?}");
                        if c.at < world.calendar.span().1 {
                            let hold = world.hold(number.sim, c.at).expect("nobody has the phone");
                            assert_eq!(Some(hold.carrier), line.spell_at(c.at).map(|spell| spell.person));
                        }
                        answered += 1;
                    }
                }
            }
            assert!(answered > 80, "{style}: {answered}");
            assert!(line.spells.windows(2).all(|w| w[0].to == w[1].from), "{style}: gaps");
            assert_eq!(line.spells.first().unwrap().from, line.opened);
            assert_eq!(line.spells.last().unwrap().to, line.closed);
            for person in line.runners.iter().map(|r| r.person).chain(line.holders.iter().map(|h| h.0)) {
                for today in 0..world.calendar.days() {
                    let actor: &dyn Actor = line;
                    let stays = actor.itinerary(&world, person, today).stays;
                    assert!(!stays.is_empty());
                    assert!(stays.windows(2).all(|w| w[0].to <= w[1].from), "{style} {today} {stays:?}");
                }
            }
        }
    }
}

/// Most recipients of one number within ten minutes.
fn largest_burst(out: &[Communication], party: Party) -> usize {
    let mut texts: Vec<&Communication> =
        out.iter().filter(|c| c.kind == ContactKind::Text && c.from == party).collect();
    texts.sort();
    (0..texts.len())
        .map(|i| {
            texts[i..].iter().take_while(|c| c.at < texts[i].at + 600).map(|c| c.to).collect::<BTreeSet<_>>().len()
        })
        .max()
        .unwrap_or(0)
}

#[test]
fn bursts_reach_the_base_and_quiet_lines_send_none() {
    for (style, share) in [("static", 0.7), ("small", 0.7), ("quiet", 0.0), ("big", 0.5)] {
        let pace = "figures.burst_pace = { value = [5, 9], unit = \"texts a second\", source = \"assumed\" }\n\
                    change = \"none\"";
        let (_, world, cast) = made(&line(style, pace), 5);
        for line in &cast.lines {
            let party = Party::Sim(line.numbers[0].sim);
            let most = (0..world.calendar.days())
                .map(|today| largest_burst(&line.live(&world, today).communications, party))
                .max()
                .unwrap();
            if style == "quiet" {
                assert!(most < 8, "{most}");
            } else {
                assert!(most as f64 >= line.customers.len() as f64 * share, "{style} {most} {}", line.customers.len());
            }
        }
    }
}

#[test]
fn a_drifting_line_falls_silent_by_text_and_goes_on_by_call() {
    let (_, world, cast) = made(&line("drifting", "change = \"none\""), 8);
    for line in &cast.lines {
        let party = Party::Sim(line.numbers[0].sim);
        let texts = |days: std::ops::Range<u32>| -> usize {
            days.map(|d| {
                line.live(&world, d)
                    .communications
                    .iter()
                    .filter(|c| c.kind == ContactKind::Text && c.from == party)
                    .count()
            })
            .sum()
        };
        assert!(texts(0..7) > 3 * texts(11..14).max(1));
        let late = line.live(&world, 12).communications;
        assert!(late.iter().any(|c| c.to == party && c.outcome == Outcome::Answered && c.kind == ContactKind::Call));
    }
}

#[test]
fn a_line_that_closes_is_dead_and_comes_back_with_part_of_its_customers() {
    let (scenario, world, cast) = made(&line("static", "reemerges = true"), 21);
    assert_eq!(cast.lines.len(), 4);
    for pair in cast.lines.chunks(2) {
        let (first, second) = (&pair[0], &pair[1]);
        assert_eq!(second.continues.as_deref(), Some(first.name.as_str()));
        assert!(first.closed < second.opened);
        let theirs: BTreeSet<_> = first.customers.iter().map(|c| c.person).collect();
        let common = second.customers.iter().filter(|c| theirs.contains(&c.person)).count();
        assert!(common > 0 && common < theirs.len());
        for today in 0..world.calendar.days() {
            for c in first.live(&world, today).communications {
                for number in &first.numbers {
                    assert!(c.from != Party::Sim(number.sim) || c.at < first.closed);
                    assert!(
                        c.to != Party::Sim(number.sim)
                            || c.outcome != Outcome::Answered
                            || c.kind == ContactKind::Text
                            || c.at < first.closed
                    );
                }
            }
        }
    }
    let truth = truth(&scenario, &world, &cast);
    assert_eq!(truth["lines"][1]["continues"], "L01");
}

#[test]
fn two_lines_share_customers_and_two_share_a_handset() {
    let more = "count = { value = 1, unit = \"lines\", source = \"assumed\" }";
    let text = format!(
        "{HEAD}\n[[line]]\nstyle = \"static\"\n{more}\n[[line]]\nstyle = \"hybrid\"\nshares_customers = true\n{more}\n\
         [[line]]\nstyle = \"quiet\"\nsame_handset = true\n{more}\n"
    );
    let (_, world, cast) = made(&text, 2);
    let persons = |place: usize| cast.lines[place].customers.iter().map(|c| c.person).collect::<BTreeSet<_>>();
    assert!(persons(0).intersection(&persons(1)).count() > 3);
    assert_eq!(cast.lines[0].shares_customers_with, ["L02"]);
    let handsets = |place: usize| cast.lines[place].tenures.iter().map(|t| t.handset).collect::<BTreeSet<_>>();
    assert_eq!(handsets(1), handsets(2));
    assert_ne!(
        world.sims[cast.lines[1].numbers[0].sim as usize].number,
        world.sims[cast.lines[2].numbers[0].sim as usize].number
    );
}

#[test]
fn truth_says_what_communications_show() {
    let look = "[lookalikes]\ntaxi = { value = 2, unit = \"actors\", source = \"assumed\" }\n";
    let (scenario, world, cast) = made(&line("short-lived", look), 4);
    let truth = truth(&scenario, &world, &cast);
    let mut numbers = BTreeSet::new();
    let mut answered: BTreeMap<(String, String), usize> = BTreeMap::new();
    let text = |party: Party| match party {
        Party::Sim(sim) => format!("+{}", world.sims[sim as usize].number),
        Party::Outside(outside) => world.outside[outside as usize].text.clone(),
    };
    for (place, actor) in cast.actors.iter().enumerate() {
        for today in 0..world.calendar.days() {
            for c in day(&world, place, actor.as_ref(), today) {
                numbers.insert(text(c.from));
                numbers.insert(text(c.to));
                *answered.entry((text(c.from), text(c.to))).or_default() += 1;
            }
        }
    }
    for line in truth["lines"].as_array().unwrap() {
        let held = line["numbers"].as_array().unwrap();
        assert!(held.len() > 1, "short-lived lines change their number");
        for number in held {
            assert!(numbers.contains(number["number"].as_str().unwrap()));
            assert_eq!(number["imei"].as_str().unwrap().len(), 14);
            assert_eq!(number["imsi"].as_str().unwrap().len(), 15);
            assert!(number["from"].as_str().unwrap() < number["to"].as_str().unwrap());
        }
        let (days, deals) = (line["customer_days"].as_u64().unwrap(), line["transactions"].as_u64().unwrap());
        assert!(days > 50 && deals > 50, "{days} {deals}");
        let grams = line["grams"].as_f64().unwrap() / deals as f64;
        assert!((0.05..1.0).contains(&grams), "{grams} g a transaction");
    }
    let three = truth["three_customers"].as_array().unwrap();
    assert!(three.len() >= 2);
    for known in three {
        for customer in known["customers"].as_array().unwrap() {
            let pair = (customer.as_str().unwrap().to_owned(), known["number"].as_str().unwrap().to_owned());
            assert!(answered.contains_key(&pair), "{pair:?} never had contact");
        }
    }
    let targets = truth["targets"].as_array().unwrap();
    assert!(targets.iter().all(|t| t.as_str().unwrap().starts_with("+447")));
    for line in truth["lines"].as_array().unwrap() {
        assert!(targets.contains(&line["numbers"][0]["number"]));
        assert!(targets.contains(&line["holder"]["own_number"]));
    }
    assert!(truth["pairs"].as_array().unwrap().iter().any(|p| p["same_person"] == true));
    assert!(truth["pairs"].as_array().unwrap().iter().any(|p| p["same_person"] == false));
    assert!(truth["innocents"].as_array().unwrap().len() >= 2);
}
