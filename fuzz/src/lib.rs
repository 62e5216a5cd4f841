//! What several targets need.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
    sync::OnceLock,
};

use orochi_formats::native::Native;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Lets the libraries of workbooks, mails and web pages panic, as some are known to on broken files: `orochi-formats`
/// makes a problem of that. Every other panic ends the run, as libFuzzer's own hook would have it.
pub fn pardon_libraries() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let theirs = |file: &str| {
            ["/calamine-", "/quick-xml-", "/zip-", "/mail-parser-", "/html5gum-"].iter().any(|part| file.contains(part))
        };
        if !info.location().is_some_and(|place| theirs(place.file())) {
            report(info);
        }
    }));
}

/// The archive of an input: parts, each the name of a file in it, a line end and its text, divided by lines of `----`.
/// None where two parts have one name.
pub fn archive(input: &str) -> Option<Vec<u8>> {
    let parts: Option<Vec<_>> = input.split("\n----\n").map(|part| part.split_once('\n')).collect();
    zipped(&parts?.into_iter().map(|(name, text)| (name, text.as_bytes().to_vec())).collect::<Vec<_>>())
}

/// An archive of these files.
pub fn zipped(members: &[(&str, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        archive.write_all(bytes).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

/// A file of this process's own with these bytes: containers are read where they lie.
fn file(bytes: &[u8]) -> PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    let path = PATH.get_or_init(|| std::env::temp_dir().join(format!("orochi-fuzz-{}", std::process::id())));
    fs::write(path, bytes).expect("the temporary folder can be written to");
    path.clone()
}

/// Reads a native file to its end: it is refused, or each sheet's rows are numbered upwards and
/// begin as its head was shown.
pub fn read_whole(bytes: &[u8]) {
    let path = file(bytes);
    let mut native = match Native::open(&path) {
        Ok(native) => native,
        Err(problem) => return assert!(!problem.to_string().is_empty()),
    };
    for (sheet, glimpse) in native.glimpses().into_iter().enumerate() {
        let (mut last, mut head) = (0, glimpse.head.into_iter());
        let mut broken = false;
        let result = native.read(
            sheet,
            512,
            || Some(Vec::new()),
            |block| {
                let _ = block.each_row(|row| {
                    assert!(row.number > last, "row {} after row {last}", row.number);
                    last = row.number;
                    if let Some((number, cells)) = head.next() {
                        assert_eq!(number, row.number);
                        assert_eq!(cells, row.cells);
                    }
                });
                std::ops::ControlFlow::Continue(())
            },
        );
        if let Err(problem) = result {
            broken = !problem.to_string().is_empty();
        }
        assert!(broken || head.next().is_none(), "rows that the head showed are gone");
    }
}
