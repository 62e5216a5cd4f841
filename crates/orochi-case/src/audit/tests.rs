use proptest::prelude::*;

use orochi_audit::tree;

use super::*;
use crate::{case::Case, testing::Bench};

/// A case whose log has `entries` entries, closed.
fn logged(entries: usize) -> Bench {
    let bench = Bench::new();
    let case = bench.training();
    for number in 1..entries {
        case.log(Action::Consult, "records", serde_json::json!({"query": number})).unwrap();
    }
    bench
}

fn lines(bench: &Bench) -> Vec<String> {
    let text = std::fs::read_to_string(bench.folder().join("audit.jsonl")).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn rewrite(bench: &Bench, lines: &[String]) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(bench.folder().join("audit.jsonl"), text).unwrap();
}

fn faults(bench: &Bench) -> Vec<Fault> {
    verify(&bench.folder(), None).unwrap_err()
}

#[test]
fn an_untouched_log_holds_and_says_who_did_what() {
    let bench = logged(4);
    let verified = verify(&bench.folder(), None).unwrap();
    assert_eq!((verified.entries, verified.pending), (4, 0));
    let head: Head = format!("{}:{}", verified.entries, verified.root).parse().unwrap();
    assert_eq!(verify(&bench.folder(), Some(&head)).unwrap(), verified);
    let entry: Entry = serde_json::from_str(&lines(&bench)[2]).unwrap();
    assert_eq!((entry.seq, entry.action, entry.what.as_str()), (3, Action::Consult, "records"));
    assert!(entry.time.ends_with('Z') && !entry.who.is_empty() && entry.tool.starts_with("orochi "));
    // A noted head stays good for the entries it covers.
    Case::open(&bench.folder()).unwrap().log(Action::Disclose, "pack", serde_json::json!({})).unwrap();
    assert_eq!(verify(&bench.folder(), Some(&head)).unwrap().entries, 5);
}

#[test]
fn every_kind_of_tampering_at_every_place_is_named() {
    let bench = logged(6);
    let whole = lines(&bench);
    let count = whole.len() as u64;
    for at in 0..whole.len() {
        let seq = at as u64 + 1;

        for (word, other) in
            [("\"who\":\"", "\"who\":\"x"), ("\"time\":\"2", "\"time\":\"3"), ("\"root\":\"", "\"root\":\"0")]
        {
            let mut altered = whole.clone();
            altered[at] = altered[at].replacen(word, other, 1);
            assert_ne!(altered, whole);
            rewrite(&bench, &altered);
            assert_eq!(faults(&bench), [Fault::Altered { seq }]);
        }

        let mut garbled = whole.clone();
        garbled[at] = "no JSON".to_owned();
        rewrite(&bench, &garbled);
        assert_eq!(faults(&bench), [Fault::Altered { seq }]);

        let mut removed = whole.clone();
        removed.remove(at);
        rewrite(&bench, &removed);
        let gone =
            if seq == count { Fault::Truncated { from: seq, to: seq } } else { Fault::Removed { from: seq, to: seq } };
        assert_eq!(faults(&bench), [gone]);

        rewrite(&bench, &whole[..at]);
        assert_eq!(faults(&bench), [Fault::Truncated { from: seq, to: count }]);

        let mut inserted = whole.clone();
        inserted.insert(
            at,
            whole[at].replacen("\"who\":\"", "\"who\":\"x", 1).replacen(&format!("\"seq\":{seq}"), "\"seq\":99", 1),
        );
        rewrite(&bench, &inserted);
        assert_eq!(faults(&bench), [Fault::Inserted { line: seq, after: seq - 1 }]);

        let mut copied = whole.clone();
        copied.insert(at, whole[0].clone());
        rewrite(&bench, &copied);
        assert!(matches!(faults(&bench)[..], [Fault::Inserted { .. }]), "{at}: {:?}", faults(&bench));

        for to in (0..whole.len()).filter(|to| to.abs_diff(at) > 1) {
            let mut moved = whole.clone();
            let line = moved.remove(at);
            moved.insert(to, line);
            rewrite(&bench, &moved);
            assert_eq!(faults(&bench), [Fault::Reordered { seq, line: to as u64 + 1 }]);
        }
    }
    for at in 1..whole.len() {
        let mut swapped = whole.clone();
        swapped.swap(at - 1, at);
        rewrite(&bench, &swapped);
        assert!(matches!(faults(&bench)[..], [Fault::Reordered { .. }]));
    }
    let mut torn = whole.join("\n");
    torn.truncate(torn.len() - 5);
    std::fs::write(bench.folder().join("audit.jsonl"), torn).unwrap();
    assert_eq!(faults(&bench), [Fault::Altered { seq: count }]);
    std::fs::remove_file(bench.folder().join("audit.jsonl")).unwrap();
    assert_eq!(faults(&bench), [Fault::Truncated { from: 1, to: count }]);
    rewrite(&bench, &whole);
    assert!(verify(&bench.folder(), None).is_ok());
}

#[test]
fn tampering_stays_visible_after_the_next_commands() {
    let bench = logged(5);
    let whole = lines(&bench);
    rewrite(&bench, &whole[..3]);
    let case = Case::open(&bench.folder()).unwrap();
    case.log(Action::Consult, "later", serde_json::json!({})).unwrap();
    drop(case);
    drop(Case::open(&bench.folder()).unwrap());
    assert_eq!(faults(&bench), [Fault::Removed { from: 4, to: 5 }]);
    assert_eq!(lines(&bench).len(), 4);
}

#[test]
fn a_rewritten_catalogue_is_found_by_the_chain_or_by_a_head_noted_elsewhere() {
    let bench = logged(5);
    let noted: Head = {
        let verified = verify(&bench.folder(), None).unwrap();
        format!("{}:{}", verified.entries, verified.root).parse().unwrap()
    };
    let whole = lines(&bench);
    let forge = |lines: &[String]| {
        rewrite(&bench, lines);
        let connection = rusqlite::Connection::open(bench.folder().join("case.sqlite")).unwrap();
        let mut tree = tree::Frontier::default();
        connection.execute("DELETE FROM audit_leaves", []).unwrap();
        for line in lines {
            let hash = tree::leaf_hash(line.as_bytes());
            tree.push(hash);
            connection.execute("INSERT INTO audit_leaves VALUES (?1, ?2)", (tree.size(), &hash[..])).unwrap();
        }
        connection
            .execute(
                "UPDATE audit_head SET size = ?1, frontier = ?2, root = ?3, written = ?1",
                (tree.size(), tree.to_bytes(), &tree.root()[..]),
            )
            .unwrap();
    };
    let mut altered = whole.clone();
    altered[2] = altered[2].replacen("\"who\":\"", "\"who\":\"x", 1);
    forge(&altered);
    assert_eq!(faults(&bench), [Fault::Rewritten { seq: 4 }]);

    // A forger with time makes the chain fit, too: here by cutting the log short.
    forge(&whole[..3]);
    assert!(verify(&bench.folder(), None).is_ok());
    assert!(matches!(verify(&bench.folder(), Some(&noted)).unwrap_err()[..], [Fault::Head { .. }]));

    // Only the catalogue's head altered.
    forge(&whole);
    let connection = rusqlite::Connection::open(bench.folder().join("case.sqlite")).unwrap();
    connection.execute("UPDATE audit_head SET root = zeroblob(32)", []).unwrap();
    assert!(matches!(faults(&bench)[..], [Fault::Catalogue { .. }]));
    connection.execute("UPDATE audit_leaves SET hash = zeroblob(32) WHERE seq = 2", []).unwrap();
    assert!(faults(&bench).iter().any(|fault| matches!(fault, Fault::Catalogue { .. })));
}

#[test]
fn an_entry_that_a_cut_off_command_owes_the_file_is_pending_and_then_written() {
    for kept in [0, 1, 40, usize::MAX] {
        let bench = logged(3);
        let case = Case::open(&bench.folder()).unwrap();
        case.log(Action::Consult, "cut off", serde_json::json!({})).unwrap();
        // As a kill leaves it: committed, the file without the line or with a part of it.
        let file = case.dir().join("audit.jsonl");
        std::mem::forget(case);
        let text = std::fs::read(&file).unwrap();
        let start = text[..text.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        let end = start.saturating_add(kept).min(text.len());
        std::fs::write(&file, &text[..end]).unwrap();
        if kept == 0 {
            assert_eq!(verify(&bench.folder(), None).unwrap().pending, 1);
        }
        drop(Case::open(&bench.folder()).unwrap());
        assert_eq!(std::fs::read(&file).unwrap(), text, "{kept}");
        assert_eq!(verify(&bench.folder(), None).unwrap().pending, 0);

        // A power cut may leave the append's blocks unfilled.
        let bench = logged(2);
        let case = Case::open(&bench.folder()).unwrap();
        case.log(Action::Consult, "cut off", serde_json::json!({})).unwrap();
        let file = case.dir().join("audit.jsonl");
        std::mem::forget(case);
        let text = std::fs::read(&file).unwrap();
        let mut torn = text.clone();
        let start = text[..text.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        torn[start + 10..].fill(0);
        std::fs::write(&file, &torn).unwrap();
        drop(Case::open(&bench.folder()).unwrap());
        assert_eq!(std::fs::read(&file).unwrap(), text);
    }
}

#[test]
fn threads_and_handles_log_side_by_side() {
    let bench = logged(1);
    let first = Case::open(&bench.folder()).unwrap();
    let second = Case::open(&bench.folder()).unwrap();
    std::thread::scope(|scope| {
        for case in [&first, &first, &second, &second] {
            scope.spawn(move || {
                for _ in 0..5 {
                    case.log(Action::Consult, "records", serde_json::json!({})).unwrap();
                }
            });
        }
    });
    assert_eq!(verify(&bench.folder(), None).unwrap().entries, 21);
}

#[test]
fn a_hundred_thousand_entries_are_no_burden() {
    let bench = Bench::new();
    let case = bench.training();
    let draft = Draft { action: Action::Consult, what: "records".into(), detail: serde_json::json!({}) };
    case.commit(|_| Ok(((), vec![draft; 99_998]))).unwrap();
    let started = std::time::Instant::now();
    case.log(Action::Consult, "one more", serde_json::json!({})).unwrap();
    let took = started.elapsed();
    drop(case);
    assert_eq!(verify(&bench.folder(), None).unwrap().entries, 100_000);
    // Generous, for a busy machine; reading the log back would take longer in a debug build.
    assert!(took < std::time::Duration::from_millis(1500), "{took:?}");
}

#[test]
fn a_head_is_read_or_refused() {
    for wrong in ["", "5", "5:abc", "x:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] {
        assert!(wrong.parse::<Head>().is_err(), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_change_of_a_byte_goes_unseen(
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        static BENCH: std::sync::OnceLock<(tempfile::TempDir, Vec<u8>)> = std::sync::OnceLock::new();
        let (dir, text) = BENCH.get_or_init(|| {
            let bench = logged(5);
            let text = std::fs::read(bench.folder().join("audit.jsonl")).unwrap();
            (bench.dir, text)
        });
        let copy = tempfile::tempdir().unwrap();
        std::fs::copy(dir.path().join("case/case.sqlite"), copy.path().join("case.sqlite")).unwrap();
        let mut changed = text.clone();
        let at = place.index(changed.len());
        if cut { changed.truncate(at) } else { changed[at] = byte }
        std::fs::write(copy.path().join("audit.jsonl"), &changed).unwrap();
        // A missing last line end changes no entry.
        let same = &changed == text || (cut && at + 1 == text.len());
        prop_assert_eq!(verify(copy.path(), None).is_ok(), same, "{:?}", verify(copy.path(), None));
        let reached = changed.iter().zip(text).take_while(|(there, was)| there == was).count();
        // An entry that lost only its line end is whole.
        let reached = if cut && text[reached] == b'\n' { reached + 1 } else { reached };
        let line = text[..reached.min(text.len() - 1)].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        if let Err(faults) = verify(copy.path(), None) {
            let named = match &faults[0] {
                Fault::Altered { seq } | Fault::Removed { from: seq, .. } | Fault::Truncated { from: seq, .. } => *seq,
                Fault::Inserted { after, .. } => *after + 1,
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert_eq!(named, line, "{:?}", faults);
        }
    }
}
