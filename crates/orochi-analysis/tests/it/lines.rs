//! The method `lines` on made-up towns: lines are flagged and come first, nobody else is flagged.

use std::collections::BTreeSet;

use crate::scenario::cast::{any_line, base, town};
use crate::scenario::{Random, World, tables};
use orochi_analysis::lines::{LineFinding, Settings, lines};

fn ranked(world: &World, held: Option<&BTreeSet<String>>) -> Vec<LineFinding> {
    let memory = tables::events(&world.happenings, held);
    let report = lines(&memory, &Settings::default()).unwrap();
    report.findings().map(Result::unwrap).collect()
}

fn show(finding: &LineFinding) -> String {
    let reasons: Vec<String> =
        finding.reasons.iter().map(|r| format!("  {} {}", if r.supports { "+" } else { "-" }, r.text)).collect();
    format!("{} {} {}\n{}", finding.number, finding.score, finding.flagged, reasons.join("\n"))
}

fn everybody(world: &World) -> BTreeSet<String> {
    world.happenings.iter().flat_map(|h| [h.a.clone(), h.b.clone()]).collect()
}

/// A town with four kinds of line.
fn operation(seed: u64, days: i64) -> World {
    let mut random = Random::new(seed);
    let mut world = town(&mut random, days);
    for (index, (customers, quiet)) in [(60, false), (25, true), (15, false), (500, false)].into_iter().enumerate() {
        let line = any_line(&mut random, index as u64, customers, quiet);
        let customers = base(&mut random, &world, customers, 70 + index as u64);
        world.line(&mut random, &line, &customers);
    }
    world
}

/// Lines come first and only lines are flagged, in four worlds of so many days.
fn lines_alone_are_flagged_over(days: i64) {
    let mut faults = Vec::new();
    for seed in 0..4 {
        let world = operation(seed * 31 + days as u64, days);
        let held = everybody(&world);
        for (how, held) in [("all held", Some(&held)), ("sides unknown", None)] {
            let findings = ranked(&world, held);
            for (place, finding) in findings.iter().enumerate() {
                let line = world.lines.iter().position(|line| *line == finding.number);
                // Three days are too few to be sure; they must still not accuse anybody.
                if line.is_some() && days >= 7 && (place >= 4 || !finding.flagged) {
                    faults.push(format!(
                        "{days} days, seed {seed}, {how}, line {line:?} place {place}: {}",
                        show(finding)
                    ));
                }
                if line.is_none() && finding.flagged {
                    let what = world.innocents.iter().find(|(n, _)| *n == finding.number).map_or("person", |(_, w)| *w);
                    faults.push(format!("{days} days, seed {seed}, {how}, {what} flagged: {}", show(finding)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn lines_come_first_and_only_lines_are_flagged_over_3_days() {
    lines_alone_are_flagged_over(3);
}

#[test]
fn lines_come_first_and_only_lines_are_flagged_over_7_days() {
    lines_alone_are_flagged_over(7);
}

#[test]
fn lines_come_first_and_only_lines_are_flagged_over_14_days() {
    lines_alone_are_flagged_over(14);
}

#[test]
fn lines_come_first_and_only_lines_are_flagged_over_28_days() {
    lines_alone_are_flagged_over(28);
}

/// The line is among the first three numbers whose data is not held, once the data of three of its customers is.
fn three_customers_are_enough_over(days: i64) {
    let mut faults = Vec::new();
    for seed in 0..4 {
        let world = operation(seed * 17 + days as u64, days);
        let mut random = Random::new(seed);
        for (line, customers) in world.lines.iter().zip(&world.customers) {
            // Those who buy: a customer who never rings tells nothing.
            let mut buyers: Vec<&String> = customers.iter().collect();
            buyers.sort_by_cached_key(|c| {
                std::cmp::Reverse(world.happenings.iter().filter(|h| h.a == **c && h.b == *line).count())
            });
            let held: BTreeSet<String> =
                (0..3).map(|_| buyers[random.range(0, buyers.len() as i64 / 2) as usize].clone()).collect();
            let findings = ranked(&world, Some(&held));
            let unknown: Vec<&LineFinding> = findings.iter().filter(|f| !held.contains(&f.number)).collect();
            let place = unknown.iter().position(|f| f.number == *line);
            if place.is_none_or(|place| place >= 3) {
                faults.push(format!(
                    "{days} days, seed {seed}, line {line}: place {place:?}\n{}",
                    place.map_or(String::new(), |p| show(unknown[p]))
                ));
            }
            for finding in findings.iter().filter(|f| f.flagged && !world.lines.contains(&f.number)) {
                faults.push(format!("{days} days, seed {seed}: flagged {}", show(finding)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn three_customers_data_put_the_line_among_the_first_three_unknown_numbers_over_7_days() {
    three_customers_are_enough_over(7);
}

#[test]
fn three_customers_data_put_the_line_among_the_first_three_unknown_numbers_over_14_days() {
    three_customers_are_enough_over(14);
}

#[test]
fn three_customers_data_put_the_line_among_the_first_three_unknown_numbers_over_28_days() {
    three_customers_are_enough_over(28);
}

#[test]
fn a_report_serialises_as_the_contract_says() {
    let world = operation(5, 7);
    let memory = tables::events(&world.happenings, None);
    let report = lines(&memory, &Settings::default()).unwrap();
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["method"]["name"], "lines");
    let best = &json["findings"][0];
    let keys: Vec<&String> = best.as_object().unwrap().keys().collect();
    let named = ["number", "score", "flagged", "first", "last", "bursts", "recipients", "regulars", "reasons"];
    assert_eq!(keys, named);
    let reason = &best["reasons"][0];
    assert!(reason["text"].is_string() && reason["for"].is_boolean());
    assert_eq!(reason["evidence"][0]["exhibit"], "EX0001");
    assert!(reason["evidence"][0]["row"].is_u64());
    assert!(best["first"].as_str().unwrap().ends_with('Z'));
    assert_eq!(json["findings"].as_array().unwrap().len(), everybody(&world).len(), "every number is ranked");
}

#[test]
fn the_same_events_in_another_order_give_the_same_bytes() {
    let world = operation(6, 7);
    let json = |memory: &tables::Memory| serde_json::to_string(&lines(memory, &Settings::default()).unwrap()).unwrap();
    let memory = tables::events(&world.happenings, None);
    let straight = json(&memory);
    let mut batches = Vec::new();
    use orochi_analysis::tables::Tables as _;
    let shuffled = "SELECT * FROM events ORDER BY (event * 7919) % 10007, event";
    memory
        .stream(shuffled, &mut |batch| {
            batches.push(batch);
            Ok(())
        })
        .unwrap();
    let all = arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap();
    memory.put("events", all);
    assert_eq!(straight, json(&memory));
}

/// Not a check: prints how far apart lines and innocents are. `cargo test -p
/// orochi-analysis --test lines -- --ignored --nocapture`
#[test]
#[ignore = "prints figures for people"]
fn distances() {
    for days in [3, 7, 14, 28] {
        let mut lowest: Vec<(f64, String)> = Vec::new();
        let mut highest: std::collections::BTreeMap<&str, (f64, String)> = std::collections::BTreeMap::new();
        for seed in 100..106 {
            let world = operation(seed, days);
            for finding in ranked(&world, Some(&everybody(&world))) {
                if world.lines.contains(&finding.number) {
                    lowest.push((finding.score, format!("{} {}", finding.flagged, &finding.number[11..])));
                    continue;
                }
                let what = world.innocents.iter().find(|(n, _)| *n == finding.number).map_or("person", |(_, w)| *w);
                let entry = highest.entry(what).or_insert((0.0, String::new()));
                if finding.score > entry.0 {
                    *entry = (finding.score, show(&finding));
                }
            }
        }
        lowest.sort_by(|a, b| a.0.total_cmp(&b.0));
        eprintln!("{days} days, lines: {:?}", &lowest[..6]);
        let mut highest: Vec<_> = highest.into_iter().collect();
        highest.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        for (what, (score, _)) in &highest {
            eprint!("  {what} {score}");
        }
        eprintln!("\n{}", highest[0].1.1);
    }
}

/// Not a check: how many lines of widely differing ways are flagged. Printed with the ways of those that are not.
#[test]
#[ignore = "prints figures for people"]
fn wide_ways() {
    for days in [5, 7, 14, 28] {
        let (mut flagged, mut all) = (0, 0);
        for seed in 200..212 {
            let mut random = Random::new(seed);
            let mut world = World { days, ..World::default() };
            world.people(&mut random, 60);
            for index in 0..4 {
                let quiet = index == 3;
                let size = *random.pick(&[12, 15, 20, 40, 120, 400]);
                let mut line = any_line(&mut random, index, size, quiet);
                line.appetite = 0.2 + random.unit() * 0.6;
                line.bursts = if quiet { 0.0 } else { 0.3 + random.unit() * 3.0 };
                line.open = 7.0 + random.unit() * 5.0;
                line.close = 20.0 + random.unit() * 6.0;
                line.callback = 0.1 + random.unit() * 0.6;
                line.texts = random.unit() * 0.6;
                line.talk = 12.0 + random.unit() * 35.0;
                let customers = base(&mut random, &world, size, 70 + index);
                world.line(&mut random, &line, &customers);
                all += 1;
                let only: BTreeSet<String> = BTreeSet::from([line.number.clone()]);
                let findings = ranked(&world, Some(&only));
                let finding = findings.iter().find(|f| f.number == line.number).unwrap();
                if finding.flagged {
                    flagged += 1;
                } else {
                    eprintln!("{days} days {line:?}\n{}", show(finding));
                }
            }
        }
        eprintln!("{days} days: {flagged} of {all} lines flagged");
    }
}
