//! Files in archives.

use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use orochi_model::problem::Problem;
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use crate::reading::{draft::Draft, form::Packing};

/// One file of an archive.
pub struct Member<'m> {
    pub name: &'m str,
    pub bytes: &'m [u8],
}

/// The bytes as they are, or in what the draft wants them packed.
///
/// # Errors
/// When the archive cannot be made.
pub fn packed(draft: &Draft, plain: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let broken = |error: std::io::Error| Problem::bug("an archive cannot be made").because(error);
    match draft.form.packing {
        Packing::Plain => Ok(plain),
        Packing::Gzip => {
            let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
            packer.write_all(&plain).map_err(broken)?;
            packer.finish().map_err(broken)
        }
        Packing::Zip => zipped(&[
            Member { name: "calls/letter.txt", bytes: LETTER },
            Member { name: &format!("calls/{}", draft.form.name), bytes: &plain },
            Member { name: "calls/.DS_Store", bytes: b"\x00\x00\x00\x01Bud1\x00\x00\x10\x00" },
            Member {
                name: &format!("__MACOSX/calls/._{}", draft.form.name),
                bytes: b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X",
            },
        ]),
    }
}

const LETTER: &[u8] =
    b"Dear colleague,\n\nplease find enclosed the data that you asked for.\n\nYours faithfully,\nthe disclosure team\n";

/// An archive of these files; the same bytes each time.
///
/// # Errors
/// When it cannot be made.
pub fn zipped(members: &[Member<'_>]) -> Result<Vec<u8>, Problem> {
    let broken = |error: String| Problem::bug("an archive cannot be made").because(error);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for member in members {
        archive.start_file(member.name, options).map_err(|error| broken(error.to_string()))?;
        archive.write_all(member.bytes).map_err(|error| broken(error.to_string()))?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|error| broken(error.to_string()))
}
