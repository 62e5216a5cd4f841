//! Odd data: nothing is moved, nobody meets, one place, one day, few owners.

use orochi_colocation::{
    Fit, Model, Registration, Scene, Settings, SharedGround, Strangers, TooFew, Track, fit, read, validate,
};

use crate::fixes::{Town, town};

fn still(owner: &str, device: &str, minutes: &[i64]) -> Track {
    let of = |minute: &i64| Registration { at: minute * 60, latitude: 51.5, longitude: -0.1, azimuth: None };
    Track::new(owner, device, minutes.iter().map(of).collect())
}

fn score(tracks: &[Track], a: usize, b: usize) -> orochi_colocation::Score {
    let (model, settings) = (Model::shipped().unwrap(), Settings::default());
    let all: Vec<&Track> = tracks.iter().collect();
    let scene = Scene::new(&all, &SharedGround::new(&all), &model, &settings);
    scene.score(a, b, (0, 86_400))
}

#[test]
fn never_registered_close_in_time_is_insufficient() {
    let tracks = [still("", "a", &[0]), still("", "b", &[600])];
    let found = score(&tracks, 0, 1);
    assert_eq!((found.log10_lr, found.verbal(), found.summary.occasions), (None, None, 0));
    assert_eq!(score(&[still("", "a", &[]), still("", "b", &[5])], 0, 1).log10_lr, None);
}

#[test]
fn one_place_for_all_says_little() {
    let every_hour: Vec<i64> = (0..24 * 6).map(|hour| hour * 60).collect();
    let half_past: Vec<i64> = every_hour.iter().map(|minute| minute + 30).collect();
    let found = score(&[still("", "a", &every_hour), still("", "b", &half_past)], 0, 1);
    assert!(found.log10_lr.unwrap().abs() < 1.0, "{found:?}");
    assert!(found.summary.for_one < 1.0, "{found:?}");
}

/// Whichever device is named first; registrations of the same second are taken in that order, which
/// moves a share by a hair.
#[test]
fn it_is_the_same_both_ways() {
    let tracks = town(Town { owners: 2, days: 6, every_s: 500.0, ..Town::default() });
    let (model, settings) = (Model::shipped().unwrap(), Settings::default());
    let all: Vec<&Track> = tracks.iter().collect();
    let scene = Scene::new(&all, &SharedGround::new(&all), &model, &settings);
    let span = scene.span(0).unwrap();
    for (a, b) in [(0, 1), (0, 2), (1, 3)] {
        let (one, other) = (scene.score(a, b, span), scene.score(b, a, span));
        assert!((one.log10_lr.unwrap() - other.log10_lr.unwrap()).abs() < 1e-4, "{one:?} {other:?}");
        let (explained, occasions) = scene.explain(a, b, span);
        assert_eq!(explained, one);
        assert_eq!(occasions.len(), one.summary.occasions as usize);
        assert_eq!(occasions.iter().filter(|occasion| occasion.is_conflict()).count(), one.summary.conflicts as usize);
        let closest = occasions[0].closest;
        let at = |track: usize, row: u32| tracks[track].registrations[row as usize].at;
        assert_eq!((at(a, closest.0) - at(b, closest.1)).abs(), occasions[0].gap_s);
    }
}

#[test]
fn fewer_than_four_owners_use_the_model_as_it_is() {
    let tracks = town(Town { owners: 3, days: 5, every_s: 600.0, ..Town::default() });
    let found = validate(&tracks, &Settings::default(), &Model::shipped().unwrap()).validation;
    assert!(!found.fitted && found.owners == 3 && found.all.pairs > 3);
    let none = validate(&[], &Settings::default(), &Model::shipped().unwrap());
    assert!(none.slices.is_empty() && none.validation.all.cllr.is_none());
}

#[test]
fn owners_of_one_device_cannot_be_fitted_on() {
    let tracks = [still("o", "a", &[0, 60, 120]), still("p", "b", &[30, 90])];
    let all: Vec<&Track> = tracks.iter().collect();
    let prior = Model::assumed();
    let what = Fit { slices_s: &[86_400], prior: &prior, hold: 1.0, strangers: Strangers::Alike, made: "a test" };
    assert_eq!(fit(&all, &SharedGround::new(&all), &Settings::default(), &what), Err(TooFew));
}

/// A file with two devices of one name, and clocks in every way.
#[test]
fn a_file_as_it_comes() {
    let mut file = "OWNER;Device;TIMESTAMP;Latitude;Longitude;Cell\n".to_owned();
    for minute in 0..300 {
        for (number, owner) in ["a", "b", "c", "d"].into_iter().enumerate() {
            for phone in ["work", "own"] {
                let at = 1_709_251_200 + minute * 600 + i64::from(phone == "own") * 90;
                let stamp = match number {
                    0 => at.to_string(),
                    1 => (at * 1_000).to_string(),
                    2 => jiff::Timestamp::from_second(at).unwrap().to_string(),
                    _ => jiff::Timestamp::from_second(at).unwrap().to_string().replace('T', " ").replace('Z', ""),
                };
                let away = if minute / 20 % 3 == number as i64 % 3 { 0.05 } else { 0.0 };
                let latitude = 48.0 + 0.01 * number as f64 + away;
                file += &format!("{owner};{phone};{stamp};{latitude};2.35;c{number}\n");
            }
        }
    }
    let tracks = read(file.as_bytes()).unwrap();
    assert_eq!(tracks.len(), 8);
    let found = validate(&tracks, &Settings { slice_s: 0, ..Settings::default() }, &Model::shipped().unwrap());
    assert_eq!(found.validation.all.insufficient, 0);
    assert_eq!(found.slices[0].a, "a/own");
    assert_eq!(found.slices.iter().filter(|slice| slice.same).count(), 4);
}
