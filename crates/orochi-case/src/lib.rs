//! A case on disk.
//!
//! ```text
//! CASE/
//!   case.sqlite     catalogue: the case, exhibits and how each was read, authorities, decisions; the one commit point
//!   case.seal       the hash of the catalogue's bytes while nobody writes to it
//!   audit.jsonl     append-only log, one entry a line; its Merkle tree head is in the catalogue
//!   vault/<sha256>  native files, never altered
//!   tables/<table>/exhibit=EX0001/part.parquet
//!   keys/EX0001     sorted content keys of the exhibit's records, for counting duplicates
//!   derived/<name>-<hash>/…   caches; may be deleted at any time
//!   staging/        work in progress; swept by the next command
//!   lock            held around commits only
//! ```
//!
//! Everything a command leaves unfinished is either in `staging/` or named by no row of the catalogue: [`mod@add`]
//! tells how a file comes in whole or not at all.

pub mod actor;
pub mod add;
pub mod audit;
pub mod authority;
pub mod blocks;
pub mod cancellation;
pub mod case;
mod catalogue;
pub mod decision;
pub mod derived;
mod digest;
mod disk;
mod duplicates;
pub mod engine;
pub mod exhibit;
mod fault;
pub mod host;
mod ledger;
pub mod line;
mod placing;
#[cfg(test)]
mod probe;
pub mod reading;
mod seal;
mod staging;
#[cfg(test)]
mod testing;
pub mod vault;
pub mod verify;
mod views;

pub use actor::Actor;
pub use add::{AddOptions, Added, add};
pub use audit::Action;
pub use blocks::Block;
pub use cancellation::Cancellation;
pub use case::Case;
pub use engine::{Engine, EngineOptions};
pub use exhibit::Exhibit;
pub use host::EngineHost;
pub use views::literal;
