//! The reading kept with an exhibit: written in the transaction that commits it, read again by whoever
//! asks what was done then.

use orochi_layout::reading::{FORMAT, FileReading};
use orochi_model::problem::Problem;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::{
    case::Case,
    catalogue::{self, sql},
    exhibit::Exhibit,
};

/// A reading as it is written.
pub(crate) struct Kept {
    text: String,
    /// SHA-256 of the text, hexadecimal; the audit log names it.
    pub(crate) sha256: String,
}

impl Kept {
    pub(crate) fn from_reading(reading: &FileReading) -> Result<Self, Problem> {
        let text = serde_json::to_string(reading)
            .map_err(|error| Problem::bug("how the file was read cannot be kept").because(error))?;
        let sha256 = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { text, sha256 })
    }
}

/// Writes it with its exhibit, which is in the catalogue already.
pub(crate) fn keep(connection: &Connection, label: &str, kept: &Kept) -> Result<(), Problem> {
    catalogue::make_readings(connection)?;
    connection.execute("INSERT INTO readings (exhibit, reading) VALUES (?1, ?2)", (label, &kept.text)).map_err(sql)?;
    Ok(())
}

impl Case {
    /// How an exhibit was read when it was taken in; none for one that an earlier program took in and kept nothing of.
    ///
    /// # Errors
    /// User kind when a newer program kept it; data kind when it cannot be read.
    pub fn reading(&self, exhibit: &Exhibit) -> Result<Option<FileReading>, Problem> {
        let connection = self.connection();
        if !catalogue::has_readings(&connection)? {
            return Ok(None);
        }
        let query = "SELECT reading FROM readings WHERE exhibit = ?1";
        let text: Option<String> =
            connection.query_row(query, [&exhibit.label], |row| row.get(0)).optional().map_err(sql)?;
        text.map(|text| parse(&text).map_err(|problem| problem.at(&exhibit.label))).transpose()
    }
}

fn parse(text: &str) -> Result<FileReading, Problem> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    let broken = |error| Problem::data("how the file was read was kept, but cannot be read").because(error);
    let Version { format } = serde_json::from_str(text).map_err(broken)?;
    if format > FORMAT {
        let newer = format!(
            "how the file was read was kept by a newer orochi in format {format}; this one reads formats up to {FORMAT}"
        );
        return Err(Problem::user(newer).hint("update orochi"));
    }
    serde_json::from_str(text).map_err(broken)
}

#[cfg(test)]
mod tests {
    use orochi_layout::{Reading, field::Field, field::Table, mapping::Mapping, reading::SheetReading, words::Sense};

    use super::*;

    #[test]
    fn a_mapping_comes_back_as_it_was() {
        let mut mapping = Mapping::new("kestrel 3".into(), Table::Communications);
        mapping.set_zone("Europe/London");
        mapping.header_row = Some(4);
        mapping.headings = vec!["A".into(), "B".into()];
        mapping.columns.insert(Field::A, vec![0]);
        mapping.columns.insert(Field::Other, vec![1, 0]);
        mapping.sureness.insert(Field::A, 0.92);
        mapping.types.insert("mo".into(), Sense { kind: Some("call"), side: Some("A"), outcome: None });
        let sheet = |sheet: &str, reading| SheetReading { sheet: Some(sheet.to_owned()), reading };
        let reading = FileReading::from_sheets(vec![
            sheet("Calls", Reading::Mapped(Box::new(mapping))),
            sheet("Notes", Reading::Left("the sheet is empty".into())),
        ]);
        let kept = Kept::from_reading(&reading).unwrap();
        let again = parse(&kept.text).unwrap();
        assert_eq!(Kept::from_reading(&again).unwrap().text, kept.text);
        let mapping = again.mapping(Some("Calls")).unwrap();
        assert_eq!(mapping.types["mo"].side, Some("A"));
        assert_eq!((mapping.zone_name.as_str(), mapping.column(Field::Other)), ("Europe/London", Some(1)));
        assert!(again.mapping(Some("Notes")).is_none());
    }

    #[test]
    fn a_newer_form_is_refused() {
        let problem = parse(r#"{"format":99,"pages":[]}"#).unwrap_err();
        assert!(problem.message.contains("newer orochi"), "{problem}");
        assert!(parse("{").is_err());
    }
}
