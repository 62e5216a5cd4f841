//! All forms of the same rows, live and training.

use std::{fs, sync::Arc};

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
        UInt64Array,
    },
    datatypes::SchemaRef,
};
use insta::assert_snapshot;

use super::{Format, Output, sink};
use crate::{exit::Stop, ui::Ui};

fn rows() -> RecordBatch {
    let number: ArrayRef = Arc::new(UInt64Array::from(vec![1, u64::MAX]));
    let text: ArrayRef = Arc::new(StringArray::from(vec![Some("+447700900123"), None]));
    let odd: ArrayRef = Arc::new(StringArray::from(vec![Some("=HYPERLINK(\"x\")"), Some("red\u{1b}[31m,\nnext")]));
    let at: ArrayRef =
        Arc::new(TimestampMicrosecondArray::from(vec![Some(1_709_285_400_000_000), None]).with_timezone("UTC"));
    let yes: ArrayRef = Arc::new(BooleanArray::from(vec![true, false]));
    let share: ArrayRef = Arc::new(Float64Array::from(vec![0.5, f64::NAN]));
    RecordBatch::try_from_iter_with_nullable([
        ("row", number, false),
        ("number", text, true),
        ("text", odd, true),
        ("at", at, true),
        ("yes", yes, false),
        ("share", share, false),
    ])
    .unwrap()
}

fn written(format: Format, training: bool, shown: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows");
    let ui = Ui::new(false);
    ui.mark(training);
    let output = Output { format, out: Some(path.clone()), overwrite: false };
    let batch = rows();
    let mut sink = sink(&ui, &output, "records", &batch.schema(), shown).unwrap();
    sink.write(&batch).unwrap();
    sink.finish().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the file is left");
    fs::read(path).unwrap()
}

fn text(format: Format, training: bool) -> String {
    String::from_utf8(written(format, training, &[])).unwrap().replace('\u{1b}', "<ESC>")
}

#[test]
fn csv() {
    assert_snapshot!(text(Format::Csv, false), @r#"
    row,number,text,at,yes,share
    1,+447700900123,"'=HYPERLINK(""x"")",2024-03-01T09:30:00Z,true,0.5
    18446744073709551615,,"red<ESC>[31m,
    next",,false,NaN
    "#);
    assert_snapshot!(text(Format::Csv, true), @r#"
    marking,row,number,text,at,yes,share
    TRAINING,1,+447700900123,"'=HYPERLINK(""x"")",2024-03-01T09:30:00Z,true,0.5
    TRAINING,18446744073709551615,,"red<ESC>[31m,
    next",,false,NaN
    "#);
}

#[test]
fn json() {
    assert_snapshot!(text(Format::Json, false), @r#"
    {"view":"records","rows":[
    {"row":1,"number":"+447700900123","text":"=HYPERLINK(\"x\")","at":"2024-03-01T09:30:00Z","yes":true,"share":0.5},
    {"row":18446744073709551615,"number":null,"text":"red\u001b[31m,\nnext","at":null,"yes":false,"share":null}
    ]}
    "#);
    assert_snapshot!(text(Format::Json, true), @r#"
    {"marking":"TRAINING","view":"records","rows":[
    {"marking":"TRAINING","row":1,"number":"+447700900123","text":"=HYPERLINK(\"x\")","at":"2024-03-01T09:30:00Z","yes":true,"share":0.5},
    {"marking":"TRAINING","row":18446744073709551615,"number":null,"text":"red\u001b[31m,\nnext","at":null,"yes":false,"share":null}
    ]}
    "#);
    let document: serde_json::Value = serde_json::from_str(&text(Format::Json, true)).unwrap();
    assert_eq!(document["marking"], "TRAINING");
    assert_eq!(document["rows"][1]["row"], u64::MAX);
}

#[test]
fn table() {
    assert_snapshot!(text(Format::Table, false), @r#"
                     row  number         text             at                    yes    share
                       1  +447700900123  =HYPERLINK("x")  2024-03-01T09:30:00Z  true     0.5
    18446744073709551615                 red�[31m,⏎next                         false    NaN
    "#);
    assert_snapshot!(String::from_utf8(written(Format::Table, true, &["row", "number"])).unwrap(), @r#"
    TRAINING: an exercise; nothing below is evidence
                     row  number
                       1  +447700900123
    18446744073709551615
    "#);
}

#[test]
fn parquet_comes_back_as_it_went_in() {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    for training in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows");
        fs::write(&path, written(Format::Parquet, training, &[])).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(path).unwrap()).unwrap().build().unwrap();
        let batches: Vec<_> = reader.map(Result::unwrap).collect();
        let mut back = batches[0].clone();
        if training {
            assert_eq!(back.schema().field(0).name(), "marking");
            assert!(back.column(0).as_string::<i32>().iter().all(|word| word == Some("TRAINING")));
            back.remove_column(0);
        }
        let without_nan = |batch: &RecordBatch| batch.project(&[0, 1, 2, 3, 4]).unwrap();
        assert_eq!(without_nan(&back), without_nan(&rows()));
        assert!(
            back.column(5).as_primitive::<arrow::datatypes::Float64Type>().value(1).is_nan()
                && back.column(5).len() == 2
        );
    }
}

#[test]
fn no_rows_still_have_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    let ui = Ui::new(false);
    let schema: SchemaRef = rows().schema();
    for (format, name) in [(Format::Csv, "a"), (Format::Json, "b"), (Format::Table, "c"), (Format::Parquet, "d")] {
        let output = Output { format, out: Some(folder.path().join(name)), overwrite: false };
        sink(&ui, &output, "records", &schema, &[]).unwrap().finish().unwrap();
    }
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(text("a"), "row,number,text,at,yes,share\n");
    assert_eq!(text("b"), "{\"view\":\"records\",\"rows\":[\n]}\n");
    assert_eq!(text("c"), "row  number  text  at  yes  share\n");
}

#[test]
fn a_file_is_not_replaced_unless_asked_and_not_left_half() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    fs::write(&path, "kept").unwrap();
    let ui = Ui::new(false);
    let schema = rows().schema();
    let refused =
        sink(&ui, &Output { format: Format::Csv, out: Some(path.clone()), overwrite: false }, "v", &schema, &[]);
    let Err(Stop::Problem(problem)) = refused else { panic!("replaced") };
    assert!(problem.hint.unwrap().contains("--overwrite"));
    let output = Output { format: Format::Csv, out: Some(path.clone()), overwrite: true };
    drop(sink(&ui, &output, "v", &schema, &[]).unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept", "an output that was not finished changes nothing");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    sink(&ui, &output, "v", &schema, &[]).unwrap().finish().unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("row,"));
}

#[test]
fn pages_of_a_long_table_lose_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows");
    let rows: ArrayRef = Arc::new(UInt64Array::from_iter_values(0..1234));
    let batch = RecordBatch::try_from_iter([("row", rows)]).unwrap();
    let output = Output { format: Format::Table, out: Some(path.clone()), overwrite: false };
    let mut sink = sink(&Ui::new(false), &output, "v", &batch.schema(), &[]).unwrap();
    sink.write(&batch).unwrap();
    sink.finish().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let numbers: Vec<u64> = text.lines().filter_map(|line| line.trim().parse().ok()).collect();
    assert_eq!(numbers, (0..1234).collect::<Vec<_>>());
}
