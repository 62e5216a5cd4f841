//! A method's document read piece by piece: a case of many numbers gives one too long to be held.

use std::{
    fmt,
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::Path,
};

use orochi_model::problem::Problem;
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

use crate::atomic_output::unwritten;

/// A piece of a document.
#[derive(Debug)]
pub(super) enum Piece {
    /// A field of the document that is no list.
    Field(String, Value),
    /// A list begins.
    List(String),
    /// An element of the list that began last, with its place from 1.
    Element(u64, Value),
    /// The list ends.
    End,
}

/// Reads the document in `file`, an object, and hands on its pieces in order.
pub(super) fn pieces(file: &Path, each: &mut dyn FnMut(Piece) -> Result<(), Problem>) -> Result<(), Problem> {
    let open = File::open(file).map_err(|error| Problem::io("read the findings", file, &error))?;
    let mut failed = None;
    let mut reader = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 18, open));
    let read = reader.deserialize_map(Document { each, failed: &mut failed });
    match (failed, read) {
        (Some(problem), _) => Err(problem),
        (None, Err(error)) => {
            Err(Problem::data("a document of findings is not a JSON object").at(file.display()).because(error))
        }
        (None, Ok(())) => Ok(()),
    }
}

/// Writes the document in `file` again with every value changed.
pub(super) fn rewrite(file: &Path, change: &dyn Fn(Value) -> Value) -> Result<(), Problem> {
    let changed = file.with_extension("changed");
    let out = File::create_new(&changed).map_err(|error| Problem::io("write the findings", &changed, &error))?;
    let mut out = BufWriter::with_capacity(1 << 18, out);
    let mut first = true;
    out.write_all(b"{").map_err(unwritten)?;
    let comma = |out: &mut BufWriter<File>, first: bool| if first { Ok(()) } else { out.write_all(b",") };
    pieces(file, &mut |piece| {
        match piece {
            Piece::Field(name, value) => {
                comma(&mut out, std::mem::take(&mut first)).map_err(unwritten)?;
                serde_json::to_writer(&mut out, &name).map_err(unwritten)?;
                out.write_all(b":").map_err(unwritten)?;
                serde_json::to_writer(&mut out, &change(value)).map_err(unwritten)?;
            }
            Piece::List(name) => {
                comma(&mut out, std::mem::take(&mut first)).map_err(unwritten)?;
                serde_json::to_writer(&mut out, &name).map_err(unwritten)?;
                out.write_all(b":[").map_err(unwritten)?;
            }
            Piece::Element(place, value) => {
                comma(&mut out, place == 1).map_err(unwritten)?;
                serde_json::to_writer(&mut out, &change(value)).map_err(unwritten)?;
            }
            Piece::End => out.write_all(b"]").map_err(unwritten)?,
        }
        Ok(())
    })?;
    out.write_all(b"}\n").and_then(|()| out.flush()).map_err(unwritten)?;
    fs::rename(&changed, file).map_err(|error| Problem::io("write the findings", file, &error))
}

type Each<'a> = &'a mut dyn FnMut(Piece) -> Result<(), Problem>;

struct Document<'a> {
    each: Each<'a>,
    failed: &'a mut Option<Problem>,
}

/// Hands a piece on; a problem stops the reading and is kept, since a reader's own error is only a text.
fn give<E: de::Error>(each: &mut Each<'_>, failed: &mut Option<Problem>, piece: Piece) -> Result<(), E> {
    each(piece).map_err(|problem| {
        *failed = Some(problem);
        E::custom("stopped")
    })
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(Field { name, each: &mut self.each, failed: self.failed })?;
        }
        Ok(())
    }
}

struct Field<'a, 'b> {
    name: String,
    each: &'a mut Each<'b>,
    failed: &'a mut Option<Problem>,
}

impl Field<'_, '_> {
    fn plain<E: de::Error>(self, value: Value) -> Result<(), E> {
        give(self.each, self.failed, Piece::Field(self.name, value))
    }
}

impl<'de> DeserializeSeed<'de> for Field<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        give(self.each, self.failed, Piece::List(self.name))?;
        let mut place = 0;
        while let Some(value) = list.next_element::<Value>()? {
            place += 1;
            give(self.each, self.failed, Piece::Element(place, value))?;
        }
        give(self.each, self.failed, Piece::End)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        self.plain(value)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.plain(text.into())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.plain(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.plain(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.plain(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.plain(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.plain(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_in_pieces_and_goes_back_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        let text = r#"{"marking":"TRAINING","method":{"name":"x","settings":[1]},"n":-1,"f":0.25,"none":null,"yes":true,"findings":[{"a":[1,2]},[3],"t"],"empty":[]}"#;
        fs::write(&file, text).unwrap();
        let mut seen = Vec::new();
        pieces(&file, &mut |piece| {
            seen.push(format!("{piece:?}"));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen.len(), 13, "{seen:#?}");
        rewrite(&file, &|value| value).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{text}\n"));
        rewrite(&file, &|value| if value == "t" { "changed".into() } else { value }).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("\"changed\"]"));
        let stopped = pieces(&file, &mut |_| Err(Problem::user("enough"))).unwrap_err();
        assert_eq!(stopped.message, "enough");
        fs::write(&file, "[1]").unwrap();
        assert!(pieces(&file, &mut |_| Ok(())).is_err());
    }
}
