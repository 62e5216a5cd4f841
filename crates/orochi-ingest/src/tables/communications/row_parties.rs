//! Who is on a row: the target of the disclosure and the parties, and from whose side the record is.

use orochi_formats::rows::Row;
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;
use orochi_layout::words::Sense;
use orochi_model::authority::Scope;

use super::super::{Columns, Fault, Parties};
use super::row_form::{Amounts, RowForm};

/// Readers of the columns of parties.
pub(super) struct PartyReaders {
    a: Parties,
    b: Parties,
    c: Parties,
    target: Parties,
}

/// Canonical texts of a row, empty where there is nobody, beside the texts as they stand.
pub(super) struct RowParties<'p> {
    pub target: &'p str,
    pub a: &'p str,
    pub b: &'p str,
    pub c: &'p str,
    pub a_text: &'p str,
    pub b_text: &'p str,
    pub c_text: &'p str,
    /// A party is marked as the digits to which the call was forwarded.
    forwarded: bool,
}

impl PartyReaders {
    pub(super) fn new() -> Self {
        Self { a: Parties::new(), b: Parties::new(), c: Parties::new(), target: Parties::new() }
    }

    /// # Errors
    /// When a text is no party.
    #[inline]
    pub(super) fn read<'p>(
        &'p mut self,
        form: &RowForm<'_>,
        columns: &Columns,
        row: Row<'p>,
        mapping: &'p Mapping,
    ) -> Result<RowParties<'p>, Fault> {
        let get = |field: Field| columns.get(field, row.cells);
        let fault = |field: Field, text: &str| {
            let text = text.to_owned();
            move |error: orochi_model::party::Unreadable| Fault { field: Some(field), text, reason: error.0 }
        };
        let target_text = get(Field::Target);
        let target: &str = if target_text.is_empty() {
            mapping.target_at(row.number).unwrap_or("")
        } else {
            self.target.read_target(target_text, mapping).map_err(fault(Field::Target, target_text))?
        };
        let (a_text, b_text, c_text) = (get(form.a_field), get(form.b_field), get(Field::C));
        let (a_plain, a_mark) = split_mark(a_text);
        let (b_plain, b_mark) = split_mark(b_text);
        let mut parties = RowParties {
            target,
            a: self.a.read(a_plain, mapping).map_err(fault(form.a_field, a_text))?,
            b: self.b.read(b_plain, mapping).map_err(fault(form.b_field, b_text))?,
            c: self.c.read(c_text, mapping).map_err(fault(Field::C, c_text))?,
            a_text,
            b_text,
            c_text,
            forwarded: a_mark == Some('F') || b_mark == Some('F'),
        };
        if form.relative && !form.has_own && parties.has_number() {
            *(if form.side == Some("A") { &mut parties.a } else { &mut parties.b }) = target;
        }
        Ok(parties)
    }
}

impl<'p> RowParties<'p> {
    /// Whether the disclosure's target is a telephone number.
    fn has_number(&self) -> bool {
        self.target.starts_with('+')
    }

    /// What kind of event it is.
    #[inline]
    pub(super) fn kind<'t>(
        &self,
        form: &RowForm<'_>,
        amounts: &Amounts,
        type_text: impl FnOnce() -> &'t str,
    ) -> &'static str {
        match form.said.kind {
            Some(kind) => kind,
            None if self.b.is_empty() && self.c.is_empty() && amounts.has_volume() => "data",
            None if amounts.duration.is_some_and(|seconds| seconds > 0) => "call",
            // A type that says only the direction (`MO`, `OUT`).
            None if amounts.duration.is_some() && (form.said.side.is_some() || type_text().is_empty()) => "call",
            None => "other",
        }
    }

    /// Whose record it is, as far as words, target, file and authorities tell. The target beats what the type says.
    /// Then come the party whose data the rows of the file are, and the party that an authority names.
    #[inline]
    pub(super) fn stated_side(&self, form: &RowForm<'_>, mapping: &Mapping, scope: &Scope) -> Option<&'static str> {
        if form.relative {
            return form.side;
        }
        let Self { target, a, b, c, .. } = *self;
        let side = match target {
            "" => form.side,
            _ if target == a && target != b => Some("A"),
            _ if target == b && target != a => Some("B"),
            _ if target == c => Some("C"),
            _ => form.side,
        };
        side.or_else(|| one_of(a, b, |party| mapping.owners.contains(party)))
            .or_else(|| one_of(a, b, |party| scope.names(party)))
    }

    /// A session of the target whose party no column names is the target's.
    #[inline]
    pub(super) fn take_target(&mut self, kind: &str, side: Option<&str>) {
        if kind == "data" && self.a.is_empty() && self.has_number() && side == Some("A") {
            self.a = self.target;
        }
    }

    #[inline]
    pub(super) fn is_nobody(&self) -> bool {
        [self.a, self.b, self.c, self.target].iter().all(|party| party.is_empty())
    }

    /// Whom the disclosure is about: its target, or else the own party of the row.
    #[inline]
    pub(super) fn own_target(&self, form: &RowForm<'_>, called: bool) -> &'p str {
        match self.target {
            "" if form.relative && called => self.b,
            "" if form.relative => self.a,
            target => target,
        }
    }

    /// How a call ended; of all else what the words say.
    #[inline]
    pub(super) fn outcome(&self, kind: &str, said: Sense, duration: Option<i32>) -> Option<&'static str> {
        if kind != "call" {
            return said.outcome;
        }
        if is_voicemail(self.c) || is_voicemail(self.b) {
            return Some("voicemail");
        }
        said.outcome.filter(|outcome| *outcome != "answered" || duration != Some(0)).or_else(|| {
            if !self.c.is_empty() || self.forwarded {
                return Some("diverted");
            }
            duration.map(|seconds| if seconds == 0 { "missed" } else { "answered" })
        })
    }
}

/// The side of the one party of which something holds; none when it holds of both or of neither.
fn one_of(a: &str, b: &str, holds: impl Fn(&str) -> bool) -> Option<&'static str> {
    match (!a.is_empty() && holds(a), !b.is_empty() && holds(b)) {
        (true, false) => Some("A"),
        (false, true) => Some("B"),
        _ => None,
    }
}

/// Numbers and short codes that lead to a mailbox: EE 222, O2 901, Vodafone 121, Three 123, BT 1571.
fn is_voicemail(canonical: &str) -> bool {
    !canonical.is_empty() && orochi_model::party::class_of(canonical) == orochi_model::party::PartyClass::Voicemail
}

/// AT&T marks a party `(D)` for dialled and `(F)` for forwarded digits.
fn split_mark(text: &str) -> (&str, Option<char>) {
    match text.strip_suffix("(D)") {
        Some(plain) => (plain.trim_end(), Some('D')),
        None => match text.strip_suffix("(F)") {
            Some(plain) => (plain.trim_end(), Some('F')),
            None => (text, None),
        },
    }
}
