//! Rules of the field that more than one method or document asks for, each in one file and nowhere else: two answers of
//! one case must not differ in what they take for a burst, or for held.

pub(crate) mod burst;
pub mod carried;
pub(crate) mod night;
pub mod owner;
