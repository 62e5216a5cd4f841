//! What several targets need.

use std::{fs, path::PathBuf, sync::OnceLock};

use orochi_formats::native::Native;

/// Lets the workbook library panic, as it is known to on broken files: `orochi-formats` makes a problem of that. Every other
/// panic ends the run, as libFuzzer's own hook would have it.
pub fn pardon_workbook_library() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let theirs = |file: &str| ["/calamine-", "/quick-xml-", "/zip-"].iter().any(|part| file.contains(part));
        if !info.location().is_some_and(|place| theirs(place.file())) {
            report(info);
        }
    }));
}

/// A file of this process's own with these bytes: containers are read where they lie.
fn file(bytes: &[u8]) -> PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    let path = PATH.get_or_init(|| std::env::temp_dir().join(format!("orochi-fuzz-{}", std::process::id())));
    fs::write(path, bytes).expect("the temporary folder can be written to");
    path.clone()
}

/// Reads a native file to its end: it is refused, or each sheet's rows are numbered upwards and begin as its head was shown.
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
