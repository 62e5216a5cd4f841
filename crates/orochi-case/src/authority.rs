//! Authorities of a case, and the release of excess data.
//!
//! An authority added after a file does not reach back: rows already quarantined stay so until someone entitled
//! releases them with a reason. A release is a decision in the catalogue; the exhibit's tables and the
//! native file stay as they are.

use std::{collections::BTreeSet, ops::RangeInclusive};

use arrow::array::{Array, StringArray, UInt64Array};
use orochi_model::{authority::Authority, locator::FilePart, problem::Problem};
use orochi_tables::{cell_text::time_text, schema};
use parquet::arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};
use rusqlite::Connection;
use serde::Serialize;

use crate::{
    audit::{Action, Draft},
    case::Case,
    catalogue::sql,
    exhibit::{self, Exhibit},
    seal::{
        self, book,
        file::{SealedFile, unread},
    },
    views,
};

/// Which rows of an exhibit's excess data a release covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// All.
    All,
    /// Rows by number, both ends included; of one sheet, or of all when none is named.
    Range {
        /// Sheet of a workbook or member of an archive.
        sheet: Option<String>,
        /// First row.
        first: u64,
        /// Last row.
        last: u64,
    },
}

/// A release in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Release {
    /// Exhibit label.
    pub exhibit: String,
    /// Sheet; all when none.
    pub sheet: Option<String>,
    /// First row.
    pub first_row: u64,
    /// Last row.
    pub last_row: u64,
    /// Why.
    pub reason: String,
    /// When, RFC 3339, UTC.
    pub released: String,
    /// By whom.
    pub released_by: String,
}

pub(crate) fn list(connection: &Connection) -> Result<Vec<Authority>, Problem> {
    let mut query = connection
        .prepare("SELECT reference, identifiers, from_us, to_us FROM authorities ORDER BY id")
        .map_err(sql)?;
    let rows = query
        .query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })
        .map_err(sql)?;
    rows.map(|row| {
        let (reference, identifiers, from_us, to_us) = row.map_err(sql)?;
        let identifiers: BTreeSet<String> = serde_json::from_str(&identifiers)
            .map_err(|error| Problem::data("an authority in the catalogue is damaged").at(&reference).because(error))?;
        Ok(Authority { reference, identifiers, from_us, to_us })
    })
    .collect()
}

pub(crate) fn releases(connection: &Connection) -> Result<Vec<Release>, Problem> {
    let mut query = connection
        .prepare("SELECT exhibit, sheet, first_row, last_row, reason, released, released_by FROM releases ORDER BY id")
        .map_err(sql)?;
    query
        .query_map([], |row| {
            Ok(Release {
                exhibit: row.get(0)?,
                sheet: row.get(1)?,
                first_row: row.get(2)?,
                last_row: row.get(3)?,
                reason: row.get(4)?,
                released: row.get(5)?,
                released_by: row.get(6)?,
            })
        })
        .map_err(sql)?
        .collect::<Result<_, _>>()
        .map_err(sql)
}

/// Largest row number SQLite can hold; stands for "to the end".
const LAST_ROW: u64 = i64::MAX as u64;

impl Case {
    /// Adds authorities, all or none; returns how many were new. One that is there already, the same in every
    /// part, is not added again.
    ///
    /// # Errors
    /// User kind for an empty reference, no identifiers, or a period that ends before it begins.
    pub fn add_authorities(&self, authorities: &[Authority]) -> Result<usize, Problem> {
        for authority in authorities {
            check(authority)?;
        }
        self.commit(|transaction| {
            let (added, added_by) = self.stamp();
            let mut drafts = Vec::new();
            for authority in authorities {
                let identifiers = serde_json::json!(authority.identifiers).to_string();
                let new = transaction
                    .execute(
                        "INSERT OR IGNORE INTO authorities (reference, identifiers, from_us, to_us, added, added_by) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        (&authority.reference, &identifiers, authority.from_us, authority.to_us, &added, &added_by),
                    )
                    .map_err(sql)?;
                if new > 0 {
                    drafts.push(Draft {
                        action: Action::Alter,
                        what: format!("authority {} added", authority.reference),
                        detail: serde_json::json!({
                            "identifiers": authority.identifiers,
                            "from": time_text(authority.from_us),
                            "to": time_text(authority.to_us),
                        }),
                    });
                }
            }
            Ok((drafts.len(), drafts))
        })
    }

    /// The authorities in force, in the order they were added.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn authorities(&self) -> Result<Vec<Authority>, Problem> {
        list(&self.connection())
    }

    /// Releases excess data into the views; returns how many rows of the exhibit the release covers.
    ///
    /// # Errors
    /// User kind when there is no such exhibit, it has no such excess rows, or the reason is empty.
    pub fn release(&self, label: &str, rows: &Rows, reason: &str) -> Result<u64, Problem> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Problem::user("a release of excess data needs a reason")
                .hint("state who decided and on what grounds; this is written to the audit log"));
        }
        let exhibit = exhibit::existing(&self.connection(), label)?;
        let (sheet, first, last) = match rows {
            Rows::All => (None, 0, LAST_ROW),
            Rows::Range { sheet, first, last } => (sheet.clone(), *first, (*last).min(LAST_ROW)),
        };
        let mut parts = BTreeSet::new();
        let covered = match exhibit.tally.excess {
            0 => 0,
            _ => self.count_excess(&exhibit, sheet.as_deref(), first, last, &mut parts)?,
        };
        // All sheets are one release; a named one is released under the text that tables keep of it.
        let sheets: Vec<Option<String>> =
            if sheet.is_none() { vec![None] } else { parts.into_iter().map(Some).collect() };
        if covered == 0 {
            return Err(Problem::user(format!("exhibit {} has no excess data in those rows", exhibit.label)).hint(
                "`orochi sql CASE \"select exhibit, sheet, row, reason from excess\"` shows what is quarantined",
            ));
        }
        self.commit(|transaction| {
            let (released, released_by) = self.stamp();
            for sheet in &sheets {
                transaction
                    .execute(
                        "INSERT INTO releases (exhibit, sheet, first_row, last_row, reason, released, released_by) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        (&exhibit.label, sheet, first, last, reason, &released, &released_by),
                    )
                    .map_err(sql)?;
            }
            let rows = if *rows == Rows::All { serde_json::json!("all") } else { serde_json::json!([first, last]) };
            let detail = serde_json::json!({"sheet": sheet, "rows": rows, "covers": covered, "reason": reason});
            let what = format!("excess data of {} released", exhibit.label);
            Ok((covered, vec![Draft { action: Action::Alter, what, detail }]))
        })
    }

    /// The releases in force, in the order they were made.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, Problem> {
        releases(&self.connection())
    }

    /// Counts the rows that a release covers, and notes the sheets they are in.
    fn count_excess(
        &self,
        exhibit: &Exhibit,
        sheet: Option<&str>,
        first: u64,
        last: u64,
        parts: &mut BTreeSet<String>,
    ) -> Result<u64, Problem> {
        let mut covered = 0;
        for table in ["excess"].into_iter().chain(views::IN_PLACE.map(|(table, _)| table)) {
            if exhibit.tables.iter().any(|name| name == table) {
                covered += self.count_excess_in(table, &exhibit.label, sheet, first..=last, parts)?;
            }
        }
        Ok(covered)
    }

    fn count_excess_in(
        &self,
        table: &str,
        label: &str,
        sheet: Option<&str>,
        numbers: RangeInclusive<u64>,
        parts: &mut BTreeSet<String>,
    ) -> Result<u64, Problem> {
        let path = exhibit::table_file(self.dir(), table, label);
        let seal = book::seal_of(&self.connection(), &exhibit::table_place(table, label))?;
        let file = SealedFile::open(&path, seal).map_err(|error| unread(&path, &error))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| unread(&path, &error))?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), ["row", "sheet", schema::EXCESS]);
        let mut covered = 0;
        for batch in builder.with_projection(mask).build().map_err(|error| unread(&path, &error))? {
            let batch = batch.map_err(|error| unread(&path, &error))?;
            let rows = batch.column_by_name("row").and_then(|column| column.as_any().downcast_ref::<UInt64Array>());
            let sheets = batch.column_by_name("sheet").and_then(|column| column.as_any().downcast_ref::<StringArray>());
            let (Some(rows), Some(sheets)) = (rows, sheets) else {
                return Err(Problem::data("the table of excess data does not have the columns `row` and `sheet`")
                    .at(path.display())
                    .hint(seal::mend(&path)));
            };
            let reasons = batch.column_by_name(schema::EXCESS);
            let part = |index: usize| sheets.is_valid(index).then(|| sheets.value(index));
            let in_sheet = |index: &usize| {
                sheet.is_none_or(|name| {
                    part(*index).is_some_and(|text| text == name || FilePart::from_text(text).is_named(name))
                })
            };
            covered += (0..batch.num_rows())
                .filter(|index| reasons.is_none_or(|reasons| reasons.is_valid(*index)))
                .filter(|index| numbers.contains(&rows.value(*index)))
                .filter(in_sheet)
                .inspect(|index| parts.extend(part(*index).filter(|text| !parts.contains(*text)).map(str::to_owned)))
                .count() as u64;
        }
        Ok(covered)
    }
}

fn check(authority: &Authority) -> Result<(), Problem> {
    if authority.reference.trim().is_empty() {
        return Err(Problem::user("an authority needs a reference"));
    }
    if authority.identifiers.is_empty() {
        return Err(Problem::user("an authority needs at least one identifier").at(&authority.reference));
    }
    if authority.from_us >= authority.to_us {
        return Err(Problem::user("the authority's period ends before it begins").at(&authority.reference));
    }
    Ok(())
}
