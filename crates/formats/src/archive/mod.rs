//! Archives and compressed files: read and written as streams or member by member, with limits against decompression bombs.

pub mod compressed;
pub mod limits;
pub mod members;
mod packed;
pub mod tar;
pub mod warc;
pub mod zip;
