//! Several folders: figures, tables, plots, weights.

use orochi_analysis::lines::LineWeights;
use orochi_evaluate::{
    condition::DataHeld, counts_cache::CountsCache, fit, report, seeds::Seeds, study::Plan, summary::Summary,
};

use crate::{folder, scoring::options};

fn folders(dir: &std::path::Path) -> Plan {
    let made: Vec<_> = ["one", "two"]
        .map(|name| {
            let path = dir.join(name);
            std::fs::create_dir(&path).unwrap();
            folder::area(&path);
            path
        })
        .into();
    Plan::new(&made, &Seeds(vec![1]), None, None).unwrap()
}

#[test]
fn a_study_is_counted_shown_and_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let plan = folders(dir.path());
    let head = plan.head(&options()).unwrap();
    let kept = CountsCache::open(&dir.path().join("kept"), plan.counting(&options())).unwrap();
    let rows = plan.score(Some(&kept), &options(), &|_| {}).unwrap();
    let again = plan.score(Some(&kept), &options(), &|step| panic!("nothing is left to do: {step}")).unwrap();

    let summary = Summary::from_rows(&head, &again);
    assert_eq!(summary, Summary::from_rows(&head, &rows));
    assert_eq!((summary.folders, summary.lines, summary.seeds.as_str()), (2, 4, "1"));
    let whole = summary.get(DataHeld::Everything, 14).unwrap();
    let found = whole.recall["broadcasting"];
    assert_eq!((found.count.with, found.count.of), (2, 2));
    assert!(found.low < 0.5 && found.high == 1.0, "two lines say little: {found:?}");
    assert!(!whole.recall.contains_key("quiet") || whole.recall["quiet"].count.of == 0);
    assert_eq!((whole.hardly_seen.lines, whole.hardly_seen.flagged), (2, 0));
    assert_eq!(whole.average_precision.value, Some(1.0));
    assert!(whole.cllr_min.value.unwrap() <= whole.cllr.value.unwrap());
    let top = summary.get(DataHeld::ThreeCustomers, 7).unwrap().top.unwrap();
    assert_eq!((top.first.count.with, top.first.count.of, top.unseen), (2, 2, 0));

    let tables = report::tables::tables(&summary);
    assert!(tables.starts_with("**SYNTHETIC") && tables.contains("| taxi |"), "{tables}");
    let document = dir.path().join("lines.md");
    let (begin, end) = (report::document::BEGIN, report::document::END);
    std::fs::write(&document, format!("# Lines\n{begin}\n{end}\n")).unwrap();
    let written = report::document::write(&document, &summary, "the command").unwrap();
    assert_eq!(written.len(), 6, "four plots, the summary, the document: {written:?}");
    for plot in written.iter().filter(|path| path.extension().unwrap() == "svg") {
        let svg = std::fs::read_to_string(plot).unwrap();
        assert!(svg.contains("SYNTHETIC") && svg.trim_end().ends_with("</svg>"), "{}", plot.display());
    }
    let text = std::fs::read_to_string(&document).unwrap();
    assert!(text.contains("the command") && text.contains("](lines-found.svg)"));
    let kept: Summary = serde_json::from_str(&std::fs::read_to_string(dir.path().join("lines.json")).unwrap()).unwrap();
    assert_eq!(report::tables::tables(&kept), tables);
}

#[test]
fn weights_are_fitted_and_find_what_they_were_fitted_to() {
    let dir = tempfile::tempdir().unwrap();
    let plan = folders(dir.path());
    let weights = plan.fit(None, &options(), &fit::FitOptions::default(), "the command", &|_| {}).unwrap();
    assert!(weights.made.how.starts_with("fitted to synthetic operations"), "{}", weights.made.how);
    assert_eq!(weights.made.command, "the command");
    let again = LineWeights::read(&weights.write().unwrap()).unwrap();
    let options = orochi_evaluate::conditions::LinesOptions { weights: again, ..options() };
    let rows = plan.score(None, &options, &|_| {}).unwrap();
    let summary = Summary::from_rows(&plan.head(&options).unwrap(), &rows);
    assert_eq!(summary.get(DataHeld::Everything, 14).unwrap().average_precision.value, Some(1.0));
}

#[test]
fn what_is_neither_folder_nor_scenario_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let seeds = Seeds(vec![1]);
    let refused = |path: &std::path::Path| Plan::new(&[path.to_path_buf()], &seeds, None, None).unwrap_err();
    let empty = refused(dir.path());
    assert!(empty.message.contains("no truth.json") && empty.hint.is_some(), "{empty}");
    assert!(refused(&dir.path().join("missing")).message.contains("neither a simulated folder nor a scenario"));
}
