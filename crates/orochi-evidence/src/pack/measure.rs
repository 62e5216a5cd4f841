//! How many lines a text takes in a column, so that a table of many rows can be told its heights.
//!
//! Setting a row of a height that is not known takes twice the time: it is set once to be measured and once to stand.
//! What is worked out here is never too small: breaks at spaces only, where Typst knows more places, and every width a
//! little wider than the font says. A text that this cannot be said of (a letter from another font, a word wider than
//! its column) is left to be measured.

use typst::text::FontInstance;

use super::typeset;

/// How a table's text is set. Lengths are points.
#[derive(Clone, Debug)]
pub(super) struct Type {
    font: FontInstance,
    size: f64,
    /// Widths of the letters that nearly all texts are made of.
    ascii: [Option<f64>; 128],
    /// Between two lines.
    leading: f64,
    /// On each side of a cell, and above and below its text.
    inset: (f64, f64),
}

/// A little more than the font says: kerning moves letters apart as well.
const SLACK: f64 = 1.02;

impl Type {
    /// The house's text font in a size; `leading` in ems, as the template has it.
    pub(super) fn from_size(size: f64, leading: f64, inset: (f64, f64)) -> Option<Self> {
        let mut set =
            Self { font: typeset::text_font(size)?, size, ascii: [None; 128], leading: leading * size, inset };
        for code in 0..128_u8 {
            set.ascii[usize::from(code)] = set.looked_up(char::from(code));
        }
        Some(set)
    }

    /// The height of a row of cells, one a column; none where it has to be measured.
    pub(super) fn height(&self, cells: &[String], widths: &[f64]) -> Option<f64> {
        let mut most = 1;
        for (text, width) in cells.iter().zip(widths) {
            most = most.max(self.lines(text, width - 2.0 * self.inset.0)?);
        }
        let line = self.font.metrics().cap_height.get() * self.size;
        Some(2.0 * self.inset.1 + most as f64 * line + (most - 1) as f64 * self.leading)
    }

    /// Lines of a text in a width.
    fn lines(&self, text: &str, width: f64) -> Option<usize> {
        // Typst keeps spaces that stand side by side or at an end.
        if text.contains("  ") || text.trim_matches(' ') != text {
            return None;
        }
        let space = self.advance(' ')?;
        let (mut lines, mut used) = (1, 0.0);
        let mut rest = Some(text);
        while let Some(here) = rest {
            let (word, after) = word(here);
            rest = after;
            let long = word.chars().map(|c| self.advance(c)).sum::<Option<f64>>()?;
            if long > width {
                return None;
            }
            let with_space = if used > 0.0 { used + space + long } else { long };
            if with_space > width {
                lines += 1;
                used = long;
            } else {
                used = with_space;
            }
        }
        Some(lines)
    }

    fn advance(&self, c: char) -> Option<f64> {
        self.ascii.get(c as usize).copied().unwrap_or_else(|| self.looked_up(c))
    }

    /// A letter's width. Digits are set equally wide: as wide as the widest.
    fn looked_up(&self, c: char) -> Option<f64> {
        if c.is_control() {
            return None;
        }
        let of = |c: char| self.font.x_advance(self.font.ttf().glyph_index(c)?.0).map(|em| em.get());
        let em = if c.is_ascii_digit() {
            ('0'..='9').map(of).try_fold(0.0, |most: f64, em| Some(most.max(em?)))?
        } else {
            of(c)?
        };
        Some(em * self.size * SLACK)
    }
}

/// What is kept together at a text's beginning, and what follows the space after it. Not every space is a place to
/// break at: none before a closing mark and none after an opening one (Unicode Standard Annex 14, rules LB13 and LB14).
fn word(text: &str) -> (&str, Option<&str>) {
    for (at, _) in text.match_indices(' ') {
        let breaks = text[..at].ends_with(|c: char| c.is_alphanumeric() || ",;:.)".contains(c))
            && text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || "+(".contains(c));
        if breaks {
            return (&text[..at], Some(&text[at + 1..]));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::pack::typeset::Template;

    /// Sets texts in blocks of a width and has Typst say how high each is.
    fn measured(texts: &[String], width: f64) -> Vec<f64> {
        let template = Template {
            name: "measured.typ",
            text: r#"
#let data = json("data.json")
#set document(title: "x")
#set text(font: "Libertinus Serif", lang: "en", region: "GB", hyphenate: false, number-width: "tabular", size: 7pt)
#set par(justify: false, leading: 0.45em)
#context for t in data.texts [#calc.round(measure(block(width: data.width * 1pt, t)).height.pt(), digits: 4)~|]
"#,
        };
        let document = typeset::set(template, &json!({ "texts": texts, "width": width })).unwrap();
        let said: String = typeset::text(&document).split_whitespace().collect();
        said.split('|')
            .map(|part| part.trim_matches(|c: char| !c.is_ascii_digit()))
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().unwrap())
            .collect()
    }

    #[test]
    fn usual_rows_are_as_high_as_typst_sets_them() {
        let texts: Vec<String> = [
            "Mon 17 February 2025",
            "09:12:44 GMT",
            "+447700900222",
            "line: at or before: 234-10-1203-17, at its end 234-10-1203-19; to: 234-10-17-4",
            "Call (record does not say whether answered)",
            "EX0002:131, EX0006:2215086, EX0007/Calls:12, EX0011:5",
            "",
        ]
        .map(str::to_owned)
        .to_vec();
        let set = Type::from_size(7.0, 0.45, (0.0, 0.0)).unwrap();
        for width in [60.0, 107.0, 161.0] {
            for (text, height) in texts.iter().zip(measured(&texts, width)) {
                let told = set.height(std::slice::from_ref(text), &[width]).unwrap();
                assert!(text.is_empty() || (told - height).abs() < 0.01, "{text} in {width}: {told}, set {height}");
            }
        }
    }

    #[test]
    fn what_cannot_be_told_is_left_to_be_measured() {
        let set = Type::from_size(7.0, 0.45, (0.0, 0.0)).unwrap();
        for text in ["線路", "a\u{7}b", &"9".repeat(60)] {
            assert_eq!(set.height(&[text.to_owned()], &[100.0]), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_row_is_told_too_low(
            texts in proptest::collection::vec("[a-zA-Z0-9+:;,./() -]{0,90}", 8),
            width in 40.0f64..180.0,
        ) {
            let set = Type::from_size(7.0, 0.45, (0.0, 0.0)).unwrap();
            for (text, height) in texts.iter().zip(measured(&texts, width)) {
                if let Some(told) = set.height(std::slice::from_ref(text), &[width]) {
                    prop_assert!(told > height - 0.01, "{:?} in {}: told {}, set {}", text, width, told, height);
                }
            }
        }
    }
}
