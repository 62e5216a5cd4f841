//! Text files in the encodings operators send them in.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;

/// How a text file stands in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark, as spreadsheets save it.
    Utf8Mark,
    /// Windows-1252.
    Windows1252,
    /// UTF-16, little end first, with a byte order mark.
    Utf16,
}

/// What a text file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Bytes.
    pub encoding: Encoding,
    /// Delimiter.
    pub delimiter: u8,
    /// Whether every field stands in quotation marks.
    pub quoted: bool,
    /// Line end.
    pub crlf: bool,
}

/// A text file being written.
pub struct Paper {
    path: PathBuf,
    writer: csv::Writer<Encoded<BufWriter<File>>>,
}

impl Paper {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(path: &Path, look: TextStyle) -> Result<Self, Problem> {
        let failed = |error: io::Error| Problem::io("write", path, &error);
        let mut file = BufWriter::with_capacity(1 << 16, File::create(path).map_err(failed)?);
        let mark: &[u8] = match look.encoding {
            Encoding::Utf8Mark => &[0xEF, 0xBB, 0xBF],
            Encoding::Utf16 => &[0xFF, 0xFE],
            Encoding::Utf8 | Encoding::Windows1252 => &[],
        };
        file.write_all(mark).map_err(failed)?;
        let writer = csv::WriterBuilder::new()
            .delimiter(look.delimiter)
            .flexible(true)
            .quote_style(if look.quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary })
            .terminator(if look.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .from_writer(Encoded { inner: file, encoding: look.encoding, open: Vec::new() });
        Ok(Self { path: path.to_owned(), writer })
    }

    /// Writes a line.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn line<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Problem> {
        self.writer.write_record(cells).map_err(|error| Problem::io("write", &self.path, &error.into()))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the disk does not take the rest.
    pub fn finish(mut self) -> Result<(), Problem> {
        self.writer.flush().map_err(|error| Problem::io("write", &self.path, &error))
    }
}

/// Takes UTF-8 and writes another encoding.
struct Encoded<W> {
    inner: W,
    encoding: Encoding,
    /// Bytes of a character whose end has not come yet.
    open: Vec<u8>,
}

impl<W: Write> Write for Encoded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self.encoding, Encoding::Utf8 | Encoding::Utf8Mark) {
            return self.inner.write(bytes);
        }
        self.open.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.open) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text = String::from_utf8_lossy(&self.open[..whole]);
        if self.encoding == Encoding::Utf16 {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            self.inner.write_all(&units)?;
        } else {
            self.inner.write_all(&encoding_rs::WINDOWS_1252.encode(&text).0)?;
        }
        self.open.drain(..whole);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(encoding: Encoding) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let look = TextStyle { encoding, delimiter: b';', quoted: false, crlf: true };
        let mut paper = Paper::new(&path, look).unwrap();
        paper.line(["£", "a;b"]).unwrap();
        paper.finish().unwrap();
        std::fs::read(path).unwrap()
    }

    #[test]
    fn encodings() {
        assert_eq!(bytes(Encoding::Utf8), "£;\"a;b\"\r\n".as_bytes());
        assert_eq!(bytes(Encoding::Windows1252), b"\xA3;\"a;b\"\r\n");
        assert_eq!(bytes(Encoding::Utf16)[..6], [0xFF, 0xFE, 0xA3, 0x00, 0x3B, 0x00]);
    }

    #[test]
    fn a_character_cut_in_two_is_put_together() {
        let mut encoded = Encoded { inner: Vec::new(), encoding: Encoding::Windows1252, open: Vec::new() };
        for byte in "a£é".bytes() {
            encoded.write_all(&[byte]).unwrap();
        }
        assert_eq!(encoded.inner, b"a\xA3\xE9");
    }
}
