//! The page for a person (`--review`): what was done, in totals of all files and a sample of them that is bounded however
//! many there are.

mod details;
mod lines;
mod page;
mod row;
mod sample;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::interrupt;
use super::language::pick;
use super::message;
use super::report::FileReport;
use super::report_file::{Destination, ReportFile, What};
use super::told::Told;
use jianti::{Normalizer, Options};
use sample::Sample;

pub use details::Details;
pub use lines::changed_lines;
pub use page::is_review;

/// How many places of each kind are looked for in a file.
const PLACES: usize = 40;

/// Takes what became of files; writes the page at the end.
pub struct Review {
    destination: Destination,
    /// Whether it is to be on the disk when it has its name.
    syncs: bool,
    /// The language that it opens in; the reader's browser's if none is asked for.
    language: Option<&'static str>,
    /// Explains what is shown.
    pub normalizer: Normalizer,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sample: Sample,
    formats: BTreeMap<String, u64>,
    sizes: sample::Sizes,
}

/// The options of a run, changed so that what the page shows is explained.
pub fn explaining(options: &Options) -> Options {
    options.clone().with(|options| {
        options.explain = true;
        options.explain_most = Some(PLACES);
        options.count_outside = false;
        options.records = false;
    })
}

impl Review {
    /// The page of a run, where it goes, and what explains what it shows.
    pub fn new(
        destination: Destination,
        syncs: bool,
        language: Option<&'static str>,
        normalizer: Normalizer,
    ) -> Review {
        Review {
            destination,
            syncs,
            language,
            normalizer,
            state: Mutex::default(),
        }
    }

    /// Whether the page would show the file with all that is known, as far as can be told by now.
    pub fn wants_details(&self, file: &FileReport) -> bool {
        self.state().sample.wants_details(file)
    }

    /// Takes what became of a file.
    pub fn add(&self, file: &FileReport) {
        let mut state = self.state();
        state.sample.add(file);
        if let Some(outcome) = &file.outcome {
            let name = match outcome.compression {
                Some(compression) => format!("{} ({})", outcome.format, compression.name()),
                None => outcome.format.to_string(),
            };
            *state.formats.entry(name).or_default() += 1;
            state.sizes.add(outcome.bytes_in);
        }
    }

    /// Writes the page, unless the run was interrupted: then the former one stays.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(&self, totals: &super::totals::Totals) -> Result<(), Told> {
        if interrupt::is_interrupted() {
            message::note(pick(
                "jianti: the run was interrupted; no review was written",
                "jianti：运行被中断，没有写检视网页",
            ));
            return Ok(());
        }
        let state = std::mem::take(&mut *self.state());
        let page = page::page(
            totals,
            state.sample,
            state.formats,
            &state.sizes,
            self.language,
        );
        let mut file = ReportFile::open(What::Review, &self.destination, self.syncs)?;
        let written = file.write(page.as_bytes());
        file.close(written, false)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
