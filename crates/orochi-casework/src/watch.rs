//! Who waits for an answer.

/// Told how far an answer has come.
pub trait Watch {
    /// A step begins, of this name; the one before has ended.
    fn begin(&self, step: &str);
}

/// Nobody waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silence;

impl Watch for Silence {
    fn begin(&self, _: &str) {}
}
