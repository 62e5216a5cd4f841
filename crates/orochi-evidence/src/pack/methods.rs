//! Document 8, *method statements*: what each method does, on what it rests, its settings and
//! version, how it did, its limits.

use orochi_analysis::{
    attribution, colocation, events, lines, presences, quantity, roles, settings::Settable, succession, tenancies,
};
use orochi_model::{
    method::{Method, Setting},
    problem::Problem,
};
use serde::Serialize;

use super::{
    Document,
    folder::{Folder, file},
    markdown::{Block, blocks},
    sheet::Press,
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "methods.typ", text: include_str!("templates/methods.typ") };

#[derive(Serialize)]
struct Body {
    methods: Vec<One>,
}

#[derive(Serialize)]
struct One {
    name: &'static str,
    version: &'static str,
    statement: Vec<Block>,
    settings: Vec<[String; 5]>,
    validation: Vec<Block>,
}

/// Makes it.
pub(super) fn make(press: &Press<'_>, folder: &mut Folder) -> Result<(), Problem> {
    press.add(folder, TEMPLATE, file(Document::Methods, "8-method-statements.pdf"), &Body { methods: all() })
}

fn all() -> Vec<One> {
    vec![
        one(
            events::METHOD,
            include_str!("../../../../docs/methods/events.md"),
            events::Settings::default().list(),
            None,
        ),
        one(presences::METHOD, include_str!("../../../../docs/methods/presences.md"), Vec::new(), None),
        one(tenancies::METHOD, include_str!("../../../../docs/methods/tenancies.md"), Vec::new(), None),
        one(
            lines::METHOD,
            include_str!("../../../../docs/methods/lines.md"),
            lines::Settings::default().list(),
            Some(include_str!("../../../../docs/validation/lines.md")),
        ),
        one(
            succession::METHOD,
            include_str!("../../../../docs/methods/succession.md"),
            succession::Settings::default().list(),
            Some(include_str!("../../../../docs/validation/succession.md")),
        ),
        one(
            colocation::METHOD,
            include_str!("../../../../docs/methods/colocate.md"),
            colocation::Settings::default().list(),
            Some(include_str!("../../../../docs/validation/colocate.md")),
        ),
        one(
            attribution::METHOD,
            include_str!("../../../../docs/methods/attribute.md"),
            attribution::Settings::default().list(),
            Some(include_str!("../../../../docs/validation/attribute.md")),
        ),
        one(roles::METHOD, include_str!("../../../../docs/methods/roles.md"), roles::Settings::default().list(), None),
        // The figures entered and their sources are in document 5; these are the thresholds as they come.
        one(
            quantity::METHOD,
            include_str!("../../../../docs/methods/quantity.md"),
            quantity::Settings::default().list(),
            Some(include_str!("../../../../docs/validation/quantity.md")),
        ),
    ]
}

fn one(method: Method, statement: &str, settings: Vec<Setting>, validation: Option<&str>) -> One {
    // The title is given by the document.
    let body = |page: &str| {
        let mut all = blocks(page);
        if matches!(all.first(), Some(Block::Heading { level: 1, .. })) {
            all.remove(0);
        }
        all
    };
    let plain = |value: f64| value.to_string();
    One {
        name: method.name,
        version: method.version,
        statement: body(statement),
        settings: settings
            .iter()
            .map(|one| {
                [
                    one.name.to_owned(),
                    format!("{} {}", plain(one.value), one.unit),
                    format!("{} to {}", plain(one.range.0), plain(one.range.1)),
                    one.source.to_owned(),
                    one.help.to_owned(),
                ]
            })
            .collect(),
        validation: validation.map(body).unwrap_or_default(),
    }
}
