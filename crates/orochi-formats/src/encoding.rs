//! Bytes to UTF-8 text.
//!
//! Nothing is decided for a whole file from its head except UTF-16. Everything else is read as UTF-8, and each byte
//! that is not part of valid UTF-8 is read as Windows-1252. The rule looks at a few neighbouring bytes only, so it
//! gives the same text wherever a file is cut into blocks, needs no second pass, and a file that is plain ASCII for
//! gigabytes and then holds one Windows-1252 pound sign (or two exports in different encodings, one after the other)
//! loses nothing. It would misread a Windows-1252 text only where two or three of its accented letters happen to form
//! valid UTF-8 (`Ã©`), which prose does not.

use std::io::{self, Read};

/// How a file's bytes stand for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with single bytes of Windows-1252 where it is not valid.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

/// Bytes looked at to find UTF-16 without a byte order mark.
const LOOKED_AT: usize = 4096;

/// The encoding of a file that begins with `head`, and the length of its byte order mark.
pub fn detect(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
        _ => (by_zero_bytes(&head[..head.len().min(LOOKED_AT)]), 0),
    }
}

/// Latin text in UTF-16 has a zero in every other byte, always on the same side; text in any other
/// encoding has hardly any.
fn by_zero_bytes(head: &[u8]) -> Encoding {
    let pairs = head.len() / 2;
    let (mut first, mut second) = (0, 0);
    for pair in head.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    if pairs >= 2 && second * 10 >= pairs * 7 && first * 20 <= pairs {
        Encoding::Utf16Le
    } else if pairs >= 2 && first * 10 >= pairs * 7 && second * 20 <= pairs {
        Encoding::Utf16Be
    } else {
        Encoding::Utf8
    }
}

/// The text of `bytes`, and how many of them were read as Windows-1252. Takes no copy when they are valid UTF-8.
pub fn text(bytes: Vec<u8>) -> (String, u64) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, 0),
        Err(error) => mixed(error.as_bytes()),
    }
}

/// The text of a whole file in `encoding`; `bytes` stand after its byte order mark.
pub fn whole(bytes: &[u8], encoding: Encoding) -> String {
    let mut utf8 = Vec::new();
    let read = match encoding {
        Encoding::Utf8 => return text(bytes.to_vec()).0,
        Encoding::Utf16Le => FromUtf16::new(bytes, false).read_to_end(&mut utf8),
        Encoding::Utf16Be => FromUtf16::new(bytes, true).read_to_end(&mut utf8),
    };
    debug_assert!(read.is_ok(), "memory does not fail to read");
    text(utf8).0
}

fn mixed(bytes: &[u8]) -> (String, u64) {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut foreign = 0;
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push(windows_1252(*byte));
            foreign += 1;
        }
    }
    (out, foreign)
}

/// One byte of Windows-1252, as the WHATWG encoding standard reads it: its five gaps are control characters.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Reads UTF-16 as UTF-8. An unpaired surrogate, or an odd byte at the end, becomes U+FFFD.
pub struct FromUtf16<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    used: usize,
    /// All of `inner` has been read into `raw`.
    ended: bool,
    /// The decoder has given its last; it may not be asked again.
    finished: bool,
    /// Decoded bytes, and how many of them the caller has taken.
    out: Vec<u8>,
    given: usize,
}

impl<R: Read> FromUtf16<R> {
    /// `inner` stands after the byte order mark.
    pub fn new(inner: R, big_end_first: bool) -> Self {
        let encoding = if big_end_first { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            used: 0,
            ended: false,
            finished: false,
            out: Vec::new(),
            given: 0,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        const STEP: usize = 64 * 1024;
        if self.used == self.raw.len() && !self.ended {
            self.raw.clear();
            self.used = 0;
            self.ended = self.inner.by_ref().take(STEP as u64).read_to_end(&mut self.raw)? < STEP;
        }
        self.out.resize(2 * STEP, 0);
        let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw[self.used..], &mut self.out, self.ended);
        self.finished = self.ended && result == encoding_rs::CoderResult::InputEmpty;
        self.used += read;
        self.out.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for FromUtf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            if self.finished {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = into.len().min(self.out.len() - self.given);
        into[..n].copy_from_slice(&self.out[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn windows_1252_byte_after_megabytes_of_ascii_is_not_lost() {
        let mut bytes = b"plain,text\n".repeat(300_000);
        bytes.extend(b"cost,\xa35\n\x80,\xe9t\xe9\n");
        let (text, foreign) = text(bytes);
        assert!(text.ends_with("cost,£5\n€,été\n"));
        assert_eq!(foreign, 4);
    }

    #[test]
    fn both_encodings_in_one_file_are_read() {
        let (text, foreign) = text(b"caf\xc3\xa9,caf\xe9,\xe2\x82\xac,\x80".to_vec());
        assert_eq!((text.as_str(), foreign), ("café,café,€,€", 2));
    }

    #[test]
    fn agrees_with_the_standard_on_every_windows_1252_byte() {
        for byte in 0x80..=0xFF_u8 {
            let expected = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned();
            assert_eq!(windows_1252(byte).to_string(), expected);
        }
    }

    #[test]
    fn utf_16_is_found_with_and_without_a_mark() {
        let le: Vec<u8> = "a,b\r\n1,2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "a,b\r\n1,2\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(detect(&le), (Encoding::Utf16Le, 0));
        assert_eq!(detect(&be), (Encoding::Utf16Be, 0));
        assert_eq!(detect(&[&[0xFF, 0xFE], le.as_slice()].concat()), (Encoding::Utf16Le, 2));
        assert_eq!(detect(&[&[0xFE, 0xFF], be.as_slice()].concat()), (Encoding::Utf16Be, 2));
        assert_eq!(detect(b"\xef\xbb\xbfa,b"), (Encoding::Utf8, 3));
        assert_eq!(detect(b"a,\0,b\n"), (Encoding::Utf8, 0), "a stray zero byte is not UTF-16");
        assert_eq!(detect(b""), (Encoding::Utf8, 0));
    }

    proptest! {
        #[test]
        fn utf_16_comes_out_as_it_went_in(text in "\\PC{0,300}", big in any::<bool>(), times in 1_usize..400) {
            let text = text.repeat(times);
            let raw: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let mut back = String::new();
            FromUtf16::new(raw.as_slice(), big).read_to_string(&mut back).expect("reads");
            prop_assert_eq!(back, text);
        }

        #[test]
        fn utf_16_noise_does_not_panic(raw in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut back = String::new();
            FromUtf16::new(raw.as_slice(), false).read_to_string(&mut back).expect("reads");
        }

        #[test]
        fn text_does_not_depend_on_where_lines_are_cut(raw in proptest::collection::vec(any::<u8>(), 0..200)) {
            let whole = text(raw.clone());
            let mut parts = (String::new(), 0);
            for line in raw.split_inclusive(|byte| *byte == b'\n') {
                let (part, foreign) = text(line.to_vec());
                parts.0.push_str(&part);
                parts.1 += foreign;
            }
            prop_assert_eq!(whole, parts);
        }
    }
}
