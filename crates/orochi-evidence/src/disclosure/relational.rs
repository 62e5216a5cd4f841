//! A method's document as tables, CSV and Parquet, with nothing left out: each list of objects in it is a table.
//!
//! `findings/csv/lines/findings.reasons.evidence.csv` holds the list `evidence` of each of the `reasons` of each of the
//! `findings`; its columns `findings`, `reasons`, `evidence` are places in those lists, from 1, and join it to the
//! tables `findings.reasons` and `findings`. What stands in no list is the one row of the table `document`. An object
//! within an object gives columns `parts.gap`; a list of plain values stands in one cell, apart by `; `.
//!
//! The document is read twice: first for the columns and their types, then for the rows, so that
//! it never has to be held.

mod table;

use std::{collections::BTreeMap, path::Path};

use orochi_model::problem::Problem;
use serde_json::{Map, Value};

use super::json_stream::{Piece, pieces};
use crate::atomic_output::WholeFolder;
use table::{ColumnValue, Shape, TableName, Writer};

/// The table of what stands in no list: one row.
const DOCUMENT: &str = "document";

/// Writes the tables of a document. Returns the elements of its list `findings`, or of its first list.
pub(super) fn write(file: &Path, name: &str, training: bool, folder: &WholeFolder) -> Result<u64, Problem> {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    rows(file, &mut |lists, _, cells| {
        shapes.entry(lists.join(".")).or_insert_with(|| Shape::from_lists(lists)).see(&cells);
        Ok(())
    })?;
    let mut writers: BTreeMap<&str, Writer<'_>> = BTreeMap::new();
    for (table, shape) in &shapes {
        writers.insert(table, Writer::begin(TableName { document: name, name: table, training }, shape, folder)?);
    }
    let mut counts: Vec<(String, u64)> = Vec::new();
    rows(file, &mut |lists, places, cells| {
        if let ([list], [place]) = (lists, places) {
            match counts.last_mut() {
                Some((last, count)) if last == list => *count = *place,
                _ => counts.push((list.clone(), *place)),
            }
        }
        writers.get_mut(&*lists.join(".")).map_or(Ok(()), |writer| writer.row(places, cells))
    })?;
    writers.into_values().try_for_each(Writer::finish)?;
    counts.retain(|(list, _)| list != DOCUMENT);
    let findings = counts.iter().find(|(list, _)| list == "findings").or(counts.first());
    Ok(findings.map_or(0, |(_, count)| *count))
}

/// Takes a row: the names of the lists it stands in, its place in each, and its cells.
type RowSink<'a> = dyn FnMut(&[String], &[u64], Vec<(String, ColumnValue)>) -> Result<(), Problem> + 'a;

/// Every row of every table of a document.
fn rows(file: &Path, row: &mut RowSink<'_>) -> Result<(), Problem> {
    let mut list = Vec::new();
    let mut fields = Map::new();
    pieces(file, &mut |piece| {
        match piece {
            Piece::List(name) => list = vec![name],
            Piece::Element(place, value) => each_row(&list, &[place], &value, row)?,
            Piece::Field(name, value) => drop(fields.insert(name, value)),
            Piece::End => {}
        }
        Ok(())
    })?;
    // The marking has its own column, or place in the file.
    fields.shift_remove("marking");
    each_row(&[DOCUMENT.to_owned()], &[1], &Value::Object(fields), row)
}

/// The row of an element, then the rows of the lists within it.
fn each_row(lists: &[String], places: &[u64], value: &Value, row: &mut RowSink<'_>) -> Result<(), Problem> {
    let mut cells = Vec::new();
    let mut inner = Vec::new();
    match value {
        Value::Object(fields) => gather("", fields, &mut cells, &mut inner),
        other => cells.push(("value".to_owned(), ColumnValue::from_value(other))),
    }
    row(lists, places, cells)?;
    for (name, elements) in inner {
        let lists: Vec<String> = lists.iter().cloned().chain([name]).collect();
        for (place, element) in (1..).zip(elements) {
            let places: Vec<u64> = places.iter().copied().chain([place]).collect();
            each_row(&lists, &places, element, row)?;
        }
    }
    Ok(())
}

fn gather<'a>(
    before: &str,
    fields: &'a Map<String, Value>,
    cells: &mut Vec<(String, ColumnValue)>,
    lists: &mut Vec<(String, &'a Vec<Value>)>,
) {
    for (name, value) in fields {
        let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match value {
            Value::Object(inner) => gather(&name, inner, cells, lists),
            // Of nothing it cannot be told whether it is a list of objects or of plain values.
            Value::Array(elements) if elements.is_empty() => {}
            Value::Array(elements) if elements.iter().any(Value::is_object) => lists.push((name, elements)),
            other => cells.push((name, ColumnValue::from_value(other))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    #[test]
    fn every_value_of_a_document_is_in_some_table() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        fs::write(
            &file,
            r#"{"marking":"TRAINING","method":{"name":"m","settings":[{"name":"t","value":2}]},"findings":[
                {"number":"+447700900123","score":1,"flagged":true,"parts":{"gap":0.5},"to":["a","b"],
                 "reasons":[{"text":"=x","evidence":[{"exhibit":"EX0001","row":7},{"exhibit":"EX0001","sheet":"S","row":9}]}]},
                {"number":"+447700900124","score":0.25,"late":null,"reasons":[]}],
               "lines":[["+1","+2"]],"none":[]}"#,
        )
        .unwrap();
        let folder = WholeFolder::begin(&dir.path().join("out")).unwrap();
        assert_eq!(write(&file, "m", true, &folder).unwrap(), 2);
        folder.finish().unwrap();
        let csv = |name: &str| fs::read_to_string(dir.path().join(format!("out/findings/csv/m/{name}.csv"))).unwrap();
        assert_eq!(
            csv("findings"),
            "marking,findings,number,score,flagged,parts.gap,to,late\n\
             TRAINING,1,+447700900123,1.0,true,0.5,a; b,\nTRAINING,2,+447700900124,0.25,,,,\n"
        );
        assert_eq!(csv("findings.reasons"), "marking,findings,reasons,text\nTRAINING,1,1,'=x\n");
        assert_eq!(
            csv("findings.reasons.evidence"),
            "marking,findings,reasons,evidence,exhibit,row,sheet\nTRAINING,1,1,1,EX0001,7,\nTRAINING,1,1,2,EX0001,9,S\n"
        );
        assert_eq!(csv("lines"), "marking,lines,value\nTRAINING,1,'+1; +2\n");
        assert_eq!(csv("document"), "marking,document,method.name\nTRAINING,1,m\n");
        assert_eq!(csv("document.method.settings"), "marking,document,method.settings,name,value\nTRAINING,1,1,t,2\n");
        let parquet = fs::File::open(dir.path().join("out/findings/parquet/m/findings.parquet")).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(parquet).unwrap();
        let types: Vec<String> =
            builder.schema().fields().iter().map(|field| format!("{} {}", field.name(), field.data_type())).collect();
        assert_eq!(
            types,
            [
                "findings UInt64",
                "number Utf8",
                "score Float64",
                "flagged Boolean",
                "parts.gap Float64",
                "to Utf8",
                "late Utf8"
            ]
        );
        assert_eq!(builder.build().unwrap().map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 2);
    }
}
