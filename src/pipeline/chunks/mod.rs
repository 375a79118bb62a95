//! A large document on all threads.
//!
//! The stages work on whole lines, and carry little from one line to the next: how quotation marks are nested, whether a
//! bracket is open, and what is known of the document's damage. So pieces of a document that lie further on go through the
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
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Mutex, MutexGuard};

use jianti_text::encoding::Decoder;

use super::document::{Document as DocumentStream, DocumentState};
use super::stream::{Made, Stream};
use super::{coded, left_alone};
use crate::context::{BLOCK, Context, read_block};
use crate::error::Error;
use crate::outcome::Outcome;
use crate::records::RecordOutcome;
use pieces::{CUT, Piece, Pieces};

/// How many threads help the one that reads and writes, which is a tenth of the work and more; each takes some MiB.
const MOST_HELPERS: usize = 7;

/// How many wrong guesses count at the most. The pieces that then go in order double with each: 1, 3, 7, up to 63.
const MOST_WRONG: u32 = 6;

/// Takes what came of each record of a document, in order.
pub type EachRecord<'r> = &'r mut dyn FnMut(RecordOutcome);

/// Normalises a document of any size. On an error `output` holds the front of the result. Without `each` what came of
/// records, if that is wanted, is in the outcome.
pub fn normalize(
    context: &Context,
    name: Option<&Path>,
    input: &mut dyn Read,
    output: &mut dyn Write,
    mut each: Option<EachRecord>,
) -> Result<Outcome, Error> {
    let mut block = Vec::with_capacity(BLOCK);
    let mut last = read_block(input, &mut block)?;
    let format = context.format(name, &block);
    if left_alone::leaves(context, (name, format), &block, last) {
        return left_alone::copy(context, (name, format), (&block, last), input, output);
    }
    if format.is_coded() {
        return coded::normalize(context, format, &mut block.chain(input), output);
    }
    if !last && format.is_whole() {
        // Nothing of it is written before its end. What its beginning shows that it is none is told first.
        context.detect(name, &block, 0, false, None)?;
        input.read_to_end(&mut block)?;
        last = true;
    }
    let mut stream = Stream::new(context, name);
    // The encoding is told from blocks of this size, as for documents in memory.
    loop {
        if let Err(error) = stream.push(&block, last, output) {
            let rest = std::iter::from_fn(|| {
                (!last).then(|| {
                    last = read_block(input, &mut block)?;
                    Ok((std::mem::take(&mut block), last))
                })
            });
            return Err(counted(error, &mut stream, rest));
        }
        tell(&mut stream, &mut each);
        if last {
            return Ok(stream.outcome());
        }
        if stream.encoding().is_some() {
            break;
        }
        last = read_block(input, &mut block)?;
    }
    let mut pieces = Pieces::new(input, &stream, CUT);
    pieces.spare.push(block);
    in_pieces(context, stream, pieces, output, each)
}

/// Tells what came of the records that are done.
fn tell(stream: &mut Stream, each: &mut Option<EachRecord>) {
    if let Some(each) = each {
        stream.take_records().into_iter().for_each(each);
    }
}

/// An error; if it is one of decoding, with what is malformed in the blocks that follow counted too.
fn counted(
    error: Error,
    stream: &mut Stream,
    rest: impl Iterator<Item = io::Result<(Vec<u8>, bool)>>,
) -> Error {
    let Error::Decode(mut error) = error else {
        return error;
    };
    for block in rest {
        match block {
            Ok((block, last)) => error = stream.count_malformed(error, &block, last),
            Err(error) => return error.into(),
        }
    }
    error.into()
}

/// Normalises the rest of a document whose encoding is known.
fn in_pieces<'a, 'i>(
    context: &'a Context,
    stream: Stream<'a>,
    pieces: Pieces<'i>,
    output: &'i mut dyn Write,
    each: Option<EachRecord>,
) -> Result<Outcome, Error> {
    let helpers = (rayon::current_num_threads() - 1).min(MOST_HELPERS);
    let crew = Crew::default();
    rayon::in_place_scope(|scope| {
        let call = || {
            if crew.is_short_of(helpers) {
                scope.spawn(|_| crew.help(context));
            }
        };
        let document = Document {
            pieces,
            stream,
            output,
            each,
            crew: &crew,
            ahead: VecDeque::new(),
        };
        let result = document.normalize(context, helpers, call);
        // After an error there may be some.
        crew.state().tasks.clear();
        result
    })
}

/// A document on its way.
struct Document<'a, 'i, 'c, 'r> {
    /// What is not read yet.
    pieces: Pieces<'i>,
    output: &'i mut dyn Write,
    each: Option<EachRecord<'r>>,
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

impl<'a> Document<'a, '_, '_, '_> {
    /// Whether it is of no use to read on yet.
    fn has_to_wait(&self) -> bool {
        matches!(self.ahead.back(), Some(Ahead::Waiting(_)))
    }

    /// Has a piece done whose turn it is.
    fn push(&mut self, piece: Piece, context: &'a Context) -> Result<Piece, Error> {
        let pushed = self.stream.push(&piece.bytes, piece.last, self.output);
        let Err(error) = pushed else {
            return Ok(piece);
        };
        let (ahead, pieces, crew) = (&mut self.ahead, &mut self.pieces, self.crew);
        let mut ended = piece.last;
        let rest = std::iter::from_fn(|| {
            let piece = match ahead.pop_front() {
                Some(Ahead::Waiting(piece)) => Ok(piece),
                Some(Ahead::Given(done)) => Ok(crew.wait(&done, context).piece),
                None if ended => return None,
                None => pieces.next(false),
            };
            ended |= piece.as_ref().map_or(true, |piece| piece.last);
            Some(piece.map(|piece| (piece.bytes, piece.last)))
        });
        Err(counted(error, &mut self.stream, rest))
    }

    /// Reads, and writes in order. `call` calls for one of this many helpers; if there are none nothing is guessed.
    fn normalize(
        mut self,
        context: &'a Context,
        helpers: usize,
        call: impl Fn(),
    ) -> Result<Outcome, Error> {
        let most_ahead = 2 * helpers + 1;
        // How many pieces go in order yet, how many guesses were wrong of late, and how many right since: in the middle of
        // much damage all are wrong but the one of what comes next.
        let (mut in_order, mut wrong, mut right) = (0_u32, 0, 0);
        let mut left = None;
        let (mut ended, mut begun) = (false, false);
        loop {
            left = self.stream.state().or(left);
            while !ended && self.ahead.len() < most_ahead && !self.has_to_wait() {
                // The first one ends the line that the last block ended in, which takes little.
                let piece = self.pieces.next(left.is_some() || !begun)?;
                (ended, begun) = (piece.last, true);
                self.ahead.push_back(match &left {
                    Some(left) if piece.whole_lines && helpers > 0 && in_order == 0 => {
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
                    in_order = in_order.saturating_sub(1);
                    self.push(piece, context)?
                }
                Some(Ahead::Given(done)) => {
                    let done = self.crew.wait(&done, context);
                    match done.made {
                        Some(made) if self.stream.state().as_ref() == Some(&made.begun) => {
                            #[cfg(test)]
                            tests::guessed(true);
                            right += 1;
                            if right > most_ahead {
                                wrong = 0;
                            }
                            let piece = &done.piece;
                            self.stream
                                .append(&piece.bytes, made, piece.last, self.output)?;
                            done.piece
                        }
                        _ => {
                            #[cfg(test)]
                            tests::guessed(false);
                            right = 0;
                            // Others may have been made before this was known.
                            if in_order == 0 {
                                wrong = MOST_WRONG.min(wrong + 1);
                                in_order = (1 << wrong) - 1;
                            }
                            self.push(done.piece, context)?
                        }
                    }
                }
            };
            tell(&mut self.stream, &mut self.each);
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
    fn give(&self, piece: Piece, left: DocumentState) -> Receiver<Done<'a>> {
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
    fn help(&self, context: &'a Context) {
        while self.work(context) {}
        self.state().helpers -= 1;
    }

    /// Does the next task, if there is one.
    fn work(&self, context: &'a Context) -> bool {
        let next = self.state().tasks.pop_front();
        let Some((task, sender)) = next else {
            return false;
        };
        // After an error nobody waits for it.
        let _ = sender.send(task.run(context));
        true
    }

    /// A result; until it is there, the caller works too.
    fn wait(&self, result: &Receiver<Done<'a>>, context: &'a Context) -> Done<'a> {
        loop {
            match result.try_recv() {
                Err(TryRecvError::Empty) if self.work(context) => {}
                // Another thread is at it.
                Err(TryRecvError::Empty) => break,
                found => return found.expect("a helper's panic is the document's"),
            }
        }
        result.recv().expect("a helper's panic is the document's")
    }
}

/// A piece, and what the one before it is likely to leave.
struct Task {
    piece: Piece,
    left: DocumentState,
}

/// A piece that went through the stages.
struct Done<'a> {
    piece: Piece,
    /// `None` if that failed; it fails again when it is its turn, and then tells the right place.
    made: Option<Made<'a>>,
}

impl Task {
    fn run(self, context: &Context) -> Done<'_> {
        let piece = &self.piece;
        let made = self.run_up(context).and_then(|begun| {
            Stream::further_on(context, piece.encoding, begun, &piece.bytes, piece.last)
        });
        Done {
            made: made.ok(),
            piece: self.piece,
        }
    }

    /// What the lines before the piece leave, told from the last of them.
    fn run_up(&self, context: &Context) -> Result<DocumentState, Error> {
        let mut document = DocumentStream::further_on(context, self.left.clone().rested());
        let mut decoder = Decoder::new(self.piece.encoding, true, 0);
        let text = decoder.read(&self.piece.run_up, true)?;
        document.push(&text, false, &mut String::new())?;
        Ok(document.state().unwrap_or_else(|| self.left.clone()))
    }
}
