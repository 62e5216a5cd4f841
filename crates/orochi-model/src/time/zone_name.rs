//! A zone of civil time by its name, as it is kept with what was read in it.
//!
//! The name is that of the IANA database (`Europe/London`); a fixed offset, which has none, is kept
//! as its seconds (`+19800`).

use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Deserializer, Serializer, de, ser};

/// Writes the name.
pub(super) fn serialize<S: Serializer>(zone: &TimeZone, serializer: S) -> Result<S::Ok, S::Error> {
    match (zone.iana_name(), zone.to_fixed_offset()) {
        (Some(name), _) => serializer.serialize_str(name),
        (None, Ok(offset)) => serializer.serialize_str(&format!("{:+}", offset.seconds())),
        (None, Err(error)) => Err(ser::Error::custom(error)),
    }
}

/// Finds the zone of a name.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name.starts_with(['+', '-']) {
        let seconds = name.parse().map_err(de::Error::custom)?;
        return Offset::from_seconds(seconds).map(TimeZone::fixed).map_err(de::Error::custom);
    }
    TimeZone::get(&name).map_err(de::Error::custom)
}
