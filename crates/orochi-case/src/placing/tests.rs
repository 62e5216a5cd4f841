use orochi_ingest::{
    pipeline::{Job, Taken},
    rows::Tally,
};
use orochi_layout::{Library, reading::FileReading};
use parquet::arrow::ArrowWriter;

use super::*;
use crate::{
    add::{AddOptions, add_with},
    case::Case,
    engine::EngineOptions,
    testing::Bench,
};

/// Stands in for ingest: writes one table, its columns made by name.
fn take(
    case: &Case,
    path: &Path,
    table: &'static str,
    rows: usize,
    column: &(dyn Fn(&str) -> Option<ArrayRef> + Sync),
) {
    let schema = schema::exhibit_tables().into_iter().find(|(name, _)| *name == table).unwrap().1;
    let ingest = |job: &Job<'_>| {
        let file = job.staging.join(format!("{table}.parquet"));
        let columns = schema.fields().iter().map(|field| {
            column(field.name()).unwrap_or_else(|| match field.name().as_str() {
                "row" => Arc::new(arrow::array::UInt64Array::from_iter_values(1..=rows as u64)),
                "omni" => Arc::new(arrow::array::BooleanArray::from(vec![false; rows])),
                _ => arrow::array::new_null_array(field.data_type(), rows),
            })
        });
        let batch = RecordBatch::try_new(schema.clone(), columns.collect()).unwrap();
        let mut writer = ArrowWriter::try_new(std::fs::File::create(&file).unwrap(), schema.clone(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        Ok(Taken {
            profile: "stand-in 1".to_owned(),
            tally: Tally { rows: rows as u64, records: rows as u64, ..Tally::default() },
            targets: Vec::new(),
            unmapped: Vec::new(),
            remarks: Vec::new(),
            reading: FileReading::from_sheets(Vec::new()),
            tables: vec![(table.to_owned(), file)],
            duplicates: 0,
            keys: None,
        })
    };
    let library = Library::default();
    let options = AddOptions { library: &library, threads: 1, progress: &|_, _| {}, target: None, exhibit_label: None };
    add_with(case, path, &options, &ingest).unwrap();
}

fn texts(values: &[Option<&str>]) -> Option<ArrayRef> {
    Some(Arc::new(StringArray::from(values.to_vec())))
}

fn numbers(values: &[Option<i32>]) -> Option<ArrayRef> {
    Some(Arc::new(Int32Array::from(values.to_vec())))
}

fn take_cells(case: &Case, bench: &Bench) {
    take(case, &bench.file("cells", "cells"), "cells", 4, &|name| match name {
        "origin" => texts(&[Some("list"); 4]),
        "cell" => texts(&[Some("LTE/234-30-1"), Some("LTE/234-30-2"), Some("LTE/234-30-3"), Some("LTE/234-30-4")]),
        "postcode" => texts(&[Some("nr305aa"), Some("NR30 5AA"), None, Some("ZZ9 9ZZ")]),
        // The second stands at its postcode's town; the third states no postcode.
        "easting" => numbers(&[None, Some(500_000), Some(652_000), None]),
        "northing" => numbers(&[None, Some(200_000), Some(308_000), None]),
        "placed_by" => texts(&[None, Some("grid"), Some("grid"), None]),
        _ => None,
    });
}

fn take_postcodes(case: &Case, bench: &Bench) {
    take(case, &bench.file("postcodes", "postcodes"), "postcodes", 2, &|name| match name {
        "postcode" => texts(&[Some("NR30 5AA"), Some("NR1 1AA")]),
        "easting" => numbers(&[Some(652_100), Some(624_073)]),
        "northing" => numbers(&[Some(308_100), Some(308_352)]),
        _ => None,
    });
}

/// Easting, whether it has degrees, what placed it, what is odd.
type Shown = (Option<i32>, bool, Option<String>, Option<String>);

fn cells(case: &Case) -> Vec<Shown> {
    let engine = Engine::open(case, &EngineOptions { memory_bytes: 32 << 20, threads: 2 }).unwrap();
    let columns = engine.query("SELECT * FROM cells").unwrap()[0].schema();
    let names: Vec<_> = columns.fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names[0], "exhibit");
    assert_eq!(names[1..], schema::cells().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>());
    let batch = &engine.query("SELECT easting, latitude, placed_by, doubt FROM cells ORDER BY cell").unwrap()[0];
    let (easting, latitude): (&Int32Array, &Float64Array) = (column(batch, 0).unwrap(), column(batch, 1).unwrap());
    let (by, doubt): (&StringArray, &StringArray) = (column(batch, 2).unwrap(), column(batch, 3).unwrap());
    let text = |array: &StringArray, at| array.is_valid(at).then(|| array.value(at).to_owned());
    (0..batch.num_rows())
        .map(|at| {
            let placed = latitude.is_valid(at) && (52.0..53.0).contains(&latitude.value(at));
            (easting.is_valid(at).then(|| easting.value(at)), placed, text(by, at), text(doubt, at))
        })
        .collect()
}

#[test]
fn cells_with_only_a_postcode_are_placed_once_postcodes_are_held_whichever_came_first() {
    for postcodes_first in [false, true] {
        let bench = Bench::new();
        let case = bench.training();
        if postcodes_first {
            take_postcodes(&case, &bench);
            take_cells(&case, &bench);
        } else {
            take_cells(&case, &bench);
            assert_eq!(cells(&case)[0], (None, false, None, None), "no postcodes yet");
            take_postcodes(&case, &bench);
        }
        let placed = cells(&case);
        assert_eq!(placed[0], (Some(652_100), true, Some("postcode".into()), None));
        assert_eq!((placed[1].0, placed[1].2.as_deref()), (Some(500_000), Some("grid")), "what is stated comes first");
        assert!(placed[1].3.as_ref().unwrap().contains("from its postcode"), "{:?}", placed[1].3);
        assert_eq!(placed[2], (Some(652_000), false, Some("grid".into()), None), "untouched without a postcode");
        assert_eq!(placed[3], (None, false, None, None), "a postcode nobody knows places nothing");

        // More records do not make it anew; the stored table is what came in.
        let derived = || crate::disk::read_folder(&case.dir().join("derived")).unwrap();
        let before = derived();
        crate::testing::take(&case, &bench.file("calls", "+1,+2,5\n")).unwrap();
        assert_eq!(cells(&case), placed);
        assert_eq!(derived(), before);
    }
}

#[test]
fn a_cell_of_unstated_generation_stands_where_the_only_list_that_knows_its_number_puts_it() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("calls", "calls"), "cells", 2, &|name| match name {
        "origin" => texts(&[Some("record"); 2]),
        "cell" => texts(&[Some("?/234-15-2101-2367"), Some("?/234-15-2101-9")]),
        _ => None,
    });
    take(&case, &bench.file("masts", "masts"), "cells", 4, &|name| match name {
        "origin" => texts(&[Some("list"); 4]),
        "cell" => texts(&[
            Some("GSM/234-15-2101-2367"),
            Some("GSM/234-15-2101-9"),
            Some("UMTS/234-15-2101-9"),
            Some("GSM/234-15-2101-1"),
        ]),
        "easting" => numbers(&[Some(652_100), Some(1), Some(2), Some(3)]),
        _ => None,
    });
    let engine = Engine::open(&case, &EngineOptions { memory_bytes: 32 << 20, threads: 2 }).unwrap();
    let select = "SELECT cell, easting FROM cells WHERE cell LIKE '?/%' AND easting IS NOT NULL ORDER BY cell";
    let mut found = Vec::new();
    for batch in engine.query(select).unwrap() {
        let (cell, easting): (&StringArray, &Int32Array) = (column(&batch, 0).unwrap(), column(&batch, 1).unwrap());
        found.extend((0..batch.num_rows()).map(|at| (cell.value(at).to_owned(), easting.value(at))));
    }
    assert_eq!(found, [("?/234-15-2101-2367".to_owned(), 652_100)], "the other number is of two generations");
}
