//! Registrations: when and where a network (or a receiver) saw a device.

/// One registration of a device.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Registration {
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// Latitude, WGS84, degrees: of the mast for a cell, of the device for a fix.
    pub latitude: f64,
    /// Longitude, WGS84, degrees.
    pub longitude: f64,
    /// Centre line of the antenna, degrees clockwise from north, where it is known.
    pub azimuth: Option<f64>,
}

/// All registrations of a device.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Whose device it is. The truth in validation; empty where nobody knows.
    pub owner: String,
    /// The device: a number, or any name.
    pub device: String,
    /// Its registrations; [`Track::new`] sorts them by time.
    pub registrations: Vec<Registration>,
    /// The network that each was on, numbered from 1 as the caller likes, 0 where it is not known; empty where no
    /// network is known. Masts of one network say how far one of its cells reaches, those of another do not.
    pub networks: Vec<u16>,
}

impl Track {
    /// A track of registrations in any order. Registrations of one instant keep their order.
    pub fn new(owner: impl Into<String>, device: impl Into<String>, mut registrations: Vec<Registration>) -> Self {
        registrations.sort_by_key(|registration| registration.at);
        Self { owner: owner.into(), device: device.into(), registrations, networks: Vec::new() }
    }

    /// The same of registrations whose networks are known.
    pub fn with_networks(
        owner: impl Into<String>,
        device: impl Into<String>,
        mut registrations: Vec<(Registration, u16)>,
    ) -> Self {
        registrations.sort_by_key(|registration| registration.0.at);
        let (registrations, networks) = registrations.into_iter().unzip();
        Self { owner: owner.into(), device: device.into(), registrations, networks }
    }

    /// The network of a registration; 0 where it is not known.
    pub fn network(&self, place: usize) -> u16 {
        self.networks.get(place).copied().unwrap_or_default()
    }
}
