//! The layouts, one file each. Two are known from an open-source analyst's tool; the others are made up, so that no two
//! agree in column names, order, delimiter, encoding, zone, number writing or cell notation.

pub mod adm;
pub mod kestrel;
pub mod lark;
pub mod meridian;
pub mod poppy;
pub mod uk_call_data;

use super::layout::Layout;

/// Layouts of the networks with masts of their own, by their place in [`crate::network::NAMES`].
pub const NETWORKS: [&dyn Layout; 4] = [&adm::Adm, &kestrel::Kestrel, &meridian::Meridian, &uk_call_data::UkCallData];

/// Made-up virtual operators, which sell the networks' service under a name and with a layout of their own.
pub const VIRTUAL: [(&str, &dyn Layout); 2] = [("Lark Mobile", &lark::Lark), ("Poppy Telecom", &poppy::Poppy)];
