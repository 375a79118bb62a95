//! Markup cut into tokens, each a range of bytes of it.
//!
//! HTML is cut as the HTML Standard's tokenization has it (13.2.5), XML as XML 1.0 does, and broken markup like
//! browsers do: whatever begins no token is text. Nothing is decoded or judged.

use std::ops::Range;

use memchr::memmem;

/// What a piece of markup is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Text, with references if `references`.
    Text {
        range: Range<usize>,
        references: bool,
    },
    /// A start or end tag.
    Tag(Tag),
    /// A comment, a declaration, a processing instruction, a script: nothing that is read, and no end of a phrase.
    Other(Range<usize>),
}

/// A start or end tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// From `<` to `>`.
    pub range: Range<usize>,
    /// Its element's name.
    pub name: Range<usize>,
    /// Whether it is an end tag.
    pub end: bool,
    /// Whether it ends with `/>`.
    pub empty: bool,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
}

/// An attribute that has a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// Its name.
    pub name: Range<usize>,
    /// Its value, without quotes.
    pub value: Range<usize>,
    /// Which quote is around the value, if any.
    pub quote: Option<u8>,
}

/// Where the tokenizer is; it may stop in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Where text and tags may stand.
    Data,
    /// In a comment or the like, up to this mark.
    Until(&'static str),
    /// In a CDATA section.
    Cdata,
    /// In an element that knows no tags but its own end tag; whether its text is read, and whether it has references.
    Raw {
        name: String,
        read: bool,
        references: bool,
    },
    /// In a script; how far it is escaped (HTML 13.2.5.17 and following).
    Script(Escape),
}

/// How far a script is hidden from old browsers, which changes where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Not at all.
    No,
    /// Behind `<!--`.
    Comment,
    /// Behind `<!--` and `<script`: the next end tag does not end it.
    Double,
}

/// The longest tag; a longer one is taken for something that is no text. Bytes.
const LONGEST_TAG: usize = 8 << 20;

/// How many attributes of a tag are read; those behind stay as they are.
const MOST_ATTRIBUTES: usize = 4096;

/// The same where many tags before were too long, each of which was read in vain.
const LONGEST_TAG_AT_LAST: usize = 4 << 10;

/// How long text may get before it is cut, bytes.
pub(crate) const LONGEST_TEXT: usize = 1 << 16;

/// The longest reference, bytes.
pub(crate) const LONGEST_REFERENCE: usize = 40;

/// Cuts markup into tokens.
#[derive(Clone, Debug)]
pub(crate) struct Tokenizer {
    /// Whether this is XML.
    pub xml: bool,
    /// Whether `<![CDATA[` begins text: in XML, and in HTML within SVG and MathML.
    pub cdata: bool,
    /// Where it is. Who reads the tokens sets it behind a start tag.
    pub mode: Mode,
    /// The longest tag or declaration now, bytes.
    longest: usize,
    /// Room for attributes.
    attributes: Vec<Attribute>,
}

impl Tokenizer {
    /// At the beginning of markup.
    pub fn new(xml: bool, cdata: bool, mode: Mode) -> Tokenizer {
        Tokenizer {
            xml,
            cdata,
            mode,
            longest: LONGEST_TAG,
            attributes: Vec::new(),
        }
    }

    /// Takes back a tag that was read, whose room is used again.
    pub fn take_back(&mut self, tag: Tag) {
        self.attributes = tag.attributes;
        self.attributes.clear();
    }

    /// The token that begins at `at`. `None` at the end, and if more is needed to know; `last` says that no more comes.
    pub fn next(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        if at == text.len() {
            return None;
        }
        match &self.mode {
            Mode::Data => self.data(text, at, last),
            Mode::Until(mark) => {
                let mark = *mark;
                self.until(text, at, last, mark)
            }
            Mode::Cdata => self.cdata(text, at, last),
            Mode::Raw { .. } => self.raw(text, at, last),
            Mode::Script(escape) => {
                let escape = *escape;
                self.script(text, at, last, escape)
            }
        }
    }

    fn data(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        let bytes = text.as_bytes();
        let mut from = at;
        while let Some(found) = memchr::memchr(b'<', &bytes[from..]) {
            let open = from + found;
            let is_settled = last || bytes.len() - open >= "<![CDATA[".len();
            if !is_settled || open - at > 2 * LONGEST_TEXT {
                // What begins here, if anything does, is seen when the text before it is written.
                return text_token(text, at..open, false, true);
            }
            if self.begins(bytes, open) {
                if open > at {
                    return text_token(text, at..open, true, true);
                }
                return self.markup(text, at, last);
            }
            from = open + 1;
        }
        text_token(text, at..bytes.len(), last, true)
    }

    /// Whether the `<` at `open` begins something else than text.
    fn begins(&self, bytes: &[u8], open: usize) -> bool {
        match (bytes.get(open + 1), bytes.get(open + 2)) {
            (Some(b'!' | b'?'), _) => true,
            (Some(b'/'), Some(b'>')) => !self.xml,
            (Some(b'/'), Some(next)) => !self.xml || self.begins_name(*next),
            (Some(next), _) => self.begins_name(*next),
            _ => false,
        }
    }

    fn begins_name(&self, byte: u8) -> bool {
        byte.is_ascii_alphabetic() || self.xml && (byte >= 0x80 || matches!(byte, b'_' | b':'))
    }

    fn markup(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        let rest = &text[at..];
        let (length, mark) = if rest.starts_with("<!-->") && !self.xml {
            return Some(Token::Other(at..at + 5));
        } else if rest.starts_with("<!--->") && !self.xml {
            return Some(Token::Other(at..at + 6));
        } else if rest.starts_with("<!--") {
            (4, "-->")
        } else if rest.starts_with("<![CDATA[") && self.cdata {
            self.mode = Mode::Cdata;
            return Some(Token::Other(at..at + 9));
        } else if rest.starts_with("<?") && self.xml {
            (2, "?>")
        } else if rest.starts_with("<!") && self.xml {
            return self.declaration(text, at, last);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            (2, ">")
        } else if rest.as_bytes()[1] == b'/' && !self.begins_name(rest.as_bytes()[2]) {
            // HTML takes it for a comment; `</>` for nothing at all.
            (2, ">")
        } else {
            return self.tag(text, at, last);
        };
        self.mode = Mode::Until(mark);
        Some(Token::Other(at..at + length))
    }

    /// A document type, which may hold declarations in brackets.
    fn declaration(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        let bytes = self.longest(text, at);
        let mut depth = 0;
        let mut i = at + 1;
        while i < bytes.len() {
            match bytes[i] {
                b'"' | b'\'' => match memchr::memchr(bytes[i], &bytes[i + 1..]) {
                    Some(length) => i += length + 1,
                    None => break,
                },
                b'<' if bytes[i..].starts_with(b"<!--") => {
                    match memmem::find(&bytes[i..], b"-->") {
                        Some(length) => i += length + 2,
                        None => break,
                    }
                }
                b'[' => depth += 1,
                b']' => depth -= 1,
                b'>' if depth <= 0 => return Some(Token::Other(at..i + 1)),
                _ => {}
            }
            i += 1;
        }
        self.unfinished(text, at, last)
    }

    /// The text without what is too far from `at` to belong to a tag that begins there.
    fn longest<'t>(&self, text: &'t str, at: usize) -> &'t [u8] {
        &text.as_bytes()[..text.len().min(at + self.longest)]
    }

    /// Markup without an end: more may come, or it is passed over.
    fn unfinished(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        if !last && text.len() - at < self.longest {
            return None;
        }
        // The text may be full of them.
        self.longest = LONGEST_TAG_AT_LAST.max(self.longest / 2);
        self.mode = Mode::Until(">");
        Some(Token::Other(at..at + 1))
    }

    fn until(&mut self, text: &str, at: usize, last: bool, mark: &str) -> Option<Token> {
        let rest = &text.as_bytes()[at..];
        let end = if mark == "-->" && !self.xml {
            let ends =
                |end: &usize| rest[..*end].ends_with(b"--") || rest[..*end].ends_with(b"--!");
            memchr::memchr_iter(b'>', rest).find(ends).map(|at| at + 1)
        } else {
            memmem::find(rest, mark.as_bytes()).map(|found| found + mark.len())
        };
        if let Some(end) = end {
            self.mode = Mode::Data;
            return Some(Token::Other(at..at + end));
        }
        let end = floor(text, at, if last { 0 } else { "--!>".len() - 1 });
        (end > at).then_some(Token::Other(at..end))
    }

    fn cdata(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        match text[at..].find("]]>") {
            Some(0) => {
                self.mode = Mode::Data;
                Some(Token::Other(at..at + 3))
            }
            Some(length) => text_token(text, at..at + length, true, false),
            None => text_token(text, at..text.len(), last, false),
        }
    }

    fn raw(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        let Mode::Raw {
            name,
            read,
            references,
        } = &self.mode
        else {
            unreachable!("asked for in this mode")
        };
        let (read, references) = (*read, *references);
        let end = end_tag(text, at, name, last);
        let (to, found) = match end {
            EndTag::At(end) => (end, true),
            EndTag::Perhaps(end) => (end, false),
        };
        if to == at {
            if !found {
                return None;
            }
            self.mode = Mode::Data;
            return self.tag(text, at, last);
        }
        if !read {
            return Some(Token::Other(at..to));
        }
        text_token(text, at..to, last || found, references)
    }

    fn script(&mut self, text: &str, at: usize, last: bool, mut escape: Escape) -> Option<Token> {
        let bytes = text.as_bytes();
        let mut i = at;
        loop {
            let Some(found) = memchr::memchr2(b'<', b'-', &bytes[i..]) else {
                self.mode = Mode::Script(escape);
                return Some(Token::Other(at..bytes.len()));
            };
            i += found;
            let rest = &bytes[i..];
            if !last && rest.len() < "</script>".len() {
                self.mode = Mode::Script(escape);
                return (i > at).then_some(Token::Other(at..i));
            }
            if rest.starts_with(b"<!--") && escape == Escape::No {
                escape = Escape::Comment;
                // `<!-->` ends it at once.
                i += 2;
            } else if rest.starts_with(b"-->") {
                escape = Escape::No;
                i += 3;
            } else if names(rest, b"<script") && escape == Escape::Comment {
                escape = Escape::Double;
                i += 7;
            } else if names(rest, b"</script") {
                if escape == Escape::Double {
                    escape = Escape::Comment;
                    i += 8;
                } else if i > at {
                    self.mode = Mode::Script(escape);
                    return Some(Token::Other(at..i));
                } else {
                    let tag = self.tag(text, at, last);
                    if tag.is_some() && self.mode == Mode::Script(escape) {
                        self.mode = Mode::Data;
                    }
                    return tag;
                }
            } else {
                i += 1;
            }
        }
    }

    fn tag(&mut self, text: &str, at: usize, last: bool) -> Option<Token> {
        let bytes = self.longest(text, at);
        let end = bytes[at + 1] == b'/';
        let name_start = at + 1 + usize::from(end);
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C);
        let skip = |mut i: usize, stop: &dyn Fn(u8) -> bool| {
            while i < bytes.len() && !stop(bytes[i]) {
                i += 1;
            }
            i
        };
        let name_end = skip(name_start, &|byte| {
            is_space(byte) || matches!(byte, b'/' | b'>')
        });
        let mut attributes = std::mem::take(&mut self.attributes);
        let mut i = name_end;
        let mut values_end = 0;
        loop {
            i = skip(i, &|byte| !is_space(byte) && byte != b'/');
            match bytes.get(i) {
                None => return self.unfinished(text, at, last),
                Some(b'>') => break,
                Some(_) => {}
            }
            let name = i;
            // An equals sign in front belongs to the name.
            i = skip(i + 1, &|byte| {
                is_space(byte) || matches!(byte, b'/' | b'>' | b'=')
            });
            let name = name..i;
            let equals = skip(i, &|byte| !is_space(byte));
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            i = skip(equals + 1, &|byte| !is_space(byte));
            let quote = bytes
                .get(i)
                .copied()
                .filter(|byte| matches!(byte, b'"' | b'\''));
            let value = match quote {
                Some(quote) => {
                    let Some(length) = memchr::memchr(quote, &bytes[i + 1..]) else {
                        return self.unfinished(text, at, last);
                    };
                    let value = i + 1..i + 1 + length;
                    i = value.end + 1;
                    value
                }
                None => {
                    let start = i;
                    i = skip(i, &|byte| is_space(byte) || byte == b'>');
                    start..i
                }
            };
            values_end = value.end;
            if attributes.len() < MOST_ATTRIBUTES {
                attributes.push(Attribute { name, value, quote });
            }
        }
        Some(Token::Tag(Tag {
            range: at..i + 1,
            name: name_start..name_end,
            end,
            empty: bytes[i - 1] == b'/' && values_end < i,
            attributes,
        }))
    }
}

/// Whether a tag's beginning is this, in any case, and its name ends there.
fn names(bytes: &[u8], tag: &[u8]) -> bool {
    bytes.len() > tag.len()
        && bytes[..tag.len()].eq_ignore_ascii_case(tag)
        && matches!(
            bytes[tag.len()],
            b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'>'
        )
}

enum EndTag {
    /// It begins here.
    At(usize),
    /// Up to here there is none.
    Perhaps(usize),
}

/// The end tag of the element `name`.
fn end_tag(text: &str, at: usize, name: &str, last: bool) -> EndTag {
    let bytes = text.as_bytes();
    let tag = format!("</{name}");
    for found in memmem::find_iter(&bytes[at..], b"</") {
        let open = at + found;
        if names(&bytes[open..], tag.as_bytes()) {
            return EndTag::At(open);
        }
    }
    EndTag::Perhaps(floor(text, at, if last { 0 } else { tag.len() }))
}

/// The end of `text` without its last bytes, but not before `at`.
fn floor(text: &str, at: usize, kept: usize) -> usize {
    let end = text.len().saturating_sub(kept);
    text.floor_char_boundary(end).max(at)
}

/// Text in `range`; `None` if more may belong to it. Long text is cut where that does not depend on how it came: behind
/// a line's end, at worst between two characters.
fn text_token(text: &str, range: Range<usize>, ended: bool, references: bool) -> Option<Token> {
    let Range { start, mut end } = range;
    if end - start > LONGEST_TEXT {
        let line_end = memchr::memchr(b'\n', &text.as_bytes()[start + LONGEST_TEXT..end]);
        let most = start + 2 * LONGEST_TEXT;
        match line_end.map(|at| start + LONGEST_TEXT + at + 1) {
            Some(cut) if cut <= most => end = cut,
            _ if end > most => {
                end = floor(text, start, text.len() - most);
                let tail = floor(text, start, text.len() - end + LONGEST_REFERENCE);
                if let Some(at) = text[tail..end].rfind('&') {
                    end = tail + at;
                }
            }
            _ if !ended => return None,
            _ => {}
        }
    } else if !ended {
        return None;
    }
    (end > start).then_some(Token::Text {
        range: start..end,
        references,
    })
}
