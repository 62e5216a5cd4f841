//! Scenarios as shipped read and make a cast; bad ones are refused with the key at fault.

use orochi_simulate::calendar::Calendar;
use orochi_simulate::cast::assemble;
use orochi_simulate::chance::Seed;
use orochi_simulate::country::Country;
use orochi_simulate::scenario;
use orochi_simulate::world::build::Builder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

const GOOD: &str = r#"
name = "test"
window.first_day = { value = "2025-02-03", unit = "date", source = "assumed" }
window.days = { value = 3, unit = "days", source = "assumed" }
people.count = { value = 300, unit = "people", source = "assumed" }
country.towns = { value = ["Thetford"], unit = "towns besides London", source = "assumed" }

[[line]]
style = "static"
count = { value = 1, unit = "lines", source = "assumed" }
towns = ["Thetford"]
figures.lost = { value = [0.1, 0.2], unit = "share of customers", source = "assumed" }

[lookalikes]
taxi = { value = 1, unit = "actors", source = "assumed" }
"#;

fn refused(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replace(from, to);
    let problem = match scenario::read(&text, "test.toml") {
        Err(problem) => problem,
        Ok(scenario) => {
            let calendar = Calendar::new("2025-02-03".parse().unwrap(), 3).unwrap();
            let country = Arc::new(Country::load().unwrap());
            let mut builder = Builder::new(&scenario.ground(), country, calendar, Seed(1)).unwrap();
            assemble(scenario.cast(), &mut builder).err().unwrap()
        }
    };
    format!("{problem}")
}

#[test]
fn a_bad_scenario_is_refused_with_its_key() {
    for (from, to, key, word) in [
        ("towns = [\"Thetford\"]", "towns = [\"Thetfrod\"]", "line[0].towns", "Thetfrod"),
        ("[0.1, 0.2]", "[0.1, 1.2]", "line[0].figures.lost", "1.2"),
        ("[0.1, 0.2]", "[0.3, 0.2]", "line[0].figures.lost", "0.3"),
        ("[0.1, 0.2]", "0.2", "line[0].figures.lost", ""),
        ("unit = \"share of customers\", ", "", "line[0].figures.lost", "unit"),
        ("share of customers", "people", "line[0].figures.lost.unit", "share"),
        (", source = \"assumed\" }\ntowns", " }\ntowns", "line[0].count", "source"),
        ("style = \"static\"", "style = \"statc\"", "line[0].style", "static"),
        ("style = \"static\"", "style = \"static\"\nmoves = true", "line[0]", "moves"),
        ("style = \"static\"", "style = \"static\"\nshares_customers = true", "line[0].shares_customers", ""),
        ("taxi =", "taxis =", "lookalikes", "taxis"),
        ("value = 1, unit = \"actors\"", "value = 1, unit = \"\"", "lookalikes.taxi.unit", "actors"),
    ] {
        let said = refused(from, to);
        assert!(said.contains(key) && said.contains(word), "`{to}` gives: {said}");
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one walk from top to bottom")]
fn a_look_alike_s_figure_is_overridden_or_refused_with_its_key() {
    let with = |figure: &str| scenario::read(&format!("{GOOD}\n[lookalike.taxi]\n{figure}\n"), "test.toml");
    let changed =
        with("manner.answered = { value = [0.3, 0.4], unit = \"share of calls\", source = \"a survey\" }").unwrap();
    assert_ne!(changed, scenario::read(GOOD, "test.toml").unwrap());
    for (figure, key, word) in [
        (
            "manner.answered = { value = [0.3, 1.4], unit = \"share\", source = \"assumed\" }",
            "lookalike.taxi.manner.answered",
            "1.4",
        ),
        (
            "manner.answered = { value = [0.4, 0.3], unit = \"share\", source = \"assumed\" }",
            "lookalike.taxi.manner.answered",
            "0.3",
        ),
        (
            "manner.answered = { value = [0.3, 0.4], unit = \"calls\", source = \"assumed\" }",
            "lookalike.taxi.manner.answered.unit",
            "share",
        ),
        (
            "manner.answered = { value = [0.3, 0.4], unit = \"share\", source = \"\" }",
            "lookalike.taxi.manner.answered",
            "source",
        ),
        ("manner.answered = { value = [0.3, 0.4], unit = \"share\" }", "lookalike.taxi.manner.answered", "source"),
        (
            "manner.answerd = { value = [0.3, 0.4], unit = \"share\", source = \"assumed\" }",
            "lookalike.taxi.manner.answerd",
            "unknown",
        ),
        ("drivers = { value = [1.5, 3], unit = \"people\", source = \"assumed\" }", "lookalike.taxi.drivers", ""),
        ("drivers = 3", "lookalike.taxi.drivers", ""),
        (
            "week = { value = [1, 1], unit = \"times an ordinary day\", source = \"assumed\" }",
            "lookalike.taxi.week",
            "7",
        ),
        (
            "owner.days = { value = [1, 2, 0, 0, 0, 0, 0], unit = \"days\", source = \"assumed\" }",
            "lookalike.taxi.owner.days",
            "1 or 0",
        ),
        (
            "number_alone = { value = [0, 0, 0], unit = \"weights\", source = \"assumed\" }",
            "lookalike.taxi.number_alone",
            "must not be 0",
        ),
        (
            "offers_pace = { value = 0, unit = \"texts a second\", source = \"assumed\" }",
            "lookalike.taxi.offers_pace",
            "0.01",
        ),
        (
            "contacts = { value = [0.1, 9], unit = \"contacts a day\", source = \"assumed\" }",
            "lookalike.taxi.contacts",
            "spread",
        ),
        (
            "hours.peaks = { value = [[8, 1, 0.7], [9, 1, 0.7]], unit = \"hour\", source = \"assumed\" }",
            "lookalike.taxi.hours.peaks",
            "more than 1",
        ),
    ] {
        let said = with(figure).unwrap_err().to_string();
        assert!(
            said.contains(&format!("`{key}")) && said.contains(word) && said.contains("test.toml"),
            "{figure}: {said}"
        );
    }
    for (figure, key) in [
        (
            "lookalike.taxi.offers_pace = { value = 1, unit = \"texts a day\", source = \"assumed\" }",
            "lookalike.taxi.offers_pace.unit",
        ),
        ("talk.calls.tie = { value = 1.1, unit = \"share of calls\", source = \"assumed\" }", "talk.calls.tie"),
        ("phones.shared = { value = 0.1, unit = \"people\", source = \"assumed\" }", "phones.shared.unit"),
    ] {
        let said = scenario::read(&format!("{figure}\n{GOOD}"), "test.toml").unwrap_err().to_string();
        assert!(said.contains(&format!("`{key}`")), "{figure}: {said}");
    }
    let said = scenario::read(&format!("{GOOD}\n[lookalike.taxis]\n"), "test.toml").unwrap_err().to_string();
    assert!(said.contains("lookalike") && said.contains("taxis"), "{said}");
}

#[test]
fn every_scenario_shipped_reads() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).unwrap();
            let scenario = scenario::read(&text, &path.display().to_string()).unwrap();
            assert_eq!(path.file_stem().unwrap().to_str(), Some(scenario.name.as_str()));
            names.push(scenario.name);
        }
    }
    names.sort();
    for name in ["crossing", "mixed", "small", "thetford"] {
        assert!(names.iter().any(|n| n == name), "{name} is missing from {names:?}");
    }
}

#[test]
fn the_mixed_scenario_has_every_style_and_every_look_alike_and_few_lines() {
    let text = std::fs::read_to_string(folder().join("mixed.toml")).unwrap();
    let scenario = scenario::read(&text, "mixed.toml").unwrap();
    let calendar = Calendar::new(scenario.first_day().unwrap(), scenario.window.days.value).unwrap();
    for seed in [1, 2] {
        let country = Arc::new(Country::load().unwrap());
        let mut builder = Builder::new(&scenario.ground(), country, calendar.clone(), Seed(seed)).unwrap();
        let cast = assemble(scenario.cast(), &mut builder).unwrap();
        let world = builder.finish().unwrap();
        let styles: std::collections::BTreeSet<_> = cast.lines.iter().map(|line| line.style.name()).collect();
        let kinds: std::collections::BTreeSet<_> = cast.actors.iter().map(|actor| actor.kind()).collect();
        assert_eq!((styles.len(), kinds.len()), (9, 21));
        let numbers: usize = cast.lines.iter().map(|line| line.numbers.len()).sum();
        assert!(numbers * 1000 <= world.sims.len(), "{numbers} of {}", world.sims.len());
    }
}
