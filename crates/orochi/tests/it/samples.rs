//! Tables that nobody here wrote: each goes in with the profiles shipped, every row accounted for.

use std::{fs, path::PathBuf};

use crate::room::{Room, shared};

#[test]
fn real_tables_go_in_without_a_profile_of_their_own() {
    let Some(samples) = shared() else {
        eprintln!("skipped: the shared samples are not here");
        return;
    };
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Samples", "--reference", "S-1", "--training"]);
    let mut paths: Vec<PathBuf> = ["cellyzer", "nodobo", "opencellid_uk"]
        .iter()
        .flat_map(|folder| fs::read_dir(samples.join("real").join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| [".csv", ".csv.gz", ".xlsx"].iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .collect();
    paths.push(samples.join("real/uk_postcodes/cb.csv.gz"));
    paths.sort();
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let paths: Vec<&str> = paths.iter().map(AsRef::as_ref).collect();
    let added = room.json(&[&["add", "case", "--json"], &paths[..]].concat());
    let files = added["files"].as_array().unwrap();
    assert_eq!(files.len(), paths.len(), "{added:#}");
    for file in files {
        let count = |name: &str| file[name].as_u64().unwrap();
        assert!(count("rows") > 0 && count("records") > count("rejects"), "{file:#}");
        assert_eq!(count("records") + count("rejects") + count("excess"), count("rows"), "{file:#}");
        assert_ne!(file["profile"], "proposed", "{file:#}");
    }
    // By the path as typed: the same bytes were published twice, and the case holds them under the first name.
    let named = |name: &str| files.iter().find(|file| file["file"].as_str().unwrap().ends_with(name)).unwrap();
    assert_eq!(named("nodobo_calls_via_cellyzer.csv")["rows"], 13_035);
    assert_eq!(named("234.csv.gz")["rows"], 131_348);
}
