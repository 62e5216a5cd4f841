//! Investigations in the town by hand.

use orochi_evaluate::{
    applications::{
        figures::ApplicationsFigures,
        investigation::{Goal, Methods, Order, Played},
        operators::Operators,
        study::{investigate, rows},
        tables,
    },
    report::document::write_tables,
    report::document::{BEGIN, END},
    sandbox::Sandbox,
    seeds::Seeds,
    study::Plan,
    truth::Truth,
};

use crate::{folder, scoring::options};

/// 3 February 2025, midnight, in microseconds.
const FIRST: i64 = 1_738_540_800_000_000;
const DAY: i64 = 86_400_000_000;

#[test]
fn operators_answer_what_was_asked_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    folder::area(dir.path());
    let bench = Sandbox::open(dir.path(), 2).unwrap();
    let operators = Operators::open(&bench).unwrap();
    let mut holding = operators.nothing_held();
    let one = folder::person(0);
    let met = holding.call_data(&one, (FIRST, FIRST + 3 * DAY - 1)).unwrap();
    assert!(met.contains(folder::LINE) && !met.contains(folder::LATE), "{met:?}");
    let count = |sql: &str| {
        let mut rows = 0;
        let work = |tables: &dyn orochi_analysis::tables::Tables| {
            tables.stream(sql, &mut |batch| {
                rows += batch.num_rows();
                Ok(())
            })
        };
        holding.with(work).unwrap();
        rows
    };
    assert!(count("SELECT * FROM records") > 20);
    assert_eq!(count("SELECT * FROM records WHERE start >= TIMESTAMP '2025-02-06T00:00:00Z'"), 0);
    assert_eq!(count(&format!("SELECT * FROM records WHERE own <> '{one}'")), 0);
    assert_eq!(count("SELECT * FROM handsets"), 0);
    assert!(count("SELECT * FROM events WHERE sides IN ('A', 'B')") > 20, "each is seen from one side");
    let first = holding.most_in_contact().unwrap();
    assert_eq!(first[0], folder::LINE);
    assert!(!first.contains(&one));
    // A later answer about the same number is added to the first.
    let more = holding.call_data(&one, (FIRST + 13 * DAY, FIRST + 14 * DAY)).unwrap();
    assert!(more.contains(folder::LATE), "{more:?}");
    assert_eq!((holding.asked().count(), holding.numbers().count()), (2, 1));
}

#[test]
fn only_everything_of_everybody_can_answer() {
    let dir = tempfile::tempdir().unwrap();
    folder::disclosed(dir.path());
    let bench = Sandbox::open(dir.path(), 2).unwrap();
    let problem = Operators::open(&bench).unwrap_err();
    assert!(problem.message.contains("everybody's data in full") && problem.hint.is_some());
}

#[test]
fn an_investigation_is_played_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    folder::area(dir.path());
    let truth = Truth::read(dir.path()).unwrap();
    let played = investigate(dir.path(), &truth, &Methods::default(), 2, &|_| {}).unwrap();
    let orders: Vec<(&str, Order)> = played.iter().map(|one| (one.line.as_str(), one.order)).collect();
    assert_eq!(orders, [("L01", Order::Next), ("L01", Order::Contacts)]);
    let [next, contacts]: [Played; 2] = played.try_into().unwrap();
    assert_eq!((next.reached[&Goal::Known], next.reached[&Goal::Data]), (0, 1));
    assert_eq!((next.steps[0].identifier.as_str(), next.steps[0].kind.as_str()), (folder::LINE, "number of a line"));
    // Seventeen customers besides the three.
    assert_eq!((next.steps[0].new, next.steps[0].intruded), (17, 0));
    assert!(!next.reached.contains_key(&Goal::Holder), "nobody of the line is in contact with the holder");
    assert_eq!(contacts.reached[&Goal::Data], 1);
    assert!(contacts.steps.iter().all(|step| step.expected.is_none()));
}

#[test]
fn a_study_is_kept_and_shown() {
    let dir = tempfile::tempdir().unwrap();
    let (one, kept) = (dir.path().join("one"), dir.path().join("kept"));
    std::fs::create_dir(&one).unwrap();
    std::fs::create_dir(&kept).unwrap();
    folder::area(&one);
    let plan = Plan::new(&[one], &Seeds(vec![1]), None, None).unwrap();
    let methods = Methods::default();
    let first = rows(&plan, &methods, &options(), Some(&kept), &|_| {}).unwrap();
    let nothing_left = |step: &str| panic!("nothing is left to do: {step}");
    let again = rows(&plan, &methods, &options(), Some(&kept), &nothing_left).unwrap();
    assert_eq!(first, again);
    let figures = ApplicationsFigures::from_rows(&first).unwrap();
    assert_eq!(figures.orders[&Order::Next].groups["all"].lines, 1);
    let document = dir.path().join("applications.md");
    std::fs::write(&document, format!("# Next\n{BEGIN}\n{END}\n")).unwrap();
    assert_eq!(write_tables(&document, &tables::tables(&figures), &figures, "the command").unwrap().len(), 2);
    let text = std::fs::read_to_string(&document).unwrap();
    assert!(text.contains("the command") && text.contains("**SYNTHETIC"), "{text}");
    let read: ApplicationsFigures =
        serde_json::from_str(&std::fs::read_to_string(dir.path().join("applications.json")).unwrap()).unwrap();
    assert_eq!(tables::tables(&read), tables::tables(&figures));
}
