//! Rules of the field that more than one method or document asks for, each in one file and nowhere else: two answers of
//! one case must not differ in what they take for a burst, or for held. Each says its rule in words, and where its
//! settings stand.

pub mod burst;
pub mod carried_phone;
pub mod customers;
pub(crate) mod night;
pub mod own_data;
pub mod owner;
pub mod repeat_contacts;
pub mod sought_contact;
