//! Whose record a row is: who used the SIM, the handset and the cells that it states.
//!
//! The rule: a row that says from which side it was made is that side's party's (`A` the caller's, `B` the called
//! party's, `C` that of the number it was forwarded to); any other row is the target's of the return that it is in. A
//! row whose side's party was withheld is nobody's: the target may be the other party.
//!
//! No setting: it is how returns are made. Where a file names no side, the reader of files has worked it out before
//! (`orochi-ingest`), and pairing works out more of them from SIMs (`events/owners.rs`).

/// In SQL over `records`, the number whose record a row is; null where it is nobody's.
macro_rules! owner_sql {
    () => {
        "CASE side WHEN 'A' THEN a WHEN 'B' THEN b WHEN 'C' THEN c ELSE target END"
    };
}
pub(crate) use owner_sql;

/// In SQL over `records`, the number whose record a row is; null where it is nobody's.
pub const OWNER_SQL: &str = owner_sql!();

/// In SQL, whose record `r` is in the event `e`, as a side of the event. A forwarded-to party's own return may name it
/// as the called one, and the forwarding party's row of the leg names itself as the caller.
pub const SIDE_IN_EVENT: &str = "CASE WHEN r.side = 'B' AND r.b = e.c AND (r.b IS DISTINCT FROM e.b) THEN 'C' \
                                 WHEN r.side = 'A' AND r.a = e.b AND (r.a IS DISTINCT FROM e.a) THEN 'B' \
                                 ELSE r.side END";

/// The columns of `records` that may hold the number.
pub(crate) const COLUMNS: [&str; 4] = ["target", "a", "b", "c"];

/// Which of [`COLUMNS`] holds the number whose record a row of this side is; a row without a side has an empty one.
pub(crate) fn owner_column(side: &str) -> usize {
    match side {
        "A" => 1,
        "B" => 2,
        "C" => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, RecordBatch, StringArray};

    use super::*;
    use crate::tables::{session_of, texts};

    /// Every side with every party stated or not: in SQL and in Rust a row is the same number's.
    #[test]
    fn both_ways_of_asking_agree() {
        let mut rows: Vec<[Option<&str>; 5]> = Vec::new();
        for side in [None, Some("A"), Some("B"), Some("C")] {
            for stated in 0..16 {
                let party = |bit: usize, name: &'static str| (stated >> bit & 1 == 1).then_some(name);
                rows.push([side, party(0, "target"), party(1, "a"), party(2, "b"), party(3, "c")]);
            }
        }
        let names = ["side", "target", "a", "b", "c"];
        let column_of = |at: usize| -> ArrayRef { Arc::new(rows.iter().map(|row| row[at]).collect::<StringArray>()) };
        let batch =
            RecordBatch::try_from_iter(names.iter().enumerate().map(|(at, name)| (*name, column_of(at)))).unwrap();
        let session = session_of(vec![batch]).unwrap().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let sql = format!("SELECT {OWNER_SQL} AS owner FROM records");
        let found = runtime.block_on(async { session.sql(&sql).await.unwrap().collect().await.unwrap() });
        let found: Vec<Option<String>> = found
            .iter()
            .flat_map(|batch| {
                let owner = texts(batch, "owner").unwrap();
                (0..batch.num_rows()).map(|row| owner.get(row).map(str::to_owned)).collect::<Vec<_>>()
            })
            .collect();
        for (row, found) in rows.iter().zip(found) {
            let expected = row[1 + owner_column(row[0].unwrap_or_default())];
            assert_eq!(found.as_deref(), expected, "{row:?}");
        }
    }
}
