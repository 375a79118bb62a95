//! How a web archive begins.

/// Whether a file that begins with `head` is a web archive.
pub fn begins(head: &[u8]) -> bool {
    head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.")
}
