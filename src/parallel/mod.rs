//! A large document on all threads.
//!
//! The stages work on whole lines, and carry little from one line to the next: how quotation marks are nested, and, in a
//! document of mixed script, how the last line was taken. So pieces of a document that lie further on go through the
//! stages before those in front of them are done, each with a guess of what they leave behind: what the last piece that
//! is done left, and a short run-up. The results are put together in order. Where a guess was wrong the piece goes
//! through the stages again, so that the result is always that of a [`Stream`] alone.
//!
//! The threads are the caller's, and those of the rayon pool that it is in, or else of the global one; as many in all as
//! the pool has. A thread waits for nothing but a piece that another is working on, and nobody waits in the middle of a
//! piece: documents that share the threads cannot block each other.

mod pieces;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Mutex, MutexGuard};

use crate::decode::{self, Encoding};
use crate::document::{Body, Carried};
use crate::pipeline::{BLOCK, Error, Normalizer, Outcome, read_block};
use crate::stream::Stream;
use pieces::{CUT, Cut, Piece, Pieces};

/// How many threads help the one that reads and writes, which is a tenth of the work and more; each takes some MiB.
const MOST_HELPERS: usize = 7;

/// Normalises a document of any size. On an error `output` holds the front of the result.
pub fn normalize(
    normalizer: &Normalizer,
    name: Option<&Path>,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    let mut block = Vec::with_capacity(BLOCK);
    let mut first = Some(read_block(input, &mut block)?);
    if normalizer.leaves(name, &block) {
        let whole = first == Some(true);
        output.write_all(&block)?;
        let rest = if whole {
            0
        } else {
            std::io::copy(input, output)?
        };
        return normalizer.left(&block, whole, block.len() as u64 + rest);
    }
    let mut stream = Stream::new(normalizer, name, output);
    // The encoding is told from blocks of this size, as for documents in memory.
    while stream.encoding().is_none() {
        let last = match first.take() {
            Some(last) => last,
            None => read_block(input, &mut block)?,
        };
        stream.push(&block, last)?;
        if last {
            return Ok(stream.outcome());
        }
    }
    drop(block);
    in_pieces(normalizer, stream, input, CUT)
}

/// Normalises the rest of a document whose encoding is known.
fn in_pieces<'a>(
    normalizer: &'a Normalizer,
    stream: Stream<'a>,
    input: &mut dyn Read,
    cut: Cut,
) -> Result<Outcome, Error> {
    let helpers = (rayon::current_num_threads() - 1).min(MOST_HELPERS);
    let crew = Crew::default();
    rayon::in_place_scope(|scope| {
        let call = || {
            if crew.is_short_of(helpers) {
                scope.spawn(|_| crew.help(normalizer));
            }
        };
        let document = Document {
            pieces: Pieces::new(input, &stream, cut),
            stream,
            crew: &crew,
            ahead: VecDeque::new(),
        };
        let result = document.normalize(normalizer, 2 * helpers + 1, call);
        // After an error there may be some.
        crew.state().tasks.clear();
        result
    })
}

/// A document on its way.
struct Document<'a, 'i, 'c> {
    /// What is not read yet.
    pieces: Pieces<'i>,
    /// What is read and not done, in order.
    ahead: VecDeque<Ahead<'a>>,
    /// What is done.
    stream: Stream<'a>,
    crew: &'c Crew<'a>,
}

/// A piece that is read and not done.
enum Ahead<'a> {
    /// Nothing can be done with it before its turn.
    Waiting(Piece),
    /// The crew has it.
    Given(Receiver<Done<'a>>),
}

impl<'a> Document<'a, '_, '_> {
    /// Whether it is of no use to read on yet.
    fn has_to_wait(&self) -> bool {
        matches!(self.ahead.back(), Some(Ahead::Waiting(_)))
    }

    /// Reads, and writes in order. At most `most_ahead` pieces are read and not done. `call` calls for help.
    fn normalize(
        mut self,
        normalizer: &'a Normalizer,
        most_ahead: usize,
        call: impl Fn(),
    ) -> Result<Outcome, Error> {
        let mut left = None;
        let mut ended = false;
        loop {
            left = self.stream.carried().or(left);
            while !ended && self.ahead.len() < most_ahead && !self.has_to_wait() {
                let piece = self.pieces.next(left.is_some())?;
                ended = piece.last;
                self.ahead.push_back(match &left {
                    Some(left) if piece.whole_lines => {
                        let given = self.crew.give(piece, left.clone());
                        call();
                        Ahead::Given(given)
                    }
                    _ => Ahead::Waiting(piece),
                });
            }
            let piece = match self.ahead.pop_front() {
                None => return Ok(self.stream.outcome()),
                Some(Ahead::Waiting(piece)) => {
                    self.stream.push(&piece.bytes, piece.last)?;
                    piece
                }
                Some(Ahead::Given(done)) => {
                    let done = self.crew.wait(&done, normalizer);
                    match done.made {
                        Some(made) if self.stream.carried().as_ref() == Some(&made.begun) => {
                            #[cfg(test)]
                            tests::guessed(true);
                            self.stream.append(&done.piece.bytes, made)?;
                        }
                        _ => {
                            #[cfg(test)]
                            tests::guessed(false);
                            self.stream.push(&done.piece.bytes, done.piece.last)?;
                        }
                    }
                    done.piece
                }
            };
            self.pieces.spare.push(piece.bytes);
        }
    }
}

/// Those who go through pieces further on.
#[derive(Default)]
struct Crew<'a> {
    state: Mutex<State<'a>>,
}

#[derive(Default)]
struct State<'a> {
    /// What nobody works on yet, and where the results go; in order.
    tasks: VecDeque<(Task, Sender<Done<'a>>)>,
    /// How many threads were called and have not gone.
    helpers: usize,
}

impl<'a> Crew<'a> {
    fn state(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().expect("nobody panics with it")
    }

    /// Hands over a piece, and what the one before it is likely to leave.
    fn give(&self, piece: Piece, left: Carried) -> Receiver<Done<'a>> {
        let (sender, receiver) = mpsc::channel();
        self.state().tasks.push_back((Task { piece, left }, sender));
        receiver
    }

    /// Whether another thread should be called; it counts as called then.
    fn is_short_of(&self, helpers: usize) -> bool {
        let mut state = self.state();
        let short = state.helpers < helpers;
        state.helpers += usize::from(short);
        short
    }

    /// Works as long as there is something to do.
    fn help(&self, normalizer: &'a Normalizer) {
        while self.work(normalizer) {}
        self.state().helpers -= 1;
    }

    /// Does the next task, if there is one.
    fn work(&self, normalizer: &'a Normalizer) -> bool {
        let next = self.state().tasks.pop_front();
        let Some((task, sender)) = next else {
            return false;
        };
        // After an error nobody waits for it.
        let _ = sender.send(task.run(normalizer));
        true
    }

    /// A result; until it is there, the caller works too.
    fn wait(&self, result: &Receiver<Done<'a>>, normalizer: &'a Normalizer) -> Done<'a> {
        loop {
            match result.try_recv() {
                Err(TryRecvError::Empty) if self.work(normalizer) => {}
                // Another thread is at it.
                Err(TryRecvError::Empty) => break,
                found => return found.expect("a helper that panics ends the run"),
            }
        }
        result.recv().expect("a helper that panics ends the run")
    }
}

/// A piece, and what the one before it is likely to leave.
struct Task {
    piece: Piece,
    left: Carried,
}

/// A piece that went through the stages.
struct Done<'a> {
    piece: Piece,
    /// `None` if that failed; it fails again when it is its turn, and then tells the right place.
    made: Option<Made<'a>>,
}

/// What a piece became.
pub struct Made<'a> {
    /// What was taken for what the lines before it leave.
    pub begun: Carried,
    /// The stages, after the piece's last line.
    pub body: Body<'a>,
    /// The result.
    pub text: String,
    /// The same in the output's encoding, if that is not UTF-8.
    pub encoded: Option<Vec<u8>>,
    /// How many times something was replaced that could not be decoded, and encoded.
    pub replaced: (u64, u64),
    /// Whether the result is the piece.
    pub unchanged: bool,
}

impl Task {
    fn run(self, normalizer: &Normalizer) -> Done<'_> {
        let begun = self.run_up(normalizer);
        let made = begun.and_then(|begun| make(normalizer, &self.piece, begun));
        Done {
            made: made.ok(),
            piece: self.piece,
        }
    }

    /// What the lines before the piece leave, told from the last of them.
    fn run_up(&self, normalizer: &Normalizer) -> Result<Carried, Error> {
        let mut body = Body::further_on(normalizer, self.left.clone());
        let (text, _) = decode::decode_at(&self.piece.run_up, self.piece.encoding, 0, true)?;
        body.push(&text, false, &mut String::new())?;
        Ok(body.carried().unwrap_or_else(|| self.left.clone()))
    }
}

fn make<'a>(normalizer: &'a Normalizer, piece: &Piece, begun: Carried) -> Result<Made<'a>, Error> {
    let mut body = Body::further_on(normalizer, begun.clone());
    let (page, replaced) = decode::decode_at(&piece.bytes, piece.encoding, 0, normalizer.lossy())?;
    let mut text = String::new();
    body.push(&page, piece.last, &mut text)?;
    let mut encoder = normalizer.encoder();
    // The document's beginning is elsewhere.
    encoder.pass_over("", 0);
    let encoded = match normalizer.to_encoding() {
        Encoding::Utf8 => None,
        _ => {
            let mut bytes = Vec::with_capacity(piece.bytes.len());
            encoder.push(&text, &mut bytes)?;
            Some(bytes)
        }
    };
    let unchanged = encoded.as_deref().unwrap_or(text.as_bytes()) == piece.bytes;
    Ok(Made {
        begun,
        body,
        text,
        encoded,
        replaced: (replaced, encoder.replaced()),
        unchanged,
    })
}
