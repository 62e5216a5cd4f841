//! Document 7, *customer-message list*: numbers to which a message that offers treatment may go when the line is
//! closed, with safeguards.

use std::collections::BTreeSet;

use orochi_model::problem::Problem;
use serde::Serialize;

use super::{
    Document,
    attribution::referrals,
    bursts::bulk_texts,
    document::Printer,
    folder::{Folder, file},
    profile::absent,
    text::{clean, moment, row},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "messages.typ", text: include_str!("templates/messages.typ") };

#[derive(Serialize)]
struct MessagesBody {
    missing: Vec<String>,
    listed: Vec<Vec<String>>,
    left_out: Vec<(String, &'static str)>,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let study = press.study;
    let base = bulk_texts(study, study.burst_rule()).base;
    let referred: BTreeSet<String> = referrals(study)?.into_iter().map(|one| one.number).collect();
    let works: BTreeSet<&str> = study
        .roles()?
        .findings
        .iter()
        .filter(|one| one.role.works() && study.is_line(Some(&one.line)))
        .map(|one| one.number.as_str())
        .collect();
    let (mut listed, mut left_out) = (Vec::new(), Vec::new());
    for member in &base {
        let number = clean(member.number);
        if referred.contains(member.number) {
            left_out
                .push((number, "a safeguarding referral is suggested: the people responsible for safeguarding decide"));
        } else if works.contains(member.number) {
            left_out.push((number, "may work for the line: a message could warn or endanger people"));
        } else {
            listed.push(vec![
                number,
                moment(member.first.start)?.date,
                member.bursts.to_string(),
                member.days.to_string(),
                member.first.records.first().map(|record| row(&record.row)).unwrap_or_default(),
            ]);
        }
    }
    listed.sort();
    let mut missing = Vec::new();
    if study.events().is_empty() {
        missing.push(absent(study)?);
    } else if base.is_empty() {
        missing.push(
            "No burst of texts sent by the line was found, so nobody is known to have received one; the list is empty."
                .to_owned(),
        );
    }
    let rows = listed.len();
    let mut made = file(Document::Messages, "7-customer-message-list.pdf");
    (made.missing, made.rows) = (missing.clone(), Some(rows));
    press.add(folder, TEMPLATE, made, &MessagesBody { missing, listed, left_out })
}
