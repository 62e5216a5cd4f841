//! The SIM and the handsets on a row.

use std::collections::BTreeMap;

use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;
use orochi_model::{absence::is_absent, imei::read_imei, imsi::read_imsi};

use super::super::Columns;
use super::super::memo::Device;

/// Readers of the columns of devices.
pub(super) struct DeviceReaders<'a> {
    imsi: Device<'a>,
    imei: Device<'a>,
    other_imei: Device<'a>,
}

/// Devices of the side whose record it is, and the other side's handset; empty where none is named.
pub(super) struct RowDevices<'d> {
    pub imsi: &'d str,
    pub imei: &'d str,
    pub imei_field: Field,
    pub imei_text: &'d str,
    pub other_imei: &'d str,
}

impl<'a> DeviceReaders<'a> {
    pub(super) fn new(mapping: &'a Mapping) -> Self {
        Self { imsi: Device::new(mapping), imei: Device::new(mapping), other_imei: Device::new(mapping) }
    }

    /// `called` says that the record is the called party's.
    #[inline]
    pub(super) fn read<'d>(&'d mut self, columns: &Columns, cells: &[&'d str], called: bool) -> RowDevices<'d> {
        let get = |field: Field| columns.get(field, cells);
        let pick = |one: Field, first: Field, second: Field| {
            let other = if called { second } else { first };
            match get(one) {
                "" => (other, get(other)),
                text => (one, text),
            }
        };
        let (imsi_field, imsi_text) = pick(Field::Imsi, Field::AImsi, Field::BImsi);
        let (imei_field, imei_text) = pick(Field::Imei, Field::AImei, Field::BImei);
        let other_field = if called { Field::AImei } else { Field::BImei };
        RowDevices {
            imsi: self.imsi.read(imsi_text, imsi_field, read_imsi),
            imei: self.imei.read(imei_text, imei_field, |text, out| read_imei(text, out).map(|_| ())),
            imei_field,
            imei_text,
            other_imei: self
                .other_imei
                .read(get(other_field), other_field, |text, out| read_imei(text, out).map(|_| ())),
        }
    }

    /// Hands over what the block's devices left in doubt.
    pub(super) fn hand_over(&mut self, doubts: &mut BTreeMap<String, u64>) {
        for device in [&mut self.imsi, &mut self.imei, &mut self.other_imei] {
            device.hand_over(doubts);
        }
    }
}

impl<'d> RowDevices<'d> {
    /// The SIM, or else the handset.
    #[inline]
    pub(super) fn sim(&self) -> &'d str {
        if self.imsi.is_empty() { self.imei } else { self.imsi }
    }
}

/// The side whose handset the row names: the network knows its own subscriber's.
pub(super) fn handset_side(kind: &str, columns: &Columns, cells: &[&str]) -> Option<&'static str> {
    match (is_absent(columns.get(Field::AImei, cells)), is_absent(columns.get(Field::BImei, cells))) {
        (false, _) => Some("A"),
        (true, false) => Some("B"),
        _ if kind == "data" => Some("A"),
        _ => None,
    }
}
