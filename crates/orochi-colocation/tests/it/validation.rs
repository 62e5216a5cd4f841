//! Validation: half as costly as the reference approach, whatever the positions are like, and careful with
//! those who live together.

use orochi_colocation::{Model, Settings, Track, Validation, validate};

use crate::fixes::{Town, town};

fn validated(tracks: &[Track]) -> Validation {
    validate(tracks, &Settings::default(), &Model::shipped().unwrap())
}

fn half_of_the_reference(of: Town) {
    let found = validated(&town(of)).validation;
    let (ours, reference) = (found.all.cllr.unwrap(), found.reference.cllr.unwrap());
    assert!(ours <= reference / 2.0, "{ours} against {reference}: {of:?}");
    assert!(found.fitted);
    assert!(found.all.misleading.different_above_1000.unwrap() < 1e-3);
}

#[test]
fn fixes_to_the_metre() {
    half_of_the_reference(Town { owners: 8, every_s: 240.0, ..Town::default() });
}

#[test]
fn positions_to_the_kilometre() {
    half_of_the_reference(Town { owners: 8, every_s: 400.0, rounded: 0.01, seed: 3, ..Town::default() });
}

#[test]
fn four_owners_and_ten_days() {
    half_of_the_reference(Town { owners: 4, days: 10, every_s: 300.0, seed: 2, ..Town::default() });
}

#[test]
fn few_registrations_on_the_other_side_of_the_world() {
    half_of_the_reference(Town { owners: 8, every_s: 1_200.0, middle: (-36.85, 174.76), seed: 4, ..Town::default() });
}

/// Two people in one house: days on which neither leaves it are worth next to nothing.
#[test]
fn being_at_home_is_not_being_together() {
    let tracks = town(Town { owners: 8, every_s: 240.0, ..Town::default() });
    let found = validated(&tracks);
    let near = found.validation.near_homes;
    assert!(near.misleading.different_above_10.unwrap() < 0.1, "{near:?}");
}

#[test]
fn the_same_on_any_number_of_threads() {
    let tracks = town(Town { owners: 6, days: 8, every_s: 600.0, ..Town::default() });
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| validated(&tracks))).unwrap()
    };
    assert_eq!(on(1), on(5));
}

/// What the command line prints.
#[test]
fn the_figures_as_json() {
    let tracks = town(Town { owners: 4, days: 4, every_s: 900.0, ..Town::default() });
    let json = serde_json::to_value(validated(&tracks)).unwrap();
    for key in ["pairs", "slices", "insufficient", "cllr", "cllr_min", "misleading", "reference"] {
        assert!(json["validation"].get(key).is_some(), "{key}");
    }
    assert!(json["validation"]["reference"]["misleading"]["different_above_1000"].is_number());
    let slice = &json["slices"][0];
    assert_eq!(slice["a"], "0-0");
    assert!(slice["from"].as_str().unwrap().ends_with("T00:00:00Z"));
    assert!(slice["same"].as_bool().unwrap());
    assert!(slice.get("log10_lr").is_some());
}
