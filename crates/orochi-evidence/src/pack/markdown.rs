//! Markdown of the shipped statements and validation pages, as blocks a template sets. Only what those pages use.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::Serialize;

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Span {
    pub text: String,
    pub code: bool,
    pub strong: bool,
    pub emph: bool,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Block {
    Heading {
        level: u8,
        spans: Vec<Span>,
    },
    Paragraph {
        spans: Vec<Span>,
    },
    List {
        items: Vec<Vec<Span>>,
    },
    Code {
        text: String,
    },
    /// Cells of rows are plain text, so that a table of many stays quick to set.
    Table {
        header: Vec<Vec<Span>>,
        rows: Vec<Vec<String>>,
    },
}

/// The part of a page under a second-level heading.
pub(super) fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let start = page.find(&format!("\n## {heading}\n"))? + heading.len() + 5;
    let rest = page.get(start..)?;
    Some(rest.find("\n## ").and_then(|end| rest.get(..end)).unwrap_or(rest))
}

/// The blocks of a page.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    let (mut strong, mut emph, mut image) = (false, false, false);
    let (mut items, mut depth): (Vec<Vec<Span>>, usize) = (Vec::new(), 0);
    let mut code: Option<String> = None;
    let (mut header, mut rows, mut cells): (Vec<Vec<Span>>, Vec<Vec<String>>, Vec<String>) = Default::default();
    let mut in_head = false;
    let put = |spans: &mut Vec<Span>, text: &str, code: bool, strong: bool, emph: bool| {
        spans.push(Span { text: text.to_owned(), code, strong, emph });
    };
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Strong) => strong = true,
            Event::End(TagEnd::Strong) => strong = false,
            Event::Start(Tag::Emphasis) => emph = true,
            Event::End(TagEnd::Emphasis) => emph = false,
            Event::Start(Tag::Image { .. }) => image = true,
            Event::End(TagEnd::Image) => image = false,
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => all.extend(code.take().map(|text| Block::Code { text })),
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    all.push(Block::List { items: std::mem::take(&mut items) });
                }
            }
            Event::End(TagEnd::Item) if !spans.is_empty() => items.push(std::mem::take(&mut spans)),
            // Paragraphs inside a list's item are part of it.
            Event::End(TagEnd::Paragraph) if depth == 0 && !spans.is_empty() => {
                all.push(Block::Paragraph { spans: std::mem::take(&mut spans) });
            }
            Event::Start(Tag::Heading { .. }) => spans.clear(),
            Event::End(TagEnd::Heading(level)) => {
                all.push(Block::Heading { level: rank(level), spans: std::mem::take(&mut spans) });
            }
            Event::Start(Tag::TableHead) => in_head = true,
            Event::End(TagEnd::TableHead) => in_head = false,
            Event::End(TagEnd::TableCell) => {
                let cell = std::mem::take(&mut spans);
                if in_head {
                    header.push(cell);
                } else {
                    cells.push(cell.iter().map(|span| span.text.as_str()).collect());
                }
            }
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut cells)),
            Event::End(TagEnd::Table) => {
                all.push(Block::Table { header: std::mem::take(&mut header), rows: std::mem::take(&mut rows) });
            }
            Event::Text(text) => match &mut code {
                Some(code) => code.push_str(&text),
                // The words that stand for a picture are those for who cannot see it; the
                // picture is not in the document.
                None if image => put(&mut spans, &format!("(chart in the documentation: {text})"), false, strong, emph),
                None => put(&mut spans, &text, false, strong, emph),
            },
            Event::Code(text) => put(&mut spans, &text, true, strong, emph),
            Event::SoftBreak | Event::HardBreak => put(&mut spans, " ", false, strong, emph),
            _ => {}
        }
    }
    all
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_blocks() {
        let page = "# Title\n\nSome *soft* and **hard** `code`\nwords.\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n\
                    | 1 | `2` |\n";
        let all = blocks(page);
        assert!(matches!(&all[0], Block::Heading { level: 1, spans } if spans[0].text == "Title"));
        assert!(matches!(&all[1], Block::Paragraph { spans } if spans.iter().any(|s| s.strong && s.text == "hard")));
        assert!(matches!(&all[2], Block::List { items } if items.len() == 2));
        assert!(matches!(&all[3], Block::Table { header, rows } if header.len() == 2 && rows == &[["1", "2"]]));
    }

    #[test]
    fn a_section_ends_at_the_next() {
        let page = "# T\n\n## A\nx\n\n## B\ny\n";
        assert_eq!(section(page, "A"), Some("x\n"));
        assert_eq!(section(page, "B"), Some("y\n"));
        assert_eq!(section(page, "C"), None);
    }
}
