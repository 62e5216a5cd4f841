//! Which number used which cell, when (method `presences`; statement: `docs/methods/presences.md`).

use orochi_model::method::Method;

use crate::facts::owner::owner_sql;

/// This method.
pub const METHOD: Method = Method { name: "presences", version: "1" };

/// The columns of `records` that the view reads.
pub(crate) const COLUMNS: &[&str] = &[
    "side",
    "target",
    "a",
    "b",
    "c",
    "imsi",
    "imei",
    "start_cell",
    "end_cell",
    "kind",
    "start",
    "end",
    "sheet",
    "row",
    "network",
    "outcome",
    "duration_s",
];

/// The view over `records`: one row for the first cell of each record and one for its last cell.
///
/// A data session's cell was used at or before the session's start; on O2 (by the record's network or its SIM's prefix)
/// at or before its end. `at or before` always speaks of the column `to`.
pub const SQL: &str = concat!(
    r#"
WITH own AS (
    SELECT "#,
    owner_sql!(),
    r#" AS number,
           imsi, imei, start_cell, end_cell, kind, start, coalesce("end", start) AS until, exhibit, sheet, "row",
           kind = 'data' AS session,
           coalesce(lower(network) IN ('o2', 'o2 uk', 'o2-uk', 'telefonica', 'telefonica uk', 'telefonica o2')
               OR imsi LIKE '23402%' OR imsi LIKE '23410%' OR imsi LIKE '23411%', false) AS o2,
           CASE WHEN kind NOT IN ('call', 'text', 'mms') THEN 'passive'
                WHEN side = 'A' OR (side IS NULL AND a = target) THEN 'active'
                WHEN kind = 'call' AND outcome = 'answered' AND coalesce(duration_s, 1) > 0
                     AND (side = 'B' OR (side IS NULL AND b = target)) THEN 'active'
                ELSE 'passive' END AS activity
    FROM records WHERE start_cell IS NOT NULL OR end_cell IS NOT NULL
)
SELECT number, imsi, imei, start_cell AS cell, CASE WHEN session THEN 'at or before' ELSE 'at' END AS relation,
       start AS "from", CASE WHEN session AND o2 THEN until ELSE start END AS "to", activity, kind, exhibit, sheet, "row"
FROM own WHERE start_cell IS NOT NULL
UNION ALL
SELECT number, imsi, imei, end_cell AS cell, CASE WHEN session THEN 'at or before' ELSE 'at' END AS relation,
       CASE WHEN session THEN start ELSE until END AS "from", until AS "to", activity, kind, exhibit, sheet, "row"
FROM own WHERE end_cell IS NOT NULL
"#
);
