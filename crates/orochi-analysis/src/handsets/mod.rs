//! Handsets that were seen with several SIMs: what the methods `tenancy` and `attribution` share.
//!
//! - [`uses`]: their records in order, and what two SIMs in one handset show.
//! - [`sim_pair`]: what that makes of the two: a swap, two slots, sharing, two handsets with one IMEI.
//! - [`shared_handset`]: which numbers' SIMs sat in one handset at one time.

mod settings;
pub(crate) mod shared_handset;
pub(crate) mod sim_pair;
pub(crate) mod uses;

pub use settings::Settings;
pub use sim_pair::TenancyFindingKind;
