//! Makes disclosures. Everything written is made up; no number in it belongs to anyone.
//!
//! - `orochi-generate area ROWS [SEED]` writes one 36-column file of that many rows to standard output.
//! - `orochi-generate demo DIR` writes the demo's disclosures: an operation in a market town, and
//!   its innocent neighbours.

mod area;
mod call_data;
mod demo;
mod random;

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["area", rows, rest @ ..] => {
            let (Ok(rows), Ok(seed)) = (rows.parse(), rest.first().unwrap_or(&"1").parse()) else { return usage() };
            let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
            area::write(&mut out, rows, seed)?;
            out.flush()
        }
        ["demo", folder] => demo::write(std::path::Path::new(folder)),
        _ => usage(),
    }
}

fn usage() -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::InvalidInput, "usage: orochi-generate area ROWS [SEED] | demo DIR"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use std::{env, fs, path::Path, process};

    /// What is committed is what the generator writes, so that nobody can doubt where the demo's data comes from.
    #[test]
    fn the_demo_data_is_what_the_generator_writes() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/data");
        let made = env::temp_dir().join(format!("orochi-demo-{}", process::id()));
        super::demo::write(&made).unwrap();
        let names = |folder: &Path| {
            let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&committed), names(&made));
        for name in names(&made) {
            assert!(
                fs::read(committed.join(&name)).unwrap() == fs::read(made.join(&name)).unwrap(),
                "{name:?} differs"
            );
        }
        fs::remove_dir_all(made).unwrap();
    }

    #[test]
    fn a_seed_and_a_size_make_one_file() {
        let make = |seed| {
            let mut out = Vec::new();
            super::area::write(&mut out, 5_000, seed).unwrap();
            out
        };
        assert!(make(1) == make(1));
        assert!(make(1) != make(2));
        let rows = make(1).iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(rows, 5_000 + 5, "a preamble of four lines, a header, and the rows asked for");
    }
}
