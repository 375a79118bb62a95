//! A document from bytes to bytes: whole, as a stream, in chunks on several threads, or in a container.

pub(crate) mod chunks;
pub(crate) mod containers;
pub(crate) mod document;
pub(crate) mod stream;
