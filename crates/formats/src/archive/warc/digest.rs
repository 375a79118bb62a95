//! Checksums as web archives write them: `sha1:` and 20 bytes in base32, or in hexadecimal.

use data_encoding::{BASE32, HEXLOWER_PERMISSIVE};
use sha1::{Digest, Sha1};

/// A checksum.
pub(super) type Sum = [u8; 20];

/// The checksum of these bytes.
pub(super) fn sum(bytes: &[u8]) -> Sum {
    Sha1::digest(bytes).into()
}

/// Reads a checksum; `None` if it is of a kind that is not known here.
pub(super) fn read(value: &str) -> Option<Sum> {
    let digits = digits(value)?;
    let upper = digits.to_ascii_uppercase();
    let bytes = match digits.len() {
        32 => BASE32.decode(upper.as_bytes()).ok()?,
        40 => HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()?,
        _ => return None,
    };
    bytes.try_into().ok()
}

/// Writes a checksum as `old` is written.
pub(super) fn write(sum: Sum, old: &str) -> String {
    let digits = digits(old).unwrap_or_default();
    let label = &old[..old.len() - digits.len()];
    let new = match digits.len() {
        40 => HEXLOWER_PERMISSIVE.encode(&sum),
        _ => BASE32.encode(&sum),
    };
    let is_lower = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let new = if is_lower {
        new.to_ascii_lowercase()
    } else {
        new.to_ascii_uppercase()
    };
    format!("{label}{new}")
}

fn digits(value: &str) -> Option<&str> {
    let (label, digits) = value.split_once(':')?;
    label.eq_ignore_ascii_case("sha1").then_some(digits.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_written_as_they_were() {
        // The checksums of "abc" (FIPS 180, appendix A) and of nothing.
        for (empty, abc) in [
            (
                "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
                "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            ),
            (
                "SHA1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "SHA1:a9993e364706816aba3e25717850c26c9cd0d89d",
            ),
        ] {
            assert_eq!(read(empty), Some(sum(b"")));
            assert_eq!(write(sum(b"abc"), empty), abc);
        }
        assert_eq!(read("md5:1B2M2Y8AsgTpgAmY7PhCfg=="), None);
        assert_eq!(read("sha1:1111"), None);
    }
}
