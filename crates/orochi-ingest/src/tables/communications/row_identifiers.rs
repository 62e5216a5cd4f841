//! The identifiers of a row before the authorities.

use orochi_model::authority::{Excess, Scope};

use super::row_devices::RowDevices;
use super::row_parties::RowParties;

/// What a row belongs to.
pub(super) struct RowIdentifiers<'i> {
    pub parties: &'i RowParties<'i>,
    pub devices: &'i RowDevices<'i>,
    /// Whom the disclosure is about; empty where nothing says so.
    pub target: &'i str,
    pub side: Option<&'static str>,
}

impl RowIdentifiers<'_> {
    /// Whether an authority covers the row: by the target; where none is stated, by whose side it is from; and failing
    /// that by every identifier on it.
    ///
    /// # Errors
    /// The reason why the row is excess data.
    #[inline]
    pub(super) fn judge(&self, scope: &Scope, start_us: i64) -> Result<Option<usize>, Excess> {
        let RowParties { a, b, c, .. } = *self.parties;
        let RowDevices { imsi, imei, .. } = *self.devices;
        if scope.training {
            return Ok(None);
        }
        if !self.target.is_empty() {
            return scope.judge([self.target], start_us);
        }
        match self.side {
            Some("A") => scope.judge([a, imsi, imei], start_us),
            Some("B") => scope.judge([b, imsi, imei], start_us),
            Some(_) => scope.judge([c, imsi, imei], start_us),
            None => scope.judge([a, b, c, imsi, imei], start_us),
        }
    }
}
