//! An archive's members: what they may be called, and what becomes of them.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};

use crate::{Error, Refusal};

/// What becomes of an archive's members.
pub trait Members {
    /// What rewriting a member fails with.
    type Error: From<Error> + From<io::Error>;

    /// Whether a member of this name that begins with these bytes stays as it is: then it need not be read.
    fn keeps(&mut self, name: &str, head: &[u8]) -> bool;

    /// Whether nothing is written of a member that does not change.
    fn writes_changes_only(&self) -> bool {
        false
    }

    /// Rewrites a member's data; true if that changed it, otherwise what was written is of no use.
    ///
    /// # Errors
    /// The whole archive's.
    fn member(
        &mut self,
        name: &str,
        data: &mut dyn Read,
        result: &mut dyn Write,
    ) -> Result<bool, Self::Error>;
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Link,
    /// Another name for an earlier member.
    HardLink,
}

/// Data that is kept in memory up to a size, and then in a temporary file without a name.
pub type Spool = tempfile::SpooledTempFile;

/// How much of a [`Spool`] is kept in memory, bytes.
const IN_MEMORY: usize = 8 << 20;

/// An empty spool.
pub fn spool() -> Spool {
    tempfile::spooled_tempfile(IN_MEMORY)
}

/// The names in an archive: each once, and none that leads out of the directory it is unpacked to.
///
/// Names are kept as hashes, 16 bytes each.
#[derive(Debug, Default)]
pub struct Names {
    hashers: [RandomState; 2],
    files: HashSet<[u64; 2]>,
    links: HashSet<[u64; 2]>,
}

impl Names {
    /// Takes a member's name; `target` is what a link leads to.
    ///
    /// # Errors
    /// The archive would do harm where it is unpacked: the name or the target leads out of the directory, the name leads
    /// through a link, or was there already.
    pub fn add(&mut self, name: &[u8], kind: Kind, target: &[u8]) -> Result<(), Error> {
        let refused = |cause| Error::Refused {
            name: String::from_utf8_lossy(name).into_owned(),
            cause,
        };
        let parts = components(name).map_err(refused)?;
        if !self.links.is_empty() {
            for length in 1..parts.len() {
                if self.links.contains(&self.hash(&parts[..length])) {
                    return Err(refused(Refusal::BehindLink));
                }
            }
        }
        let hash = self.hash(&parts);
        if kind != Kind::Directory && !self.files.insert(hash) {
            return Err(refused(Refusal::Twice));
        }
        let leads_out = || {
            let target = String::from_utf8_lossy(target).into_owned();
            refused(Refusal::LinkLeadsOut { target })
        };
        match kind {
            Kind::Link => {
                if !stays_inside(target, parts.len()) {
                    return Err(leads_out());
                }
                self.links.insert(hash);
            }
            Kind::HardLink => drop(components(target).map_err(|_| leads_out())?),
            Kind::File | Kind::Directory => {}
        }
        Ok(())
    }

    fn hash(&self, parts: &[&[u8]]) -> [u64; 2] {
        [
            self.hashers[0].hash_one(parts),
            self.hashers[1].hash_one(parts),
        ]
    }
}

/// The names in a path, if it leads nowhere but down. Backslashes count too: some systems take them for separators.
fn components(path: &[u8]) -> Result<Vec<&[u8]>, Refusal> {
    if path.contains(&0) {
        return Err(Refusal::Nul);
    }
    if path.first().is_some_and(|byte| b"/\\".contains(byte)) || path.get(1) == Some(&b':') {
        return Err(Refusal::AbsolutePath);
    }
    let parts: Vec<&[u8]> = path
        .split(|byte| b"/\\".contains(byte))
        .filter(|part| !part.is_empty() && *part != b".")
        .collect();
    if parts.contains(&&b".."[..]) {
        return Err(Refusal::LeadsOut);
    }
    Ok(parts)
}

/// Whether a symbolic link at this depth (1 for the top) leads to something in the archive. Steps up may only come first:
/// behind a name, which may be a link itself, nobody knows where they lead.
fn stays_inside(target: &[u8], depth: usize) -> bool {
    let mut target = target;
    let mut above = depth.saturating_sub(1);
    loop {
        if let Some(rest) = target.strip_prefix(b"./") {
            target = rest;
        } else if target == b".." || target.starts_with(b"../") {
            if above == 0 {
                return false;
            }
            above -= 1;
            target = target.get(3..).unwrap_or_default();
        } else {
            return components(target).is_ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for (name, kind, target, fine) in [
            ("a/b.txt", Kind::File, "", true),
            ("./a/./c.txt", Kind::File, "", true),
            ("a/", Kind::Directory, "", true),
            ("a", Kind::Directory, "", true),
            ("a/l", Kind::Link, "../x", true),
            ("a/d/l", Kind::Link, "./../../x/y", true),
            ("a/h", Kind::HardLink, "a/b.txt", true),
            ("a/..b", Kind::File, "", true),
            ("a/b.txt", Kind::File, "", false),
            ("a/./b.txt", Kind::File, "", false),
            ("../a", Kind::File, "", false),
            ("a/../../b", Kind::File, "", false),
            ("a\\..\\b", Kind::File, "", false),
            ("/etc/passwd", Kind::File, "", false),
            ("\\a", Kind::File, "", false),
            ("C:a", Kind::File, "", false),
            ("a\0b", Kind::File, "", false),
            ("l2", Kind::Link, "../x", false),
            ("l3", Kind::Link, "/etc", false),
            ("l4", Kind::Link, "..", false),
            ("a/l5", Kind::Link, "../a/d/../../..", false),
            ("h2", Kind::HardLink, "../x", false),
            ("a/l/c", Kind::File, "", false),
        ] {
            let mut names = Names::default();
            names.add(b"a/b.txt", Kind::File, b"").unwrap();
            if name == "a/b.txt" && fine {
                names = Names::default();
            }
            if name == "a/l/c" {
                names.add(b"a/l", Kind::Link, b"../x").unwrap();
            }
            let result = names.add(name.as_bytes(), kind, target.as_bytes());
            assert_eq!(result.is_ok(), fine, "{name} {kind:?} {target}: {result:?}");
        }
    }
}
