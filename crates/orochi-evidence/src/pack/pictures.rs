//! Pages as pictures: documents with made-up data, and every document of the demo's line, set, printed and compared
//! with pictures that somebody looked at.
//!
//! After a change of the house style: `OROCHI_WRITE_DOCS=1 cargo test --workspace -- pictures`, then look at
//! `crates/orochi-evidence/tests/pictures/`.

use std::path::Path;

use orochi_analysis::{quantity, settings::Settable};
use orochi_case::{AddOptions, Case, Engine, EngineOptions};
use orochi_casework::{Inputs, Investigation, SettingsBook, Silence};
use orochi_layout::Library;
use serde_json::{Value, json};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use super::{
    Document, Folder, Stamp, Study, print,
    typeset::{self, Marks, Template},
};

fn stamp() -> Value {
    json!({
        "case": "Op Heron", "reference": "URN/2025/17", "training": true, "marking": "TRAINING", "tool": "orochi 0.1.0",
        "head": "7:00ff", "as_of": "Mon 3 Mar 2025 09:00:00 GMT, the last entry of the audit log"
    })
}

fn with(body: Value) -> Value {
    let mut all = json!({
        "stamp": stamp(),
        "cover": { "line": "+447700900222", "period": "all the data held",
            "made_from": "12 communications of the line in 1 exhibit: EX0001" }
    });
    if let (Value::Object(all), Value::Object(body)) = (&mut all, body) {
        all.extend(body);
    }
    all
}

/// A page as a PNG, half a pixel a point.
fn picture(document: &PagedDocument, page: usize) -> Vec<u8> {
    let options = RenderOptions { pixel_per_pt: typst::utils::Scalar::new(0.5), ..RenderOptions::default() };
    typst_render::render(&document.pages()[page], &options).encode_png().unwrap()
}

/// Sets a page, checks that it is an accessible PDF without a clock, and compares the picture of one page.
fn looks(template: Template, data: &Value, page: usize, name: &str) {
    let document = typeset::set(template, data).unwrap();
    let marks = Marks { ident: name, creator: "orochi", as_of: Some(1_741_000_000) };
    let first = typeset::pdf(template, &document, marks).unwrap();
    assert_eq!(first, typeset::pdf(template, &document, marks).unwrap(), "the same pages give the same bytes");
    compare(&picture(&document, page), name);
}

/// Compares a picture with the one that is kept.
fn compare(picture: &[u8], name: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name);
    if std::env::var_os("OROCHI_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, picture).unwrap();
    }
    assert!(
        std::fs::read(&place).is_ok_and(|kept| kept == picture),
        "{name} looks different; see the head of this file"
    );
}

#[test]
fn pictures_of_an_attribution_schedule() {
    let side = |strand: &str, text: &str| json!({ "strand": strand, "text": text, "rows": "EX0001:7, EX0002:12" });
    let data = with(json!({
        "missing": [], "h1": "one person carried both phones in this period", "h2": "two different people carried the \
         phones",
        "method": "attribution 1", "model": "made up", "compared": "3 numbers were compared.",
        "referrals": [{ "number": "+447700900333", "words": "Signs of exploitation.", "for": [], "against": [] }],
        "spells": [{
            "title": "Spell 1", "bounds": "It begins on Monday.", "words": "The registrations go together.",
            "candidates": [{
                "number": "+447700900333", "ratio": "about 9.1", "bound": "no further from 1 than about 102",
                "verbal": "weak support",
                "agree": 6, "conflict": 2, "protect": true,
                "for": [side("co-location", "On 6 of 8 occasions the cells go together.")],
                "against": [
                    side("co-location", "On 2 of 8 occasions the cells conflict."),
                    side("contacts", "None is shared."),
                ]
            }]
        }],
        "scale": [["below 2", "supports neither"]], "scale_source": "ENFSI", "validation": []
    }));
    let template = Template { name: "attribution.typ", text: include_str!("templates/attribution.typ") };
    looks(template, &data, 0, "attribution-1.png");
}

#[test]
fn pictures_of_a_cell_map() {
    let wedge = json!([
        [0.5, 0.5],
        [0.46, 0.46],
        [0.48, 0.45],
        [0.5, 0.44],
        [0.52, 0.45],
        [0.53, 0.455],
        [0.535, 0.46],
        [0.54, 0.46]
    ]);
    let data = with(json!({
        "missing": [], "unplaced": 0, "cells": [["1", "LTE/234-30-1", "Church Hill", "TL 87 83", "0°", "3", "0", "Mon",
            "Tue", "EX0001:7", "EX0002:3"]],
        "maps": [{
            "title": "All cells with a known position", "alt": "One sector.",
            "land": [[[0.0, 0.0], [0.8, 0.0], [0.7, 0.6], [0.9, 1.0], [0.0, 1.0]]],
            "names": [
                { "name": "Thetford", "x": 0.55, "y": 0.55, "large": false },
                { "name": "Norwich", "x": 0.3, "y": 0.15, "large": true }
            ],
            "grid": [{ "upright": true, "at": 0.25, "label": "580 km E" },
            { "upright": false, "at": 0.4, "label": "280 km N" }],
            "sectors": [
                { "label": "1", "x": 0.5, "y": 0.5, "wedge": wedge, "at": true, "before": false },
                { "label": "2", "x": 0.3, "y": 0.7, "wedge": [], "at": false, "before": true }
            ],
            "scale": [0.25, "5 km"]
        }]
    }));
    let template = Template { name: "maps.typ", text: include_str!("templates/maps.typ") };
    looks(template, &data, 1, "map-2.png");
}

/// The demo's line and three of its customers as a case.
pub(super) struct Demo {
    engine: Engine,
    case: Case,
    dir: tempfile::TempDir,
}

impl Demo {
    /// Made anew.
    pub(super) fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let case = Case::create(&dir.path().join("case"), "Thetford demo", "DEMO/2025", true).unwrap();
        let library = Library::open(None).unwrap();
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/data");
        for file in ["cells.csv", "customer-1.csv", "customer-2.csv", "customer-3.csv", "new-line-call-data.csv"] {
            let options =
                AddOptions { library: &library, threads: 2, progress: &|_, _| {}, target: None, exhibit_label: None };
            orochi_case::add(&case, &demo.join(file), &options).unwrap();
        }
        let engine = Engine::open(&case, &EngineOptions::default()).unwrap();
        Self { dir, case, engine }
    }

    /// Its methods, with the shipped model.
    pub(super) fn investigation(&self, book: SettingsBook) -> Investigation<'_> {
        Investigation::new(&self.case, &self.engine, Inputs::new(book).unwrap(), &Silence)
    }
}

/// The demo's line in its first two days, every document of it. More than 20 seconds where libraries are not optimised:
/// it sets and paints all pages of all documents, which no smaller case has.
#[test]
fn pictures_of_every_document_of_the_demo() {
    let demo = Demo::open();
    let instant = |text: &str| Some(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
    let period = (instant("2025-02-17T00:00:00Z"), instant("2025-02-19T00:00:00Z"));
    let figures = [("daily_grams", 0.4), ("deals", 2.0), ("deal_grams", 0.15), ("gram_price", 80.0), ("draws", 500.0)];
    let mut book = SettingsBook::default();
    figures.iter().for_each(|(name, value)| book.quantity.set_value(name, *value));
    let investigation = demo.investigation(book);
    let mut study = Study::from_investigation(&investigation, &["+447700900222".to_owned()], period).unwrap();
    let asked = quantity::QuantityRequest {
        numbers: study.numbers.iter().map(|one| one.number.clone()).collect(),
        associates: Vec::new(),
        periods: Vec::new(),
        sources: figures.iter().map(|(name, _)| ((*name).to_owned(), "made up".to_owned())).collect(),
        no_sensitivity: false,
    };
    study.quantity =
        Some(quantity::quantity(&demo.engine, &investigation.book().quantity, study.burst_rule(), &asked).unwrap());
    study.read().unwrap();
    // What differs from run to run stands in the stamp.
    let stamp = Stamp {
        case: "Thetford demo".into(),
        reference: "DEMO/2025".into(),
        training: true,
        marking: "TRAINING",
        tool: "orochi",
        head: "7:00ff".into(),
        as_of: "Mon 3 Mar 2025 09:00:00 GMT, the last entry of the audit log".into(),
        as_of_second: Some(1_741_000_000),
    };
    let mut folder = Folder::new(&demo.dir.path().join("pack")).unwrap();
    print(&study, &stamp, Document::ALL, &mut folder).unwrap();
    assert_eq!(folder.documents.len(), 10, "every document but the workbook; one comes in two parts");
    for (file, document) in &folder.documents {
        let stem = file.trim_end_matches(".pdf");
        for page in 0..document.pages().len().min(2) {
            compare(&picture(document, page), &format!("demo-{stem}-{}.png", page + 1));
        }
    }
}
