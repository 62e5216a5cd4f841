//! What a line is that became no row.

use orochi_layout::{furniture::furniture, mapping::Mapping};

/// The kind in words.
pub(super) fn kind(cells: &[&str], mapping: &Mapping) -> &'static str {
    furniture(cells, &mapping.headings, mapping.header_row.is_some()).map_or("other line", |kind| kind.as_str())
}
