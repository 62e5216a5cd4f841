//! Identifiers of the plain tables: blank or canonical, a fault otherwise.

use orochi_model::{
    absence::is_absent,
    imei::read_imei,
    imsi::{read_iccid, read_imsi},
    party::read_party,
};

use super::{Fault, is_blank};
use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// Reads identifiers.
#[derive(Default)]
pub(crate) struct Ids {}

impl Ids {
    pub(crate) fn party(&self, text: &str, field: Field, mapping: &Mapping) -> Result<String, Fault> {
        let mut out = String::new();
        if !is_blank(text) {
            read_party(text, mapping.region, &mut out).map_err(|error| Fault::new(field, text, error.0))?;
        }
        Ok(out)
    }

    pub(crate) fn imsi(&self, text: &str) -> Result<String, Fault> {
        let mut out = String::new();
        if !is_absent(text) {
            read_imsi(text, &mut out).map_err(|error| Fault::new(Field::Imsi, text, error.0))?;
        }
        Ok(out)
    }

    pub(crate) fn iccid(&self, text: &str) -> Result<String, Fault> {
        let mut out = String::new();
        if !is_absent(text) {
            read_iccid(text, &mut out).map_err(|error| Fault::new(Field::Iccid, text, error.0))?;
        }
        Ok(out)
    }

    pub(crate) fn imei(&self, text: &str) -> Result<String, Fault> {
        let mut out = String::new();
        if !is_absent(text) {
            read_imei(text, &mut out).map_err(|error| Fault::new(Field::Imei, text, error.0))?;
        }
        Ok(out)
    }
}
