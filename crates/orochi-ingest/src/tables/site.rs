//! Cells of a row: identity, site and sector.

use orochi_model::absence::is_absent;
use orochi_model::cell::{CellHints, is_numeral, radio_of, read_cell, to_decimal};

use super::place::Stated;
use super::{Columns, Fault, is_blank, some};
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;
use orochi_layout::shapes::{is_hexadecimal, postcode};

/// The cells of a row's text, as disclosed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Texts<'r> {
    /// Whether they are of the last cell.
    pub(crate) end: bool,
    /// Whether the row breaks off before the codes of country and network.
    pub(crate) broken: bool,
    pub(crate) cell: &'r str,
    pub(crate) area: &'r str,
    pub(crate) node: &'r str,
    pub(crate) sector: &'r str,
    pub(crate) radio: &'r str,
    pub(crate) mcc: &'r str,
    pub(crate) mnc: &'r str,
    pub(crate) network: &'r str,
    pub(crate) site: &'r str,
    pub(crate) address: &'r str,
    pub(crate) stated: Stated<'r>,
}

impl<'r> Texts<'r> {
    /// Takes the texts of one end of a row.
    pub(crate) fn from_cells(columns: &Columns, cells: &[&'r str], end: bool, network: &'r str) -> Self {
        let which = |field: Field| if end { field.of_end().unwrap_or(field) } else { field };
        let get = |field: Field| columns.get(which(field), cells);
        // Of area and radio a cell of LTE may have none, and a workbook keeps no empty cells at the end of a row.
        let codes = [Field::Mcc, Field::Mnc];
        Self {
            end,
            broken: codes.into_iter().any(|field| columns.is_beyond(field, cells)),
            cell: get(Field::StartCell),
            area: get(Field::StartArea),
            node: get(Field::StartNode),
            sector: get(Field::StartSector),
            radio: get(Field::StartRadio),
            mcc: columns.get(Field::Mcc, cells),
            mnc: columns.get(Field::Mnc, cells),
            network,
            site: get(Field::StartSite),
            address: get(Field::StartAddress),
            stated: Stated {
                postcode: get(Field::StartPostcode),
                easting: get(Field::StartEasting),
                northing: get(Field::StartNorthing),
                grid: get(Field::StartGrid),
                latitude: get(Field::StartLatitude),
                longitude: get(Field::StartLongitude),
                azimuth: get(Field::StartAzimuth),
            },
        }
    }

    /// Appends everything to a buffer to hash.
    pub(super) fn content(&self, out: &mut Vec<u8>) {
        let stated = &self.stated;
        let texts = [
            self.cell,
            self.area,
            self.node,
            self.sector,
            self.radio,
            self.mcc,
            self.mnc,
            self.network,
            self.site,
            self.address,
            stated.postcode,
            stated.easting,
            stated.northing,
            stated.grid,
            stated.latitude,
            stated.longitude,
            stated.azimuth,
        ];
        for text in texts {
            out.extend_from_slice(text.as_bytes());
            out.push(0x1f);
        }
    }

    /// Whether the row names a cell.
    pub(crate) fn names_a_cell(&self) -> bool {
        !is_absent(self.cell) || (!is_absent(self.node) && !is_blank(self.sector))
    }

    /// What tells a site from others where no cell is named: its name, address or postcode, or its position.
    pub(super) fn place(&self) -> Option<String> {
        let stated = &self.stated;
        let named = [self.site, self.address, stated.postcode, stated.grid].into_iter().find(|text| !is_blank(text));
        let pair = [(stated.easting, stated.northing), (stated.latitude, stated.longitude)];
        let placed = || pair.into_iter().find(|(one, two)| !is_absent(one) && !is_absent(two));
        named.map(str::to_owned).or_else(|| placed().map(|(one, two)| format!("{one},{two}")))
    }

    /// The text a reader would look for in the file.
    pub(crate) fn shown(&self) -> String {
        if !self.names_a_cell()
            && let Some(place) = self.place()
        {
            return place;
        }
        if !is_absent(self.cell) { self.cell.to_owned() } else { [self.node, self.sector].join("/") }
    }

    /// The canonical cell. A name in place of an identity is kept as `TEXT/…`.
    ///
    /// # Errors
    /// When the row breaks off inside the cell, or the cell's number is rounded, reserved, out of range or not
    /// to the base of its column.
    pub(crate) fn canonical(&self, mapping: &Mapping) -> Result<String, String> {
        let mut out = String::new();
        if self.broken && self.names_a_cell() {
            return Err("the row breaks off before the country and network codes of its cell".into());
        }
        if !self.names_a_cell()
            && let Some(place) = self.place()
        {
            return Ok(format!("TEXT/{place}"));
        }
        if is_absent(self.cell) {
            return self.station(mapping);
        }
        if !mapping.opaque_cells {
            if rounded(self.cell) {
                return Err("a spreadsheet has rounded this cell; its last digits are lost".into());
            }
            let (mcc, mnc) = self.codes(mapping);
            let cell = self.decimal(self.cell, Field::StartCell, mapping)?;
            let area =
                if is_blank(self.area) { String::new() } else { self.decimal(self.area, Field::StartArea, mapping)? };
            let hints = CellHints { radio: some(self.radio), mcc, mnc, network: some(self.network), area: some(&area) };
            match read_cell(&cell, hints, &mut out) {
                Ok(()) => return Ok(out),
                // A number that is no cell is no name either; digits that may be split in two ways are
                // an identity all the same.
                Err(error) if is_numeral(&cell) => return Err(error.0),
                Err(_) => out.clear(),
            }
        }
        out.push_str("TEXT/");
        out.push_str(self.cell);
        Ok(out)
    }

    /// The cell that a base station and its sector make: of LTE 20 bits and 8.
    fn station(&self, mapping: &Mapping) -> Result<String, String> {
        let mut out = String::new();
        let node = self.decimal(self.node, Field::StartNode, mapping)?;
        let sector = self.decimal(self.sector, Field::StartSector, mapping)?;
        if let (Ok(node), Ok(sector)) = (node.parse::<u32>(), sector.parse::<u32>())
            && node < 1 << 20
            && sector < 256
            && let (Some(mcc), mnc) = self.codes(mapping)
        {
            let hints = CellHints { radio: Some("LTE"), mcc: Some(mcc), mnc, ..CellHints::default() };
            return read_cell(&(node * 256 + sector).to_string(), hints, &mut out)
                .map(|()| out)
                .map_err(|error| error.0);
        }
        let site = format!("SITE/{}-{}", self.node, self.sector);
        read_cell(&site, CellHints::default(), &mut out).map(|()| out).map_err(|error| error.0)
    }

    /// A number of a column as digits to base ten.
    fn decimal(&self, text: &str, field: Field, mapping: &Mapping) -> Result<String, String> {
        let field = if self.end { field.of_end().unwrap_or(field) } else { field };
        let notation = mapping.notation(field);
        if notation.numeric && text.len() >= 4 && is_hexadecimal(text) && !text.bytes().all(|c| c.is_ascii_digit()) {
            return Err(LETTERS.into());
        }
        to_decimal(text, notation.base).map_err(|error| error.0)
    }

    fn codes<'s>(&'s self, mapping: &'s Mapping) -> (Option<&'s str>, Option<&'s str>) {
        let stated = |text| some(text).filter(|text| !is_blank(text));
        (stated(self.mcc).or(mapping.mcc.as_deref()), stated(self.mnc).or(mapping.mnc.as_deref()))
    }
}

/// Why a number with letters among numbers without is not read.
pub(crate) const LETTERS: &str =
    "letters A to F among numbers in base ten: the column may be in base sixteen, and every cell in it a different one";

// `1.28686E+14`
fn rounded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_digit)
        && text.contains("E+")
        && bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'E' | b'+'))
}

/// Fields of a site that hold a number.
const NUMBERS: [Field; 5] =
    [Field::StartEasting, Field::StartNorthing, Field::StartLatitude, Field::StartLongitude, Field::StartAzimuth];

/// Whether a file has any column that [`misplaced`] looks at.
pub(crate) fn has_sites(columns: &Columns) -> bool {
    let mut fields = NUMBERS.into_iter().chain([Field::StartRadio, Field::StartPostcode]);
    fields.any(|field| columns.has(field) || field.of_end().is_some_and(|end| columns.has(end)))
}

/// Refuses a row in which a generation, a postcode or a number stands where a site has another thing: its cells have
/// been shifted, and what reads well beside them may stand under the wrong heading too.
pub(crate) fn misplaced(texts: &Texts<'_>) -> Result<(), Fault> {
    use Field as F;
    let lettered = |text: &str| text.bytes().next_back().is_some_and(|c| c.is_ascii_alphabetic());
    let numeric = |text: &str| text.len() >= 4 && text.bytes().all(|c| c.is_ascii_digit());
    let fault = |field: F, text: &str| {
        let field = if texts.end { field.of_end().unwrap_or(field) } else { field };
        Fault::new(field, text, "the row\u{2019}s cells are under the wrong headings")
    };
    let stated = &texts.stated;
    let numbers = [stated.easting, stated.northing, stated.latitude, stated.longitude, stated.azimuth];
    for (field, text) in NUMBERS.into_iter().zip(numbers) {
        if lettered(text) && (radio_of(text).is_some() || postcode(text).is_some()) {
            return Err(fault(field, text));
        }
    }
    let (radio, code) = (texts.radio, stated.postcode);
    if numeric(radio) || (radio.len() > 4 && postcode(radio).is_some()) {
        return Err(fault(F::StartRadio, radio));
    }
    if numeric(code) || (code.len() <= 3 && radio_of(code).is_some()) {
        return Err(fault(F::StartPostcode, code));
    }
    Ok(())
}
