//! The choice of script: what each piece of text is written in, and the conversion that goes with it.

mod auto;
mod zhe;

pub(crate) use auto::{Auto, Bearing};
