//! An answer as a JSON document on one line, with the marking of a training case first.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

/// The marking of what comes from a training case.
pub const TRAINING: &str = "TRAINING";

/// Writes a document that serialises as an object; nothing of it is held. A marking stands in it as its first field.
///
/// # Errors
/// What the writer gives; of a document that cannot be read to its end, what stopped it.
pub fn write(out: &mut dyn Write, marking: Option<&str>, document: &impl Serialize) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    match marking {
        // The marking takes the place of the object's opening brace.
        Some(marking) => {
            write!(out, "{{\"marking\":\"{marking}\",")?;
            serde_json::to_writer(WithoutFirst { out: &mut out, begun: false }, document)
        }
        None => serde_json::to_writer(&mut out, document),
    }
    .map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Drops the first byte.
struct WithoutFirst<'a> {
    out: &'a mut dyn Write,
    begun: bool,
}

impl Write for WithoutFirst<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match (self.begun, bytes) {
            (false, [_, rest @ ..]) => {
                self.begun = true;
                self.out.write_all(rest)?;
                Ok(bytes.len())
            }
            _ => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_stands_first() {
        let text = |marking| {
            let mut out = Vec::new();
            write(&mut out, marking, &serde_json::json!({ "findings": [1, 2] })).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text(None), "{\"findings\":[1,2]}\n");
        assert_eq!(text(Some(TRAINING)), "{\"marking\":\"TRAINING\",\"findings\":[1,2]}\n");
    }
}
