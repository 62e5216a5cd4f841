//! The rows that are the ground of an application.

use orochi_case::literal;
use orochi_model::{locator::Locator, problem::Problem};

use super::application_draft::ApplicationGround;
use super::settings::Settings;
use crate::tables::{RowColumns, Tables};
use crate::traffic::graph::ContactGraph;

/// The first of them, by time.
pub(super) fn ground_rows(
    tables: &dyn Tables,
    known: &ContactGraph,
    ground: &ApplicationGround,
    settings: &Settings,
) -> Result<Vec<Locator>, Problem> {
    let name = |id: &u32| literal(&known.number(*id).name);
    let select = match ground {
        ApplicationGround::Between(pairs) => {
            if pairs.is_empty() {
                return Ok(Vec::new());
            }
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(one, other)| (name(one), name(other)))
                .map(|(one, other)| format!("(a = {one} AND b = {other}) OR (a = {other} AND b = {one})"))
                .collect();
            format!("SELECT start AS at, exhibit, sheet, \"row\" FROM events WHERE {}", pairs.join(" OR "))
        }
        ApplicationGround::Handset { number, imei, other } => {
            let (number, imei) = (name(number), literal(imei));
            let mut select = format!(
                "SELECT start AS at, exhibit, sheet, \"row\" FROM records WHERE imei = {imei} AND (a = {number} OR b = \
                 {number})"
            );
            if let Some(other) = other {
                let other = literal(other);
                // What names the other number comes first.
                select.push_str(&format!(
                    " UNION ALL SELECT NULL AS at, exhibit, sheet, \"row\" FROM handsets WHERE imei = {imei} AND \
                     number = {other}"
                ));
            }
            select
        }
    };
    let most = settings.evidence_rows as usize;
    let sql = format!(
        "SELECT exhibit, sheet, \"row\" FROM ({select}) ORDER BY at NULLS FIRST, exhibit, sheet, \"row\" LIMIT {most}"
    );
    let mut rows = Vec::new();
    tables.stream(&sql, &mut |batch| {
        let places = RowColumns::from_batch(&batch)?;
        rows.extend((0..batch.num_rows()).map(|row| places.get(row)));
        Ok(())
    })?;
    rows.sort();
    rows.dedup();
    Ok(rows)
}
