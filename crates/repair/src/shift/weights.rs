//! The search's bounds and weights. Costs are natural logarithms, each of [`UNIT`](jianti_model::UNIT) units.
//! They were chosen on text that was damaged at random (tests/repair.rs), not derived.

/// Characters of the page that a run is followed for.
pub const LONGEST: usize = 80;
/// How many originals are followed at a time.
pub const KEPT: usize = 32;
/// The same, at the first quick look.
pub const FEW_KEPT: usize = 8;
/// How many of them may be alike at their ends.
pub const ALIKE: usize = 6;
/// How many of those are tried with characters that the page may have dropped.
pub const TRIED: usize = 10;
/// How many dropped characters are followed by a second one, how many second ones are tried, and with how many lead bytes
/// of the next.
pub const FIRSTS: usize = 12;
pub const SECONDS: usize = 16;
pub const LEADS: usize = 5;
/// How many characters are tried where nothing but the text around tells a lost byte.
pub const GUESSES: usize = 24;
/// The same, where an ASCII character behind it is lost too.
pub const FEW_GUESSES: usize = 6;
/// How many characters a reading and its bracket have at most.
pub const READING: usize = 8;
/// How many cuts that overlap each other are thought of at one place.
pub const MOST_CUTS: usize = 3;
/// How many originals are ranked by words too.
pub const RANKED: usize = 48;
/// How much work it is to rank one, and to follow one to the next place, in characters that are weighed.
pub const WORK_EACH: u64 = 100;
pub const WORK_STEP: u64 = 4;
/// How many characters that are only looked up take as long as one that is weighed.
pub const LOOKED_AT: u64 = 8;
/// How many originals are told at the most.
pub const TOLD: usize = 4;

/// Characters behind a run that help to tell how likely it is.
pub const AHEAD: usize = 6;
/// Characters in front of a run that help to tell words.
pub const WORDS_BEFORE: usize = 6;
/// How far around a run a quotation mark or bracket may have its partner, characters.
pub const NEAR: usize = 100;

/// By how much an original may cost more than the best so far, and be followed.
pub const BEHIND: u32 = 14;
/// By how much an original may cost more than the best by pairs, and be ranked.
pub const RANKED_BEHIND: u32 = 16;
/// By how much an original must cost less than the page, and by how much at least to be told of.
pub const BETTER: u32 = 10;
pub const TOLD_BETTER: u32 = 2;
/// How likely all others together may be at most, in parts of the likeliest, for that to stand.
pub const CLEAR: f64 = 0.17;
/// The same, for the quick look to be enough, and what each pair of characters may cost then.
pub const CERTAIN: f64 = 0.02;
pub const FAMILIAR: u32 = 8;
/// The same, where only a mark and a question mark for each byte of a character tell it.
pub const CLEAR_LONE: f64 = 0.07;
/// The same, where the page dropped a character, or swallowed an ASCII character that nothing tells.
pub const CLEAR_DROPPED: f64 = 0.14;
/// The same, where the rest does not read well: there are more originals then than are followed.
pub const CLEAR_DROPPED_MORE: f64 = 0.02;
/// The same, where a tag tells that the text ends there, and the page dropped nothing.
pub const CLEAR_TAG: f64 = 1.0;
/// The same, where the text ends in one of the marks that share their first byte, of which the page shows no more.
pub const CLEAR_MARK: f64 = 0.4;
/// What a character costs as part of words at most on average where several dropped ones are as clear as one; units, not
/// logarithms.
pub const FLUENT: u32 = 44;
/// The same where one is clear.
pub const PLAIN: u32 = 49;
/// By how much an original counts more than its cost says if only marks that the page may have dropped tell it from the
/// first.
pub const MARKS: f64 = 1.5;
/// The same, if any characters that the page may have dropped do.
pub const MORE: f64 = 2.0;
/// A character that costs more wherever it stands settles nothing.
pub const RARE: u32 = 14;

/// The weight of words, in parts of the whole; pairs of characters have the rest.
pub const WORDS: u32 = 2;
/// The weight of what three characters tell beside pairs.
pub const TRIPLES: u32 = 3;
/// The whole.
pub const PARTS: u32 = 4;

/// What a gloss that fits is worth.
pub const GLOSS: u32 = 8;
/// What a tag that lost its bracket is worth.
pub const TAG: u32 = 14;
/// What it costs that the first character cut is not 。, which is the commonest by far; units, not logarithms.
pub const CUT_ELSEWHERE: u32 = 12;
/// What a character of an original costs at most on average for it to stand.
pub const FAIR: f64 = 9.0;
/// What a letter is worth that stands right behind a mark and in front of an ideograph.
pub const LETTER: u32 = 6;
/// What an eaten line's end costs.
pub const LINE_END: u32 = 4;
/// What a wide character costs at least on average in text that shows as damage without an original for it.
pub const GARBLED: u32 = 7;
/// What costs begin at, so that they stay above zero.
pub const START: u32 = GLOSS + TAG + LETTER;
/// What a character of clean text costs at most on average.
pub const CLEAN: u32 = 6;
/// What a character of text that is plainly Chinese costs at most on average, by pairs, words and triples; units, not
/// logarithms.
pub const READABLE: u32 = 7 * jianti_model::UNIT;
/// What a character costs that the page does not show, where none is known to follow the one in front.
pub const UNTOLD: u32 = 12;
/// What each of two characters costs at most that go on so well that the page dropped none before them.
pub const WELL: u32 = 5;
/// What a character of a shifted run costs at least on average.
pub const STRANGE: u32 = 5;
/// What a mark costs that stands twice.
pub const REPEATED: u32 = 5;
/// What it costs at most where two of it stand in front already.
pub const EXCITED: u32 = 7;
/// What a full-width space costs.
pub const WIDE_SPACE: u32 = 3;
/// What a letter or digit of full width costs where the line has no others.
pub const WIDE_LETTER: u32 = 4;
/// What a sign of full width costs that text has in ASCII.
pub const WIDE_SIGN: u32 = 6;
/// How many times as many characters of one script as of the other tell that a page is in it.
pub const TELLING: u64 = 4;
/// How many telling characters of a page tell it where the line in front does not.
pub const MANY: u64 = 12;
/// What a character costs that exists only in the script that the line is not in.
pub const OTHER_SCRIPT: u32 = 7;
/// What an original in simplified script costs, as the program's pages are seldom so.
pub const SIMPLIFIED: u32 = 4;
/// What a dropped character costs, as there are many to choose from.
pub const DROPPED: u32 = 2;
/// What an ideograph costs that stands alone between two marks.
pub const LONELY: u32 = 3;
/// What a quotation costs that ends in a full stop where the sentence around it goes on.
pub const STOPPED: u32 = 8;
/// What a quotation costs that ends without a mark where another follows.
pub const ENDLESS: u32 = 3;
/// What the second of two verbs costs at most that stand as in 看了看.
pub const AGAIN: u32 = 3;
/// What a bracket or quotation mark without its partner costs.
pub const UNPAIRED: u32 = 5;
/// How far behind the mark a sign is looked for, characters.
pub const SOON: usize = 5;
