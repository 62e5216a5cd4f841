//! One case, one answer to who received a line's bulk texts: every method and every document takes the same set.

use std::collections::BTreeSet;

use orochi_analysis::{roles::Role, traffic::ContactGraph};
use orochi_case::{Case, Engine, EngineOptions};
use orochi_casework::{Inputs, Investigation, Question, SettingsBook, Silence};
use orochi_evidence::pack::Study;

use crate::room::Room;

/// Holds that `lines`, `quantity`, `applications`, `roles` and the pack agree on the customer base of each flagged line
/// of the case of a room, in which there is one.
pub fn on_customers(room: &Room, book: SettingsBook) {
    let case = Case::open(&room.work().join("case")).unwrap();
    let engine = Engine::open(&case, &EngineOptions::default()).unwrap();
    let rule = book.lines.burst_rule();
    let investigation = Investigation::new(&case, &engine, Inputs::new(book).unwrap(), &Silence);
    let lines = investigation.flagged_lines().unwrap();
    // `applications` counts as held what was applied for and is partly in; that must not change who got a burst.
    let authorities = case.authorities().unwrap();
    let applied: BTreeSet<&str> = authorities.iter().flat_map(|one| &one.identifiers).map(String::as_str).collect();
    let asked = ContactGraph::load(&engine, &applied).unwrap();
    let mut members = 0;
    for numbers in &lines {
        let base = investigation.customer_base(numbers).unwrap();
        members += base.len();
        let found = |role: Role| -> Vec<&String> {
            let report = investigation.roles().unwrap();
            let all = report.findings.iter().filter(|one| one.line == numbers[0] && one.role == role);
            all.map(|one| &one.number).collect()
        };
        assert_eq!(found(Role::Customer), base.iter().collect::<Vec<_>>(), "roles of {numbers:?}");
        assert!(found(Role::RepeatContact).iter().all(|number| !base.contains(number)), "one word for one thing");

        let quantity = investigation.quantity(numbers.clone(), &[], true).unwrap();
        let counted: BTreeSet<&String> = quantity.methods.customer_days.base.iter().map(|one| &one.number).collect();
        assert_eq!(counted, base.iter().collect(), "quantity of {numbers:?}");

        let study = Study::from_investigation(&investigation, numbers, (None, None)).unwrap();
        assert_eq!(study.customer_base(), base, "the documents of {numbers:?}");

        // What is asked of each number of the line by itself comes to the same.
        let mut each: BTreeSet<String> = BTreeSet::new();
        for finding in study.findings().unwrap() {
            let own = asked.customer_base(std::slice::from_ref(&finding.number), rule);
            assert_eq!(Some(own.len() as u32), finding.recipients, "lines and applications of {}", finding.number);
            each.extend(own);
        }
        each.retain(|number| !numbers.contains(number));
        assert_eq!(each.into_iter().collect::<Vec<_>>(), base, "the numbers of {numbers:?} together");
    }
    assert!(lines.len() >= 2 && members >= 20, "{lines:?}: {members} members of a customer base");
    investigation.answer(&Question::Applications).unwrap();
}
