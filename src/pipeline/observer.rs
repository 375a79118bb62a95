//! Tells of each document in a container that would change, where nothing is written.

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use jianti_formats::archive::limits::Limits;
use jianti_formats::archive::zip::Archive;

use super::whole;
use crate::context::Context;
use crate::error::Error;
use crate::outcome::Outcome;

/// Takes a document's name in its container, and its text before and after.
type Take<'a> = &'a mut dyn FnMut(&str, &str, &str);

/// Who is told.
pub(super) struct Observer<'a> {
    /// The names of the members that are being gone through, from the outside in.
    names: RefCell<Vec<String>>,
    take: RefCell<Take<'a>>,
}

impl fmt::Debug for Observer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Observer")
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}

/// Has a member left at its end.
pub(super) struct Within<'o>(&'o RefCell<Vec<String>>);

impl Drop for Within<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().pop();
    }
}

impl<'a> Observer<'a> {
    /// One that tells `take`.
    pub fn new(take: Take<'a>) -> Observer<'a> {
        Observer {
            names: RefCell::default(),
            take: RefCell::new(take),
        }
    }

    /// Goes into a member.
    pub fn enter(&self, name: &str) -> Within<'_> {
        self.names.borrow_mut().push(name.to_owned());
        Within(&self.names)
    }

    /// Tells of what is being gone through.
    pub fn tell(&self, before: &str, after: &str) {
        let name = self.names.borrow().join("/");
        (self.take.borrow_mut())(&name, before, after);
    }

    /// Compares a document.
    ///
    /// # Errors
    /// Those of [`whole::compare`].
    pub fn document(&self, context: &Context, name: &Path, bytes: &[u8]) -> Result<Outcome, Error> {
        let compared = whole::compare(context, Some(name), bytes)?;
        if compared.before != compared.after {
            self.tell(&compared.before, &compared.after);
        }
        Ok(compared.outcome)
    }

    /// Compares the parts of a book or an office document with what they became.
    ///
    /// # Errors
    /// A part cannot be read.
    pub fn package<R: Read + Seek>(
        &self,
        archive: &Archive<R>,
        result: File,
        limits: &Limits,
    ) -> Result<(), Error> {
        let result = Archive::open(result)?;
        for (old, new) in archive.members.iter().zip(&result.members) {
            if old.name.ends_with('/') {
                continue;
            }
            let (mut before, mut after) = (Vec::new(), Vec::new());
            archive.reader(old, limits)?.read_to_end(&mut before)?;
            result
                .reader(new, &Limits::none())?
                .read_to_end(&mut after)?;
            if before != after {
                let _within = self.enter(&old.name);
                self.tell(
                    &String::from_utf8_lossy(&before),
                    &String::from_utf8_lossy(&after),
                );
            }
        }
        Ok(())
    }
}
