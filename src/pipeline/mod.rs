//! A document from bytes to bytes: whole, as a stream, in chunks on several threads, or in a container.

pub(crate) mod chunks;
pub(crate) mod coded;
pub(crate) mod containers;
mod document;
mod left_alone;
mod mark;
mod observer;
#[cfg(feature = "parquet")]
mod outcome_columns;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
mod probe;
pub(crate) mod stream;
mod told;
pub(crate) mod whole;
