//! Tables with identifiers replaced.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StringArray},
    compute::filter_record_batch,
    datatypes::DataType,
};
use orochi_model::problem::Problem;

use super::{Redaction, WITHHELD};
use orochi_tables::columns::texts;

/// Columns that name or place whoever a row is about, by table. They are withheld where that number
/// is replaced or not known.
const PERSONAL: [(&str, &[&str]); 5] = [
    ("records", &["start_cell", "end_cell", "apn"]),
    ("subscribers", &["name", "born", "address", "postcode", "extra"]),
    ("topups", &["method", "place", "postcode", "extra"]),
    ("handsets", &["extra"]),
    ("rejects", &["text", "line"]),
];

pub(super) fn redacted(redaction: &Redaction, table: &str, batch: &RecordBatch) -> Result<RecordBatch, Problem> {
    let subjects = subjects(redaction, table, batch)?;
    let personal = PERSONAL.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| columns);
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        if *field.data_type() != DataType::Utf8 {
            columns.push(column.clone());
            continue;
        }
        let texts = column.as_string::<i32>();
        let name = field.name().as_str();
        let is_personal = personal.contains(&name);
        let cell = |row: usize| {
            let text = texts.is_valid(row).then(|| texts.value(row))?;
            if is_personal && subjects.as_ref().is_none_or(|gone| gone[row]) {
                return Some(WITHHELD.to_owned());
            }
            // The other party's handset is known from this side's records alone; only one that is replaced is known to
            // be a third party's, and any other may be.
            if name == "other_imei" && redaction.pseudonym(text).is_none() {
                return Some(WITHHELD.to_owned());
            }
            Some(redaction.text(text))
        };
        columns.push(Arc::new((0..batch.num_rows()).map(cell).collect::<StringArray>()));
    }
    let bug = |error| Problem::bug("a table cannot be redacted").because(error);
    let changed = RecordBatch::try_new(batch.schema(), columns).map_err(bug)?;
    if table != "presences" {
        return Ok(changed);
    }
    // Where a phone was seen, over weeks, names its user as well as a name does.
    let kept: BooleanArray = subjects.iter().flatten().map(|gone| Some(!gone)).collect();
    filter_record_batch(&changed, &kept).map_err(bug)
}

/// Whether the number that each row is about is replaced or not known; none for a table without such a number, of which
/// everything personal is withheld.
fn subjects(redaction: &Redaction, table: &str, batch: &RecordBatch) -> Result<Option<Vec<bool>>, Problem> {
    let gone = |number: Option<&str>| number.is_none_or(|number| redaction.pseudonym(number).is_some());
    let rows = 0..batch.num_rows();
    match table {
        "records" => {
            let column = |name: &str| texts(batch, name);
            let (side, target) = (column("side")?, column("target")?);
            let (a, b, c) = (column("a")?, column("b")?, column("c")?);
            let subject = |row: usize| match side.get(row) {
                Some("A") => a.get(row),
                Some("B") => b.get(row),
                Some("C") => c.get(row),
                _ => target.get(row),
            };
            Ok(Some(rows.map(|row| gone(subject(row))).collect()))
        }
        "subscribers" | "topups" | "handsets" | "presences" => {
            let numbers = texts(batch, "number")?;
            Ok(Some(rows.map(|row| gone(numbers.get(row))).collect()))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use arrow::datatypes::{Field, Schema};

    use super::*;
    use crate::disclosure::redaction::{Party, text::Search};

    fn redaction() -> Redaction {
        let replaced = BTreeMap::from([("+447700900123".to_owned(), "NUMBER-0001".to_owned())]);
        Redaction { parties: BTreeSet::from([Party::Other]), search: Search::from_replacements(&replaced), replaced }
    }

    fn batch(columns: &[(&str, &[Option<&str>])]) -> RecordBatch {
        let fields: Vec<Field> = columns.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, true)).collect();
        let arrays = columns.iter().map(|(_, cells)| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap()
    }

    fn cells(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
        texts(batch, name).unwrap().iter().map(|cell| cell.map(str::to_owned)).collect()
    }

    #[test]
    fn a_third_party_keeps_neither_name_nor_place_and_the_line_keeps_both() {
        let line = Some("+447700900222");
        let third = Some("+447700900123");
        let given = batch(&[
            ("side", &[Some("A"), Some("B"), None, None]),
            ("target", &[line, third, line, None]),
            ("a", &[line, line, line, line]),
            ("b", &[third, third, third, third]),
            ("c", &[None, None, None, None]),
            ("b_text", &[Some("07700 900123"); 4]),
            ("start_cell", &[Some("234-10-1-1"); 4]),
            ("other_imei", &[Some("35642007572280"); 4]),
        ]);
        let changed = redacted(&redaction(), "records", &given).unwrap();
        let withheld = Some(WITHHELD.to_owned());
        let kept = Some("234-10-1-1".to_owned());
        assert_eq!(cells(&changed, "start_cell"), [kept.clone(), withheld.clone(), kept, withheld.clone()]);
        assert!(cells(&changed, "b_text").iter().all(|cell| cell.as_deref() == Some("NUMBER-0001")));
        assert_eq!(cells(&changed, "a")[0].as_deref(), line);
        assert!(cells(&changed, "other_imei").iter().all(|cell| *cell == withheld));
        let given = batch(&[("number", &[line, third, None]), ("name", &[Some("A Person"); 3])]);
        let changed = redacted(&redaction(), "subscribers", &given).unwrap();
        assert_eq!(cells(&changed, "name"), [Some("A Person".to_owned()), withheld.clone(), withheld.clone()]);
        let given = batch(&[("number", &[line, third, None]), ("cell", &[Some("x"); 3])]);
        assert_eq!(redacted(&redaction(), "presences", &given).unwrap().num_rows(), 1);
        let given = batch(&[("line", &[Some("anything")]), ("reason", &[Some("no time")])]);
        let changed = redacted(&redaction(), "rejects", &given).unwrap();
        assert_eq!(
            (cells(&changed, "line"), cells(&changed, "reason")[0].as_deref()),
            (vec![withheld], Some("no time"))
        );
    }
}
