//! Typst as a library: a template and its data in, a document out.
//!
//! What may surprise:
//! - Nothing a user or an operator wrote is ever markup: it reaches a template as JSON
//!   (`data.json`) and is set as text.
//! - There is no clock and no file system: the world holds the templates, the data and the
//!   embedded fonts, nothing else.
//! - Fonts are read once in a process; they are Typst's own embedded ones, so that every machine sets the same pages.

use std::sync::LazyLock;

use orochi_model::problem::Problem;
use serde::Serialize;
use typst::{
    Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    layout::{Abs, Frame, FrameItem},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook, FontInstance, FontVariant, FontVariations},
    utils::LazyHash,
};
use typst_kit::fonts::{FontStore, embedded};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(embedded());
    fonts
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// The house style and how prose is set, for every template to import.
const SHARED: [(&str, &str); 2] =
    [("theme.typ", include_str!("templates/theme.typ")), ("prose.typ", include_str!("templates/prose.typ"))];

/// Name of a template's data in its world.
const DATA: &str = "data.json";

/// A document's template: its name for messages, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Name, as a file: `profile.typ`.
    pub name: &'static str,
    /// Typst source; imports `theme.typ` and reads `data.json`.
    pub text: &'static str,
}

/// The font that running text is set in, in a size in points.
pub fn text_font(size: f64) -> Option<FontInstance> {
    let variant = FontVariant::default();
    let font = FONTS.font(FONTS.book().select("libertinus serif", variant)?)?;
    Some(font.instantiate(variant, Abs::pt(size), &FontVariations::default()))
}

struct Room {
    main: Source,
    shared: Vec<Source>,
    data: (FileId, Bytes),
}

fn id(path: &str) -> Result<FileId, Problem> {
    let path = VirtualPath::new(path).map_err(|error| Problem::bug("a template has no such name").because(error))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        std::iter::once(&self.main)
            .chain(&self.shared)
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(missing(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Sets a document's pages.
///
/// # Errors
/// Bug kind: a template and its data come from this program.
pub fn set(template: Template, data: &impl Serialize) -> Result<PagedDocument, Problem> {
    let json =
        serde_json::to_vec(data).map_err(|error| Problem::bug("a document's data is not JSON").because(error))?;
    let room = Room {
        main: Source::new(id(template.name)?, template.text.to_owned()),
        shared: SHARED
            .iter()
            .map(|(name, text)| Ok(Source::new(id(name)?, (*text).to_owned())))
            .collect::<Result<_, Problem>>()?,
        data: (id(DATA)?, Bytes::new(json)),
    };
    let result = typst::compile::<PagedDocument>(&room).output;
    result.map_err(|errors| broken(&room, template.name, "typeset", &errors))
}

/// What goes into a PDF beside its pages.
#[derive(Clone, Copy, Debug)]
pub struct Marks<'a> {
    /// What tells this document from every other one; the same for the same content.
    pub ident: &'a str,
    /// Program and version.
    pub creator: &'a str,
    /// Seconds since 1970, UTC: the case's last action, never the clock.
    pub as_of: Option<i64>,
}

/// A tagged PDF that keeps to PDF/UA-1, fonts embedded.
///
/// # Errors
/// Bug kind, with what PDF/UA asks for and the template does not give.
pub fn pdf(template: Template, document: &PagedDocument, marks: Marks<'_>) -> Result<Vec<u8>, Problem> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| Problem::bug("PDF/UA-1 cannot be requested").because(error.message()))?;
    let options = PdfOptions {
        ident: Smart::Custom(marks.ident.to_owned()),
        creator: Smart::Custom(Some(marks.creator.to_owned())),
        timestamp: marks.as_of.and_then(datetime).map(Timestamp::new_utc),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(document, &options).map_err(|errors| {
        let words: Vec<String> = errors.iter().map(error_text).collect();
        Problem::bug(format!("the document {} cannot be written as an accessible PDF", template.name))
            .because(words.join("; "))
    })
}

fn datetime(second: i64) -> Option<Datetime> {
    let at = jiff::Timestamp::from_second(second).ok()?.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        at.year().into(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

/// Frees what Typst remembers between documents. Called when a document is done, so that a long pack does not grow.
pub fn forget() {
    typst::comemo::evict(0);
}

/// The words of a document in the order of its pages, as a reader sees them.
pub fn text(document: &PagedDocument) -> String {
    let mut words = String::new();
    for page in document.pages() {
        gather(&page.frame, &mut words);
        words.push('\n');
    }
    words
}

fn gather(frame: &Frame, words: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, words),
            FrameItem::Text(text) => {
                words.push_str(&text.text);
                words.push(' ');
            }
            _ => {}
        }
    }
}

fn error_text(error: &SourceDiagnostic) -> String {
    let hints: Vec<String> = error.hints.iter().map(|hint| hint.v.to_string()).collect();
    if hints.is_empty() { error.message.to_string() } else { format!("{} ({})", error.message, hints.join("; ")) }
}

fn broken(room: &Room, name: &str, what: &str, errors: &[SourceDiagnostic]) -> Problem {
    let place = |error: &SourceDiagnostic| {
        let source = room.source(error.span.id()?).ok()?;
        let before = source.text().get(..room.range(error.span)?.start)?;
        Some(format!("{} line {}: ", source.id().vpath().get_without_slash(), before.matches('\n').count() + 1))
    };
    let words: Vec<String> =
        errors.iter().map(|error| format!("{}{}", place(error).unwrap_or_default(), error_text(error))).collect();
    Problem::bug(format!("the document {name} cannot be {what}")).because(words.join("; "))
}
