//! Audit logs, and copies of them, as somebody may send them. Input: lines of a log.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use orochi_audit::{
    compare::{Record, judge},
    copy::verify_copy,
    fault::Head,
    tree::{Frontier, hex, leaf_hash},
};

/// A log that is as it was written.
const LOG: &str = include_str!("../corpus/audit_log/log.jsonl");

/// What a case's catalogue holds of lines that it wrote.
fn record(log: &str) -> Record {
    let leaves: Vec<_> = log.lines().map(|line| leaf_hash(line.as_bytes())).collect();
    Record { written: leaves.len() as u64, leaves, ..Record::default() }
}

fn head(record: &Record) -> Head {
    let mut tree = Frontier::default();
    record.leaves.iter().for_each(|leaf| tree.push(*leaf));
    Head { size: tree.size(), root: hex(&tree.root()) }
}

static WRITTEN: LazyLock<(Record, Head)> = LazyLock::new(|| {
    let record = record(LOG);
    let head = head(&record);
    assert!(judge(LOG.as_bytes(), &record, Some(&head)).is_ok());
    (record, head)
});

fuzz_target!(|input: &str| {
    let (written, noted) = &*WRITTEN;
    // Any other lines than those written are a fault, and the fault says something.
    let same = input.lines().eq(LOG.lines()) && !input.contains('\r');
    match judge(input.as_bytes(), written, Some(noted)) {
        Ok(verified) => assert!(same && verified.head() == *noted, "a log that was touched passed"),
        Err(faults) => assert!(!same && faults.iter().all(|fault| !fault.to_string().is_empty())),
    }
    // A log that somebody wrote whole, catalogue and all, passes only with heads that follow from one another.
    let forged = record(input);
    let own = head(&forged);
    let chained = judge(input.as_bytes(), &forged, Some(&own)).is_ok();
    // A copy shows or withholds every entry of its head.
    match verify_copy(input, &own) {
        Ok((shown, withheld)) => assert_eq!(shown + withheld, own.size),
        Err(fault) => assert!(!chained && !fault.to_string().is_empty()),
    }
});
