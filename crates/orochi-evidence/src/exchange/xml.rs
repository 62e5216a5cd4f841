//! XML written element by element; texts of native files may hold characters that XML forbids, which become U+FFFD.

use std::io::Write;

use orochi_model::problem::Problem;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::atomic_output::unwritten;

/// A document on its way out.
pub(crate) struct Xml<'a>(Writer<&'a mut dyn Write>);

/// Text that XML 1.0 can hold.
fn legal(text: &str) -> String {
    text.chars()
        .map(|c| {
            if (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}') {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

impl<'a> Xml<'a> {
    /// Begins a document.
    pub(crate) fn begin(out: &'a mut dyn Write) -> Result<Self, Problem> {
        let mut xml = Self(Writer::new_with_indent(out, b' ', 1));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(xml)
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), Problem> {
        self.0.write_event(event).map_err(unwritten)
    }

    fn tag<'b>(name: &'b str, attributes: &[(&str, &str)]) -> BytesStart<'b> {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((*key, legal(value).as_str()));
        }
        start
    }

    /// `<name …>`
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), Problem> {
        self.event(Event::Start(Self::tag(name, attributes)))
    }

    /// `</name>`
    pub(crate) fn close(&mut self, name: &str) -> Result<(), Problem> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// `<name …/>`
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), Problem> {
        self.event(Event::Empty(Self::tag(name, attributes)))
    }

    /// `<name …>text</name>`
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Result<(), Problem> {
        self.open(name, attributes)?;
        self.event(Event::Text(BytesText::new(&legal(text))))?;
        self.close(name)
    }

    /// A line end, and all out.
    pub(crate) fn end(mut self) -> Result<(), Problem> {
        let out = self.0.get_mut();
        out.write_all(b"\n").and_then(|()| out.flush()).map_err(unwritten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_does_not_get_into_it() {
        let mut out: Vec<u8> = Vec::new();
        let mut xml = Xml::begin(&mut out).unwrap();
        xml.leaf("name", &[("of", "a\u{1}<\"&")], "x\u{0}<b>&").unwrap();
        xml.end().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.ends_with("<name of=\"a\u{fffd}&lt;&quot;&amp;\">x\u{fffd}&lt;b&gt;&amp;</name>\n"), "{text}");
    }
}
