//! Cells of CSV files that a spreadsheet may open.
//!
//! A spreadsheet runs a cell that begins like a formula, and disclosed text can begin with anything. Such cells get an
//! apostrophe before them. A phone number begins with `+` and stays as it is: no formula can be made of digits, spaces,
//! points, brackets and hyphens.

/// Whether a spreadsheet would run the text.
pub fn is_formula(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('=' | '@' | '\t' | '\r' | '\n' | '＝' | '＠' | '＋' | '－') => true,
        Some('+' | '-') => !characters.all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '(' | ')' | '-')),
        _ => false,
    }
}

/// The text, made harmless.
pub(crate) fn safe(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_and_formulas_become_text() {
        for text in ["+447700900123", "-1.5", "plain", ""] {
            assert_eq!(safe(text), text);
        }
        for text in ["=1+1", "@A1", "+44+cmd|' /C calc'!A0", "-A1", "\t=1", "＝1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
    }
}
