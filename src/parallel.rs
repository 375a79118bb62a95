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

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Mutex, MutexGuard};

use crate::decode::{self, Encoding};
use crate::document::{Body, Carried};
use crate::pipeline::{BLOCK, Error, Normalizer, Outcome, read_block};
use crate::stream::Stream;

/// How a document is cut, bytes. Even, for the sake of UTF-16.
#[derive(Clone, Copy)]
struct Cut {
    /// How much a thread works on at a time.
    piece: usize,
    /// How much before a piece is gone through to guess what it leaves behind.
    run_up: usize,
    /// How much is taken at a time of what has to go in order.
    block: usize,
}

const CUT: Cut = Cut {
    piece: 1 << 18,
    run_up: 1 << 12,
    block: BLOCK,
};

/// How many threads help the one that reads and writes, which is a tenth of the work and more; each takes some MiB.
const MOST_HELPERS: usize = 7;

/// Normalises a document of any size. On an error `output` holds the front of the result.
pub fn normalize(
    normalizer: &Normalizer,
    name: Option<&Path>,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    let mut stream = Stream::new(normalizer, name, output);
    let mut block = Vec::with_capacity(BLOCK);
    // The encoding is told from blocks of this size, as for documents in memory.
    while stream.encoding().is_none() {
        let last = read_block(input, &mut block)?;
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

/// A part of a document.
struct Piece {
    bytes: Vec<u8>,
    encoding: Encoding,
    /// Whether it begins and ends where lines do.
    whole_lines: bool,
    /// Whether it ends the document.
    last: bool,
    /// The last lines before it, if it begins where one does.
    run_up: Vec<u8>,
}

/// Reads a document in pieces of whole lines, as far as these are not too long.
struct Pieces<'i> {
    input: &'i mut dyn Read,
    encoding: Encoding,
    cut: Cut,
    /// What is read and in no piece yet.
    rest: Vec<u8>,
    /// The last lines of the last piece; `None` if it did not end in a line's end.
    before: Option<Vec<u8>>,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
}

impl<'i> Pieces<'i> {
    /// The pieces that follow what `stream` has.
    fn new(input: &'i mut dyn Read, stream: &Stream, cut: Cut) -> Self {
        Pieces {
            input,
            encoding: stream.encoding().expect("known by now"),
            cut,
            rest: Vec::new(),
            before: None,
            spare: Vec::new(),
        }
    }

    /// The next piece; a small one if it can go in parallel.
    fn next(&mut self, parallel: bool) -> io::Result<Piece> {
        let size = if parallel {
            self.cut.piece
        } else {
            self.cut.block
        };
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.resize(size.max(self.rest.len()), 0);
        let mut filled = self.rest.len();
        bytes[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        let mut last = false;
        while filled < bytes.len() && !last {
            match self.input.read(&mut bytes[filled..]) {
                Ok(length) => {
                    filled += length;
                    last = length == 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        let run_up = self.before.take();
        if !last && let Some(end) = last_line_end(self.encoding, &bytes) {
            self.rest.extend(&bytes[end..]);
            bytes.truncate(end);
            let tail = &bytes[end.saturating_sub(self.cut.run_up)..];
            let start = first_line_end(self.encoding, tail).expect("at its end");
            self.before = Some(tail[start..].to_vec());
        }
        Ok(Piece {
            bytes,
            encoding: self.encoding,
            whole_lines: run_up.is_some() && (last || self.before.is_some()),
            last,
            run_up: run_up.unwrap_or_default(),
        })
    }
}

/// Where the first line ends, bytes. No byte before it changes what those behind it mean.
fn first_line_end(encoding: Encoding, bytes: &[u8]) -> Option<usize> {
    let pair = |pair: [u8; 2]| bytes.chunks_exact(2).position(|found| found == pair);
    match encoding {
        Encoding::Utf16Le => pair([b'\n', 0]).map(|at| at * 2 + 2),
        Encoding::Utf16Be => pair([0, b'\n']).map(|at| at * 2 + 2),
        _ if encoding.keeps_ascii() => memchr::memchr(b'\n', bytes).map(|at| at + 1),
        _ => None,
    }
}

/// Where the last line ends, bytes.
fn last_line_end(encoding: Encoding, bytes: &[u8]) -> Option<usize> {
    let pair = |pair: [u8; 2]| bytes.chunks_exact(2).rposition(|found| found == pair);
    match encoding {
        Encoding::Utf16Le => pair([b'\n', 0]).map(|at| at * 2 + 2),
        Encoding::Utf16Be => pair([0, b'\n']).map(|at| at * 2 + 2),
        _ if encoding.keeps_ascii() => memchr::memrchr(b'\n', bytes).map(|at| at + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use fastrand::Rng;

    use super::*;
    use crate::convert::Config;
    use crate::encode::Encoder;
    use crate::{Format, Options};

    thread_local! {
        /// Pieces whose guess was right, and wrong, of the documents that this thread did.
        pub static GUESSES: Cell<[usize; 2]> = const { Cell::new([0; 2]) };
    }

    pub fn guessed(right: bool) {
        let [rights, wrongs] = GUESSES.get();
        GUESSES.set([rights + usize::from(right), wrongs + usize::from(!right)]);
    }

    const TAIWAN: &str = include_str!("../tests/data/encodings/taiwan.txt");
    const SIMPLIFIED: &str = include_str!("../tests/data/encodings/simplified.txt");

    /// Lines that leave something for the next ones, and damaged ones.
    const LINES: [&str; 16] = [
        "他說：「我知道。『這是』",
        "後來呢？」他問。『好了』",
        "“引用的话‘里面”",
        "里面’的，」『內』",
        "",
        "\r",
        "",
        "⿰",
        "爾著亻後",
        "河?xùn)|區(qū)委負(fù)責(zé)同志",
        "會(huì)議在圖書館，錕斤拷",
        "於先生在瞭望台上，王乾说慰藉",
        "什麽是「乾」？乾淨嗎",
        "着急地看着",
        "這 本 書 是 他 的 ， 不 是 我 的 。",
        "龥龤龢龣龡龠龞龝",
    ];

    /// Lines of all kinds; few are long, and the last one may not end.
    fn text(random: &mut Rng, length: usize) -> String {
        let articles: Vec<&str> = [TAIWAN, SIMPLIFIED]
            .iter()
            .flat_map(|text| text.lines())
            .collect();
        let (odd, long) = (random.usize(2..9), random.usize(20..400));
        let mut text = String::new();
        while text.len() < length {
            match random.usize(..10) {
                kind if kind < odd => text.push_str(LINES[random.usize(..LINES.len())]),
                _ => text.push_str(articles[random.usize(..articles.len())]),
            }
            if random.usize(..long) > 0 {
                text.push('\n');
            }
        }
        text
    }

    /// The text, but for what the encoding lacks.
    fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(encoding, false);
        for c in text.chars() {
            let _ = encoder.push(c.encode_utf8(&mut [0; 4]), &mut bytes);
        }
        bytes
    }

    /// Normalises in small pieces, behind the beginning that the stream has, on this many threads.
    fn in_small_pieces(
        normalizer: &Normalizer,
        mut bytes: &[u8],
        threads: usize,
        random: &mut Rng,
    ) -> Result<(Vec<u8>, Outcome), Error> {
        let cut = Cut {
            piece: 2 * random.usize(100..2_000),
            run_up: 2 * random.usize(1..200),
            block: 2 * random.usize(100..2_000),
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().expect("threads").install(|| {
            let mut output = Vec::new();
            let mut stream = Stream::new(normalizer, None, &mut output);
            let (head, rest) = bytes.split_at(random.usize(35_000..40_000) * 2);
            bytes = rest;
            stream.push(head, false)?;
            let outcome = in_pieces(normalizer, stream, &mut bytes, cut)?;
            Ok((output, outcome))
        })
    }

    fn agree(normalizer: &Normalizer, bytes: &[u8], random: &mut Rng) {
        let whole = normalizer.normalize(bytes);
        for threads in [1, 3] {
            let pieces = in_small_pieces(normalizer, bytes, threads, random);
            match (&whole, pieces) {
                (Ok((whole, outcome)), Ok((found, by_pieces))) => {
                    assert_eq!(by_pieces, *outcome);
                    assert!(found == *whole, "{outcome:?}");
                }
                (Err(error), Err(found)) => assert_eq!(found.to_string(), error.to_string()),
                (whole, found) => panic!("{whole:?} and {found:?}"),
            }
        }
    }

    fn normalizer(options: Options) -> Normalizer {
        Normalizer::new(Options {
            explain: true,
            count_outside: true,
            any_language: true,
            ..options
        })
        .expect("loads")
    }

    #[test]
    fn pieces_in_parallel_equal_the_whole() {
        let mut random = Rng::with_seed(41);
        for config in [Config::Auto, Config::T2s, Config::Tw2sp] {
            let normalizer = normalizer(Options {
                config,
                ..Options::default()
            });
            for _ in 0..5 {
                let text = text(&mut random, 300_000);
                agree(&normalizer, text.as_bytes(), &mut random);
            }
        }
    }

    #[test]
    fn in_every_encoding() {
        let mut random = Rng::with_seed(43);
        let encodings = [
            Encoding::Utf8,
            Encoding::Gbk,
            Encoding::Gb18030,
            Encoding::Big5,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ];
        for encoding in encodings {
            let to_encoding = encodings[random.usize(..encodings.len())];
            let normalizer = normalizer(Options {
                encoding: Some(encoding),
                to_encoding,
                lossy: true,
                ..Options::default()
            });
            for _ in 0..3 {
                let bytes = encoded(&text(&mut random, 300_000), encoding);
                agree(&normalizer, &bytes, &mut random);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_or_written_is_told_of_as_of_the_whole() {
        let mut random = Rng::with_seed(47);
        for encoding in [Encoding::Utf8, Encoding::Gbk, Encoding::Utf16Le] {
            for lossy in [false, true] {
                let normalizer = normalizer(Options {
                    encoding: Some(encoding),
                    lossy,
                    ..Options::default()
                });
                for _ in 0..3 {
                    let mut bytes = encoded(&text(&mut random, 300_000), encoding);
                    let at = random.usize(100_000..bytes.len() - 2);
                    bytes[at..at + 2].copy_from_slice(&[0xFF, 0xDC]);
                    agree(&normalizer, &bytes, &mut random);
                }
            }
        }
        let to_big5 = normalizer(Options {
            to_encoding: Encoding::Big5,
            ..Options::default()
        });
        let text = text(&mut random, 300_000);
        agree(&to_big5, text.as_bytes(), &mut random);
    }

    #[test]
    fn json_lines_too() {
        let mut random = Rng::with_seed(59);
        let normalizer = normalizer(Options {
            format: Some(Format::JsonLines),
            ..Options::default()
        });
        for wrong in [
            None,
            None,
            Some("{\"甲\": 1,\n\n\"乙\": [\n\n\"後\"]}"),
            Some("{"),
        ] {
            let articles = text(&mut random, 300_000);
            let mut lines: Vec<_> = articles
                .lines()
                .map(|line| format!("{{\"text\": {}}}", serde_json::Value::from(line)))
                .collect();
            let at = random.usize(lines.len() / 2..lines.len());
            lines.extend(wrong.map(str::to_owned));
            let last = lines.len() - 1;
            lines.swap(at, last);
            agree(&normalizer, lines.join("\n").as_bytes(), &mut random);
        }
    }

    #[test]
    fn guesses_are_right_in_most_documents() {
        let normalizer = normalizer(Options::default());
        let text = SIMPLIFIED.repeat(300_000 / SIMPLIFIED.len() + 1);
        let json = text.lines().map(|line| format!("[\"{line}\"]\n"));
        for bytes in [
            text.clone().into_bytes(),
            encoded(&text, Encoding::Gbk),
            json.collect::<String>().into_bytes(),
        ] {
            GUESSES.set([0; 2]);
            let cut = Cut {
                piece: 4_000,
                run_up: 100,
                block: 6_000,
            };
            let mut output = Vec::new();
            let mut stream = Stream::new(&normalizer, None, &mut output);
            let (head, mut rest) = bytes.split_at(80_000);
            stream.push(head, false).expect("well-formed");
            let outcome = in_pieces(&normalizer, stream, &mut rest, cut).expect("well-formed");
            let (whole, expected) = normalizer.normalize(&bytes).expect("well-formed");
            assert_eq!(outcome, expected);
            assert!(output == whole);
            let [right, wrong] = GUESSES.get();
            assert!(right > 20 && wrong == 0, "{right} right, {wrong} wrong");
        }
    }
}
