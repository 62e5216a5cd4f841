//! The whole of a small operation, as an investigator would receive it, kept as a snapshot: a change of
//! any byte is seen in review.

use orochi_simulate::scenario;
use orochi_simulate::simulate::{Options, simulate};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Lines of a text that are shown, past the longest preamble; the rest is in its hash.
const SHOWN: usize = 11;

#[test]
fn small() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("small");
    let small = scenario::read(scenario::shipped::text("small").unwrap(), "small.toml").unwrap();
    simulate(&small, &Options { seed: 1, people: None, days: None, area: false, threads: 0 }, &out, &|_| ()).unwrap();
    let mut files = Vec::new();
    walk(&out, &mut files);
    files.sort();
    let mut listing = String::new();
    for path in files {
        let name = path.strip_prefix(&out).unwrap().to_str().unwrap().replace('\\', "/");
        describe(&name, std::fs::read(&path).unwrap(), &mut listing);
    }
    insta::assert_snapshot!(listing);
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// Name, size and hash of a file; of a text also its first lines.
fn describe(name: &str, mut bytes: Vec<u8>, listing: &mut String) {
    if name == "SIMULATED.txt" {
        // A release must not change the snapshot.
        let version = format!("orochi simulate {}", env!("CARGO_PKG_VERSION"));
        bytes = String::from_utf8(bytes).unwrap().replace(&version, "orochi simulate VERSION").into_bytes();
    }
    let hash = Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let (text, encoding) = if name.ends_with(".xlsx") { (None, "workbook") } else { text(&bytes) };
    let size = text.as_ref().map_or(format!("{} bytes", bytes.len()), |text| format!("{} lines", text.lines().count()));
    writeln!(listing, "── {name}: {size}, {encoding}, sha256 {hash}").unwrap();
    for line in text.iter().flat_map(|text| text.lines().take(SHOWN)) {
        writeln!(listing, "   {}", line.replace('\t', " ⇥ ").trim_end()).unwrap();
    }
}

/// Operators write in three encodings.
fn text(bytes: &[u8]) -> (Option<String>, &'static str) {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return (Some(encoding_rs::UTF_16LE.decode(bytes).0.into_owned()), "UTF-16");
    }
    match String::from_utf8(bytes.to_vec()) {
        Ok(text) => (Some(text.trim_start_matches('\u{feff}').to_owned()), "UTF-8"),
        Err(_) => (Some(encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()), "Windows-1252"),
    }
}
