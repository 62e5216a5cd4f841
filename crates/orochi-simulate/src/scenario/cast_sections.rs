//! The sections of the cast together: lines with their styles, and look-alikes with the figures of each kind.

use super::cast::{Figures, LineSection, Lookalikes, Ranges, Style};
use super::check::within;
use crate::cast::lookalikes::LookalikeFigures;
use orochi_model::problem::Problem;
use std::collections::BTreeMap;

/// What the cast is made from.
#[derive(Clone, Copy, Debug)]
pub struct CastSections<'a> {
    /// `[lines]`.
    pub lines: &'a Figures,
    /// `[styles.…]`.
    pub styles: &'a BTreeMap<Style, Figures>,
    /// `[[line]]`.
    pub line: &'a [LineSection],
    /// `[lookalikes]`.
    pub lookalikes: &'a Lookalikes,
    /// `[lookalike.…]`.
    pub(crate) figures: &'a LookalikeFigures,
}

impl CastSections<'_> {
    /// The figures of a `[[line]]`.
    ///
    /// # Errors
    /// A bug, when the defaults leave one out.
    pub fn figures(&self, line: &LineSection) -> Result<Ranges, Problem> {
        let none = Figures::default();
        let style = self.styles.get(&line.style).unwrap_or(&none);
        Figures::layered(&[&line.figures, style, self.lines])
    }

    /// Checks units, ranges and what cannot be together.
    ///
    /// # Errors
    /// A user's, naming the key.
    pub fn check(&self) -> Result<(), Problem> {
        self.lines.check("lines")?;
        for (style, figures) in self.styles {
            figures.check(&format!("styles.{}", style.name()))?;
        }
        for (place, line) in self.line.iter().enumerate() {
            let key = format!("line[{place}]");
            within(&format!("{key}.count"), &line.count, "lines", 1..=200)?;
            line.figures.check(&format!("{key}.figures"))?;
            if place == 0 && (line.shares_customers || line.same_handset) {
                let which = if line.shares_customers { "shares_customers" } else { "same_handset" };
                return Err(Problem::user(format!("the scenario's key `{key}.{which}` has no line before it"))
                    .hint("put another [[line]] before this one"));
            }
        }
        for (kind, count) in self.lookalikes {
            let name = serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
            within(&format!("lookalikes.{name}"), count, "actors", 0..=10_000)?;
        }
        Ok(())
    }
}
