//! The document in `docs/validation/` shows the figures that are kept beside it, and nothing else.

use std::path::Path;

use orochi_evaluate::{
    applications,
    report::{document, tables},
    summary::Summary,
};

/// The figures in `NAME.md` are those that `tables` makes of what is kept in `NAME.json`.
fn kept_beside(name: &str, tables: impl Fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation");
    let text = std::fs::read_to_string(folder.join(name).with_extension("md")).unwrap();
    assert!(document::filled(&text, "").is_some(), "the markers are missing");
    match std::fs::read_to_string(folder.join(name).with_extension("json")) {
        Ok(kept) => {
            assert!(text.contains(&tables(&kept)), "write the figures by the command that stands above them");
        }
        Err(_) => assert!(text.contains("No study has been run yet.")),
    }
}

#[test]
fn figures_of_the_validation_are_those_kept_beside_it() {
    kept_beside("lines", |kept| tables::tables(&serde_json::from_str::<Summary>(kept).unwrap()));
}

#[test]
fn figures_of_applications_are_those_kept_beside_them() {
    kept_beside("applications", |kept| applications::tables::tables(&serde_json::from_str(kept).unwrap()));
}
