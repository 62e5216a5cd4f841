//! The document in `docs/validation/` shows the figures that are kept beside it, and nothing else.

use std::path::Path;

use orochi_evaluate::{
    applications,
    report::{document, tables},
    summary::Summary,
};

#[test]
fn figures_of_the_validation_are_those_kept_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation");
    let text = std::fs::read_to_string(folder.join("lines.md")).unwrap();
    assert!(document::filled(&text, "").is_some(), "the markers are missing");
    match std::fs::read_to_string(folder.join("lines.json")) {
        Ok(kept) => {
            let summary: Summary = serde_json::from_str(&kept).unwrap();
            assert!(
                text.contains(&tables::tables(&summary)),
                "write the figures by the command that stands above them"
            );
        }
        Err(_) => assert!(text.contains("No study has been run yet.")),
    }
}

#[test]
fn figures_of_applications_are_those_kept_beside_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation");
    let text = std::fs::read_to_string(folder.join("next.md")).unwrap();
    assert!(document::filled(&text, "").is_some(), "the markers are missing");
    match std::fs::read_to_string(folder.join("next.json")) {
        Ok(kept) => {
            let figures = serde_json::from_str(&kept).unwrap();
            assert!(
                text.contains(&applications::tables::tables(&figures)),
                "write the figures by the command that stands above them"
            );
        }
        Err(_) => assert!(text.contains("No study has been run yet.")),
    }
}
