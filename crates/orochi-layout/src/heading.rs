//! Headings, compared without what does not matter: case, spaces, punctuation, a trailing `(*Raw)`-like suffix.

/// A heading to compare by: lower-case words joined by single spaces, the suffix dropped.
pub fn normalise(heading: &str) -> String {
    let (stem, _) = split_suffix(heading);
    let mut out = String::with_capacity(stem.len());
    for c in stem.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    // Spaces come and go between disclosures of one operator (`CallingNumber`, `Calling  Number`).
    out.retain(|c| c != ' ');
    out
}

/// How far a value was worked on before it was disclosed, as the suffix of its heading says; the best comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// `(*Standardised)`
    Standardised,
    /// `(*Decoded)`
    Decoded,
    /// `(*Calculated)`
    Calculated,
    /// `(*Enriched)`
    Enriched,
    /// No suffix.
    Plain,
    /// `(*Raw)`: the text as the operator gave it; the worst value and the best evidence.
    Raw,
}

/// A heading without its suffix, and the suffix.
pub fn split_suffix(heading: &str) -> (&str, Variant) {
    let trimmed = heading.trim();
    if let Some(open) = trimmed.rfind("(*")
        && let Some(word) = trimmed[open + 2..].strip_suffix(')')
    {
        let variant = match word.trim().to_ascii_lowercase().as_str() {
            "standardised" | "standardized" => Variant::Standardised,
            "decoded" => Variant::Decoded,
            "calculated" => Variant::Calculated,
            "enriched" => Variant::Enriched,
            "raw" => Variant::Raw,
            _ => return (trimmed, Variant::Plain),
        };
        return (trimmed[..open].trim_end(), variant);
    }
    (trimmed, Variant::Plain)
}

/// The words of a heading: split at punctuation, at digits, and inside `camelCase`.
pub fn words(heading: &str) -> Vec<String> {
    let (stem, _) = split_suffix(heading);
    // A unit of data is one word, whatever its capitals.
    let units = ["KiB", "MiB", "GiB", "kB"];
    let joined = units
        .iter()
        .any(|unit| stem.contains(unit))
        .then(|| units.iter().fold(stem.to_owned(), |text, unit| text.replace(unit, &unit.to_lowercase())));
    let stem = joined.as_deref().unwrap_or(stem);
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut chars = stem.chars().peekable();
    while let Some(c) = chars.next() {
        let camel = c.is_uppercase()
            && (before.is_lowercase()
                || (before.is_uppercase() && chars.peek().is_some_and(|next| next.is_lowercase())));
        let digit = c.is_ascii_digit() != before.is_ascii_digit() && before.is_alphanumeric() && !ordinal(&word, c);
        if (!c.is_alphanumeric() || camel || digit) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

// `1st` is one word.
fn ordinal(word: &str, next: char) -> bool {
    word == "1" && next == 's'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_compare_by_their_words() {
        for heading in
            ["Calling Number", "calling_number", " CALLING  NUMBER ", "CallingNumber", "Calling Number (*Raw)"]
        {
            assert_eq!(normalise(heading), "callingnumber", "{heading}");
        }
        assert_eq!(normalise("Time(UTC)"), "timeutc");
        assert_eq!(split_suffix("IMEI (*Decoded)"), ("IMEI", Variant::Decoded));
    }

    #[test]
    fn words_of_a_heading() {
        assert_eq!(words("aPartyMSISDN"), ["a", "party", "msisdn"]);
        assert_eq!(words("A_NUMBER"), ["a", "number"]);
        assert_eq!(words("1st Cell ID"), ["1st", "cell", "id"]);
        assert_eq!(words("CellID"), ["cell", "id"]);
        assert_eq!(words("Cell1"), ["cell", "1"]);
        assert_eq!(words("Upload (KiB)"), ["upload", "kib"]);
    }
}
