//! Where a site is, as the row states it. A position given only by postcode is looked up when cells are viewed, because
//! the postcode list may arrive after the cell list.

use orochi_geo::{azimuth::read_azimuth, place, postcode::NoPostcodes};

use super::{is_blank, some};

/// A position as disclosed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Stated<'r> {
    pub(crate) postcode: &'r str,
    pub(crate) easting: &'r str,
    pub(crate) northing: &'r str,
    pub(crate) grid: &'r str,
    pub(crate) latitude: &'r str,
    pub(crate) longitude: &'r str,
    pub(crate) azimuth: &'r str,
}

/// A position understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placed {
    pub(crate) postcode: Option<String>,
    pub(crate) easting: Option<i32>,
    pub(crate) northing: Option<i32>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) placed_by: Option<&'static str>,
    pub(crate) doubt: Option<String>,
    /// Easting and northing were read swapped.
    pub(crate) swapped: bool,
    pub(crate) azimuth: Option<i16>,
    pub(crate) omni: bool,
}

impl Placed {
    /// Reads a position. What cannot be read is said as a doubt: the cell and its row remain evidence without it.
    /// `in_order` says that the list's other rows show easting and northing in their order.
    pub(crate) fn read(stated: &Stated<'_>, in_order: bool) -> Self {
        let given = |text| some(text).filter(|text| !is_blank(text));
        let found = place::locate(
            &place::Stated {
                easting: given(stated.easting),
                northing: given(stated.northing),
                grid_ref: given(stated.grid),
                lat: given(stated.latitude),
                lon: given(stated.longitude),
                postcode: given(stated.postcode),
                in_order,
            },
            &NoPostcodes,
        );
        let mut doubts: Vec<String> = found.doubt.into_iter().collect();
        let azimuth = read_azimuth(stated.azimuth);
        let (degrees, omni) = match &azimuth {
            Ok(azimuth) => {
                doubts.extend(azimuth.doubt.map(str::to_owned));
                (azimuth.degrees, azimuth.omni)
            }
            Err(error) => {
                doubts.push(format!("azimuth \u{201c}{}\u{201d}: {error}", stated.azimuth));
                (None, false)
            }
        };
        Self {
            postcode: found.postcode.or_else(|| given(stated.postcode).map(str::to_owned)),
            easting: found.easting,
            northing: found.northing,
            latitude: found.latitude,
            longitude: found.longitude,
            placed_by: found.placed_by,
            swapped: found.swapped,
            doubt: (!doubts.is_empty()).then(|| doubts.join("; ")),
            azimuth: degrees,
            omni,
        }
    }
}
