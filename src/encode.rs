//! Text to bytes.
