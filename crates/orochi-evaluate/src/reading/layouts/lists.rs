//! What tables that are not communications have in common.

use crate::reading::{
    draft::{Column, Draft, DraftLine, Fact, InstantPart, Moment, Role, Zone},
    form::Form,
};

pub(super) const FROM: Role = Role::Moment(Moment::From, InstantPart::Whole);
pub(super) const TO: Role = Role::Moment(Moment::To, InstantPart::Whole);
pub(super) const DAY: i64 = 86_400;

/// A list's table, columns and whether it is read by its headings alone.
pub(super) struct ListPlan {
    pub(super) table: &'static str,
    pub(super) free: bool,
    pub(super) zone: Zone,
    pub(super) columns: &'static [(&'static str, Role)],
}

pub(super) fn empty(plan: &ListPlan) -> Draft {
    Draft {
        layout: "",
        table: plan.table,
        free: plan.free,
        headed: plan.columns.iter().any(|(heading, _)| !heading.is_empty()),
        zone: plan.zone,
        above: Vec::new(),
        columns: Column::all(plan.columns),
        lines: Vec::new(),
        facts: Vec::new(),
        form: Form::text(),
        subject: None,
        refusable: None,
        repeated: false,
    }
}

/// Adds a row: the text of each column by its role, and the fact.
pub(super) fn push(draft: &mut Draft, fact: Fact, text: impl Fn(Role) -> String) {
    let cells = draft
        .columns
        .iter()
        .map(|column| match column.role {
            Role::Words(words) => words.to_owned(),
            role => text(role),
        })
        .collect();
    draft.lines.push(DraftLine { cells, fact: Some(draft.facts.len()) });
    draft.facts.push(fact);
}
