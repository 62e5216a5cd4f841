//! The program that is running, as it stands on everything it makes.
//!
//! Two names, for two questions. [`name`] says which build made something: it goes into the audit log and onto
//! documents. [`release`] says which release: it goes where two results are compared, as the same methods give the same
//! result in every build of them. The build comes from above: a library that knew its commit would be built again with
//! each one, and all above it.

use std::sync::OnceLock;

const VERSION: &str = env!("CARGO_PKG_VERSION");

static BUILD: OnceLock<(String, String)> = OnceLock::new();

/// Says from which commit the program was built. Once, before anything else; later calls change nothing.
pub fn built_from(commit: &str) {
    let version = format!("{VERSION} ({commit})");
    // Set already: by the same program, and so to the same.
    let _ = BUILD.set((format!("orochi {version}"), version));
}

/// Program, version and build: `orochi 0.1.0 (a34ddf1f0b2c)`. Without the build in tests and in other
/// programs that use these crates.
pub fn name() -> &'static str {
    BUILD.get().map_or(release(), |(name, _)| name)
}

/// Version and build: `0.1.0 (a34ddf1f0b2c)`.
pub fn version() -> &'static str {
    BUILD.get().map_or(VERSION, |(_, version)| version)
}

/// Program and version: `orochi 0.1.0`.
pub const fn release() -> &'static str {
    concat!("orochi ", env!("CARGO_PKG_VERSION"))
}
