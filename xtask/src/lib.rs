//! What the commands of `cargo xtask` do.
#![forbid(unsafe_code)]

pub mod circles;
pub mod imports;
pub mod layers;
pub mod paths;
pub mod resolve;
pub mod sizes;
pub mod sources;
