//! How a row tells of an event: from one party's side or both parties', and its amounts.

use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;
use orochi_layout::words::Sense;

use super::super::quantities::Quantities;
use super::super::{Columns, Fault, is_blank};

/// In which columns the parties of a row stand, and what its words say.
pub(super) struct RowForm<'r> {
    /// It has an own and another party, and no A and B.
    pub relative: bool,
    /// What the words for type, direction and outcome say.
    pub said: Sense,
    /// Whose side the row is from, as far as its words say.
    pub side: Option<&'static str>,
    pub a_field: Field,
    pub b_field: Field,
    /// There is a column for the own party.
    pub has_own: bool,
    /// Volumes as they stand.
    up: &'r str,
    down: &'r str,
}

impl<'r> RowForm<'r> {
    /// # Errors
    /// When a row of an own and another party does not say which of them began.
    #[inline]
    pub(super) fn from_row(columns: &Columns, cells: &[&'r str], said: Sense) -> Result<Self, Fault> {
        let get = |field: Field| columns.get(field, cells);
        let relative = columns.has(Field::Other);
        let (up, down) = (get(Field::Up), get(Field::Down));
        let mut side = said.side;
        let (a_field, b_field) = match (relative, side) {
            (false, _) => (Field::A, Field::B),
            (true, Some("A")) => (Field::Own, Field::Other),
            (true, Some(_)) => (Field::Other, Field::Own),
            (true, None) if said.kind == Some("data") || !is_blank(up) || !is_blank(down) => {
                side = Some("A");
                (Field::Own, Field::Other)
            }
            (true, None) => {
                let text = [get(Field::Direction), get(Field::Type)].join(" ");
                let field = if columns.has(Field::Direction) { Field::Direction } else { Field::Type };
                return Err(Fault::new(field, text.trim(), "does not say whether the event was incoming or outgoing"));
            }
        };
        Ok(Self { relative, said, side, a_field, b_field, has_own: columns.has(Field::Own), up, down })
    }
}

/// How long, how much.
pub(super) struct Amounts {
    /// Seconds.
    pub duration: Option<i32>,
    /// Seconds.
    pub ring: Option<i32>,
    pub up_kb: Option<i64>,
    pub down_kb: Option<i64>,
}

impl Amounts {
    /// # Errors
    /// When a cell holds what is no amount of its unit.
    #[inline]
    pub(super) fn read(
        form: &RowForm<'_>,
        quantities: &Quantities,
        columns: &Columns,
        cells: &[&str],
        mapping: &Mapping,
    ) -> Result<Self, Fault> {
        let get = |field: Field| columns.get(field, cells);
        Ok(Self {
            duration: quantities.seconds(Field::Duration, get(Field::Duration))?,
            ring: quantities.seconds(Field::Ring, get(Field::Ring))?,
            up_kb: quantities.kilobytes(Field::Up, form.up, mapping.up_unit)?,
            down_kb: quantities.kilobytes(Field::Down, form.down, mapping.down_unit)?,
        })
    }

    #[inline]
    pub(super) fn has_volume(&self) -> bool {
        self.up_kb.unwrap_or(0) + self.down_kb.unwrap_or(0) > 0
    }
}

/// The text of a field as the operator sent it: that of the column before it was split or joined, where there is one.
pub(super) fn evidence_text<'r>(
    mapping: &Mapping,
    columns: &Columns,
    cells: &[&'r str],
    field: Field,
    text: &'r str,
) -> &'r str {
    let raw = raw_text(mapping, cells, field);
    if raw.is_empty() { columns.shown(field, cells, text) } else { raw }
}

/// The text of the column that was split or joined into a field; empty where there is none.
pub(super) fn raw_text<'r>(mapping: &Mapping, cells: &[&'r str], field: Field) -> &'r str {
    mapping.raw.get(&field).and_then(|column| cells.get(*column)).map_or("", |cell| cell.trim())
}
