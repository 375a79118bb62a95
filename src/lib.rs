//! Turns Chinese text of any script mix and encoding into consistent simplified text.

pub mod convert;
