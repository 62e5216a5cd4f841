//! Document 8, *method statements*: what each method does, on what it rests, its settings and
//! version, how it did, its limits.

use orochi_analysis::{
    attribution, colocation, events, lines, presences, quantity, roles, settings::Settable, succession, tenancies,
};
use orochi_casework::SettingsBook;
use orochi_model::{
    method::{Method, Setting},
    problem::Problem,
};
use serde::Serialize;

use super::{
    Document,
    document::Printer,
    folder::{Folder, file},
    markdown::{Block, blocks},
    typeset::Template,
};

const TEMPLATE: Template = Template { name: "methods.typ", text: include_str!("templates/methods.typ") };

#[derive(Serialize)]
struct MethodsBody {
    methods: Vec<MethodPage>,
}

#[derive(Serialize)]
struct MethodPage {
    name: &'static str,
    version: &'static str,
    statement: Vec<Block>,
    settings: Vec<[String; 5]>,
    validation: Vec<Block>,
}

/// Makes it.
pub(super) fn make(press: &Printer<'_, '_>, folder: &mut Folder) -> Result<(), Problem> {
    let body = MethodsBody { methods: all(press.study.investigation.book()) };
    press.add(folder, TEMPLATE, file(Document::Methods, "8-method-statements.pdf"), &body)
}

macro_rules! page {
    ($folder:literal, $name:literal) => {
        include_str!(concat!("../../../../docs/", $folder, "/", $name, ".md"))
    };
}

/// The methods that the documents rest on, each with its settings in this pack.
fn all(book: &SettingsBook) -> Vec<MethodPage> {
    vec![
        method_entry(events::METHOD, page!("methods", "events"), events::Settings::default().list(), None),
        method_entry(presences::METHOD, page!("methods", "presences"), Vec::new(), None),
        method_entry(tenancies::METHOD, page!("methods", "tenancies"), Vec::new(), None),
        method_entry(lines::METHOD, page!("methods", "lines"), book.lines.list(), Some(page!("validation", "lines"))),
        method_entry(
            succession::METHOD,
            page!("methods", "succession"),
            book.succession.list(),
            Some(page!("validation", "succession")),
        ),
        method_entry(
            colocation::METHOD,
            page!("methods", "colocation"),
            book.colocation.list(),
            Some(page!("validation", "colocation")),
        ),
        method_entry(
            attribution::METHOD,
            page!("methods", "attribution"),
            book.attribution.list(),
            Some(page!("validation", "attribution")),
        ),
        method_entry(roles::METHOD, page!("methods", "roles"), book.roles.list(), None),
        // The figures entered and their sources are in document 5; these are the thresholds as they come.
        method_entry(
            quantity::METHOD,
            page!("methods", "quantity"),
            quantity::Settings::default().list(),
            Some(page!("validation", "quantity")),
        ),
    ]
}

fn method_entry(method: Method, statement: &str, settings: Vec<Setting>, validation: Option<&str>) -> MethodPage {
    // The title is given by the document.
    let body = |page: &str| {
        let mut all = blocks(page);
        if matches!(all.first(), Some(Block::Heading { level: 1, .. })) {
            all.remove(0);
        }
        all
    };
    let plain = |value: f64| value.to_string();
    MethodPage {
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
