//! `colocation`, `attribution`, `succession` and `roles` on one small made-up operation: what each promises in JSON,
//! that every reason leads to rows, and what wrong calls say.

use serde_json::Value;

use crate::room::Room;

/// A case with a small operation, a number of its line of which cells are held, and another number with cells.
fn operation() -> (Room, String, String) {
    let room = Room::new();
    room.ok(&["simulate", "thetford", "--out", "op", "--people", "300", "--days", "5", "--seed", "3"]);
    let truth: Value = serde_json::from_slice(&std::fs::read(room.work().join("op/truth.json")).unwrap()).unwrap();
    room.ok(&["case", "new", "case", "--name", "Made up", "--reference", "SIM", "--training"]);
    room.ok(&["authority", "add", "case", "--file", "op/authorities.csv"]);
    let mut args = vec!["add".to_owned(), "case".to_owned(), "op/topups.csv".to_owned(), "op/handsets.txt".to_owned()];
    for folder in ["op/disclosures", "op/cells"] {
        let mut files: Vec<_> =
            std::fs::read_dir(room.work().join(folder)).unwrap().map(|e| e.unwrap().file_name()).collect();
        files.sort();
        args.extend(files.into_iter().map(|name| format!("{folder}/{}", name.into_string().unwrap())));
    }
    room.ok(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = text(&truth["lines"][0]["numbers"][0]["number"]);
    let own = text(&truth["lines"][0]["spells"][0]["own_number"]);
    (room, line, own)
}

fn rows_open(room: &Room, evidence: &Value) {
    for row in evidence.as_array().unwrap().iter().take(1) {
        room.ok(&["row", "case", row["exhibit"].as_str().unwrap(), &row["row"].to_string()]);
    }
}

// More than 20 seconds: it opens a row behind every reason, each with a process of its own, as a reader would.
#[test]
fn what_is_said_of_phones_and_lines_leads_to_rows() {
    let (room, line, own) = operation();

    let pair = room.json(&["colocation", "case", &line, &own, "--json"]);
    assert_eq!((pair["a"].as_str(), pair["b"].as_str()), (Some(line.as_str()), Some(own.as_str())));
    let bound = pair["bound"].as_f64().unwrap();
    if let Some(ratio) = pair["log10_lr"].as_f64() {
        assert!(ratio.abs() <= bound + 1e-9, "{pair:#}");
    }
    assert_eq!(pair["insufficient"].as_bool().unwrap(), pair["log10_lr"].is_null());
    assert!(pair["conflicts"].as_u64().unwrap() <= pair["occasions"].as_u64().unwrap());
    assert!(pair["verbal"].is_string() && pair["h1"].is_string() && pair["h2"].is_string());
    for reason in pair["reasons"].as_array().unwrap() {
        rows_open(&room, &reason["evidence"]);
    }

    let screen = room.json(&["colocation", "case", &line, "--screen", "--json"]);
    let ratios: Vec<Option<f64>> =
        screen["findings"].as_array().unwrap().iter().map(|one| one["log10_lr"].as_f64()).collect();
    assert!(ratios.len() > 2 && ratios.windows(2).all(|two| two[0] >= two[1] || two[1].is_none()), "{ratios:?}");
    let same = screen["findings"].as_array().unwrap().iter().find(|one| one["b"] == own.as_str()).unwrap();
    assert_eq!(same["occasions"], pair["occasions"], "the same two numbers, weighed alone and among all");

    let attributed = room.json(&["attribution", "case", &line, "--json"]);
    let spells = attributed["findings"].as_array().unwrap();
    assert!(!spells.is_empty());
    for two in spells.windows(2) {
        assert_eq!(two[0]["to"], two[1]["from"], "spells leave no gap");
    }
    for spell in spells {
        assert_eq!(spell["line"], line.as_str());
        for candidate in spell["candidates"].as_array().unwrap() {
            assert!(candidate["number"].as_str().unwrap().starts_with('+'));
            for strand in candidate["for"].as_array().unwrap().iter().chain(candidate["against"].as_array().unwrap()) {
                assert!(strand["strand"].is_string() && strand["text"].is_string());
                rows_open(&room, &strand["evidence"]);
            }
        }
    }
    let text = room.ok(&["attribution", "case", &line]);
    assert!(text.starts_with("TRAINING") && text.contains("Spell 1:") && text.contains("against:"), "{text}");

    let anchors = format!(
        "number,from,to,latitude,longitude,custody,source\n\
         {own},2025-02-03T00:00:00Z,2025-02-08T00:00:00Z,52.41,0.75,yes,custody record 1\n"
    );
    room.file("anchors.csv", anchors);
    let anchored = room.ok(&["attribution", "case", &line, "--anchors", "anchors.csv", "--top", "50"]);
    assert!(anchored.contains("custody record 1"), "{anchored}");
    room.file("wrong.csv", "number,from,to,latitude,longitude,custody,source\n07700900001,x,y,1,1,,z\n");
    let wrong = room.show(&["attribution", "case", &line, "--anchors", "wrong.csv"]);
    assert!(wrong.starts_with("exit code 1") && wrong.contains("wrong.csv, row 2"), "{wrong}");

    let roles = room.json(&["roles", "case", "--json"]);
    assert!(roles["lines"].is_array() && roles["safeguarding"].is_array());
    for finding in roles["findings"].as_array().unwrap() {
        assert!(finding["role"].is_string() && !finding["reasons"].as_array().unwrap().is_empty(), "{finding:#}");
    }
    let text = room.ok(&["roles", "case"]);
    assert!(text.contains("Each role is a hypothesis"), "{text}");
}

#[test]
fn wrong_calls_of_colocate_say_what_is_missing() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Empty", "--reference", "E-3"]);
    for (args, words) in [
        (&["colocation", "case"][..], "<A>"),
        (&["colocation", "case", "07700900001"], "--screen"),
        (&["colocation", "case", "07700900001", "07700900001"], "the same"),
        (&["colocation", "case", "07700900001", "07700900002", "--from", "2024-01-01"], "both ends"),
        (&["colocation", "--registrations", "x.csv", "--slice", "a while"], "24h"),
    ] {
        let told = room.show(args);
        assert!(told.starts_with("exit code 2") && told.contains(words), "{told}");
    }
    let pair = room.json(&["colocation", "case", "07700900001", "07700900002", "--json"]);
    assert_eq!((pair["insufficient"].as_bool(), pair["log10_lr"].is_null()), (Some(true), true));
    assert!(room.ok(&["attribution", "case", "07700900001"]).contains("Insufficient data"));
    assert!(room.ok(&["roles", "case"]).contains("No number is flagged"));
}

/// Twelve owners of two phones each, at homes, works and on ways of their own.
fn registrations() -> String {
    let mut text = String::from("owner,device,timestamp,latitude,longitude\n");
    let mut state = 7_u64;
    let mut chance = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for owner in 0..12 {
        let home = (52.0 + 0.3 * chance(), 0.3 * chance());
        let work = (home.0 + 0.1 * chance(), home.1 + 0.1 * chance());
        for day in 0..10_i64 {
            let trip = (home.0 + 0.4 * (chance() - 0.5), home.1 + 0.4 * (chance() - 0.5));
            for quarter in 0..64_i64 {
                if chance() > 0.5 {
                    continue;
                }
                let place = match quarter {
                    12..=40 => work,
                    46..=54 if day % 2 == 0 => trip,
                    _ => home,
                };
                let at = 1_740_000_000 + day * 86_400 + quarter * 900 + (600.0 * chance()) as i64;
                let (latitude, longitude) = (place.0 + 0.004 * chance(), place.1 + 0.004 * chance());
                text.push_str(&format!("o{owner},o{owner}-{},{at},{latitude:.5},{longitude:.5}\n", quarter % 2));
            }
        }
    }
    text
}

#[test]
fn registrations_of_known_owners_give_validation_figures_and_a_model() {
    let room = Room::new();
    room.file("traces.csv", registrations());
    let said = room.json(&["colocation", "--registrations", "traces.csv", "--slice", "24h", "--json"]);
    let found = &said["validation"];
    for key in ["pairs", "slices", "insufficient"] {
        assert!(found[key].is_u64(), "{key}: {found:#}");
    }
    assert!(
        found["cllr"].as_f64().unwrap() < 0.7 && found["cllr_min"].as_f64().unwrap() <= found["cllr"].as_f64().unwrap()
    );
    assert!(found["misleading"].is_object());
    let slices = said["slices"].as_array().unwrap();
    assert_eq!(slices.len() as u64, found["slices"].as_u64().unwrap());
    assert!(slices.iter().all(|one| one["same"].is_boolean() && one.get("log10_lr").is_some()));
    room.ok(&["colocation", "--registrations", "traces.csv", "--fit", "model.json"]);
    room.ok(&["colocation", "--registrations", "traces.csv", "--model", "model.json"]);
    room.file("wrong.csv", "owner,device,timestamp,latitude,longitude\na,b,5,52,1\na,b,6,95.2,1\n");
    let told = room.show(&["colocation", "--registrations", "wrong.csv"]);
    assert!(told.starts_with("exit code 1") && told.contains("row 3, column latitude"), "{told}");
}

#[test]
fn how_much_was_sold_needs_figures_and_leads_to_rows() {
    let (room, line, _) = operation();
    let bare = room.show(&["quantity", "case", &line]);
    assert!(bare.contains("no mean daily consumption was entered") && bare.contains("0.166"), "{bare}");
    let bare = room.show(&["quantity", "case", &line, "--daily-grams", "0.3"]);
    assert!(bare.contains("daily_grams was entered without its source"), "{bare}");

    let figures = "daily_grams = 0.3\ndaily_grams_source = \"made up\"\ndeals = 2\ndeals_source = \"made up\"\n\
                   deal_grams = 0.15\n\
                   deal_grams_source = \"made up\"\nheroin_share = 0.5\nheroin_share_source = \"made up\"\n\
                   gram_price = 80\n\
                   gram_price_source = \"made up\"\n";
    std::fs::write(room.work().join("figures.toml"), figures).unwrap();
    let call = ["quantity", "case", &line, "--no-roles", "--settings", "figures.toml", "--json"];
    let report = room.json(&call);
    assert_eq!(report, room.json(&call), "the same again");
    let methods = &report["methods"];
    for name in ["customer_days", "transactions"] {
        let of = |end: &str| methods[name][end].as_f64();
        if let (Some(low), Some(central), Some(high)) = (of("low"), of("central"), of("high")) {
            assert!(low <= central && central <= high, "{name}");
        }
    }
    let counted = methods["transactions"]["counted"].as_array().unwrap();
    assert_eq!(counted.len() as u64, methods["transactions"]["potential"].as_u64().unwrap());
    assert!(!counted.is_empty());
    for one in counted.iter().take(2).chain(report["ledger"].as_array().unwrap().iter().take(2)) {
        rows_open(&room, &one["evidence"]);
    }
    assert!(!report["sensitivity"].as_array().unwrap().is_empty());
    let entered = report["settings"].as_array().unwrap().iter().find(|one| one["name"] == "daily_grams").unwrap();
    assert_eq!(entered["entered_source"], "made up");

    let text = room.ok(&["quantity", "case", &line, "--settings", "figures.toml"]);
    for words in ["By customer-days", "By transactions", "not placed by quantity", "Left out", "0.166 g"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}
