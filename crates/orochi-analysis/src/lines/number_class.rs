//! What a number is, beside what it does.

use orochi_model::party::PartyKind;

/// What kind of number it is, as far as its digits say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberClass {
    /// A mobile or foreign number, or one whose kind the digits do not tell.
    #[default]
    Any,
    /// A geographic, non-geographic or freephone number of the United Kingdom.
    Fixed,
    /// A name or short code: cannot be rung.
    Sender,
}

impl NumberClass {
    pub(super) fn from_number(name: &str, kind: PartyKind) -> Self {
        match kind {
            PartyKind::Number => match name.strip_prefix("+44").and_then(|rest| rest.bytes().next()) {
                Some(b'1' | b'2' | b'3' | b'8' | b'9') => Self::Fixed,
                _ => Self::Any,
            },
            _ => Self::Sender,
        }
    }
}

/// What the disclosed data says about data sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataSessions {
    /// Nothing can be said.
    #[default]
    Unknown,
    /// Own records are held, others' data sessions are in the case, none is this number's.
    None,
    /// The number has data sessions.
    Some,
}
