//! A model of modern Chinese: its words with their frequencies, and what the names of persons are made of.
//!
//! The tables are compiled from `data/` by the build script, which shares the files of this folder.

pub mod names;
pub mod words;
