//! Markdown: the text of paragraphs, headings, tables, lists, link titles and front matter. It goes through part by part; only
//! where what a part's text is to become hangs on what stands further on is the rest held: a label that nothing has
//! defined yet, or a link to a heading.

use crate::Error;
use crate::anchor::Headings;
use crate::front_matter;
use crate::markdown_labels::Labels;
use crate::markdown_marks::Marks;
use crate::markdown_parsed::Parsed;
use crate::markdown_parts::{PART, Part, Stop, settle};
use crate::markdown_pass::Pass;
use crate::weight;
use crate::{Format, Rewriter, Settings, TextSink};

/// Rewrites a document part by part.
pub(crate) struct Markdown {
    settings: Settings,
    /// Whether it is MDX.
    mdx: bool,
    /// Whether it may begin with front matter.
    is_file: bool,
    /// What came and is not done.
    rest: String,
    /// How much has to be there of it before it is gone through, bytes.
    wanted: usize,
    /// What is done: its length in bytes, what it defines, and its headings.
    done: u64,
    labels: Labels,
    headings: Headings,
    marks: Marks,
}

/// Enough to find where a part ends.
const WANTED: usize = 4 * PART;

impl Markdown {
    /// A document at its beginning.
    pub fn new(settings: &Settings) -> Markdown {
        Markdown {
            settings: settings.clone(),
            mdx: false,
            is_file: true,
            rest: String::new(),
            wanted: WANTED,
            done: 0,
            labels: Labels::default(),
            headings: Headings::default(),
            marks: Marks::default(),
        }
    }

    /// A document of MDX at its beginning.
    pub fn mdx(settings: &Settings) -> Markdown {
        Markdown {
            mdx: true,
            ..Markdown::new(settings)
        }
    }

    /// Goes through the parts of what is there; returns how much of it is done, bytes.
    fn parts(
        &mut self,
        document: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<usize, Error> {
        let is_first = self.done == 0 && self.is_file;
        let matter = front_matter::end(document).filter(|_| is_first);
        let mut start = matter.map_or(0, |(end, _)| end);
        let parsed = Parsed::new(document, start, self.mdx);
        let mut pass = Pass::new(document, &parsed, self.done, &self.settings, passages);
        pass.marks = std::mem::take(&mut self.marks);
        pass.keeps_headings = !last || document.len() > PART;
        // The parts that wait for headings that links name.
        let mut waiting = Vec::new();
        let mut follows = false;
        if let Some((end, format)) = matter {
            pass.front_matter(format, end);
            pass.write(end, out);
        }
        while start < document.len() && (last || document.len() - start >= self.wanted) {
            let source = (&*parsed.text, self.done);
            let part = Part::read(source, start, (last, follows), &self.labels, |block| {
                pass.block(block, (!follows).then_some(&mut *out))
            })?;
            pass.definitions(&part.definitions);
            if pass.has_enough() {
                // It is only looked at.
                return Ok(document.len());
            }
            let range = start..part.end;
            start = part.end;
            pass.block_tags(start)?;
            if !follows {
                pass.write(start, out);
                if last && start == document.len() {
                    // Nothing follows that could name what it defines.
                    break;
                }
            }
            self.labels.add(&part.definitions, &document[range.clone()]);
            match follows {
                true => waiting.push(range),
                false => {
                    let changed = pass.take_headings();
                    self.headings.add(&document[range], changed, &self.labels);
                }
            }
            match part.stop {
                Stop::Ended => self.wanted = WANTED,
                Stop::Label if last => settle(&mut self.labels, source, start)?,
                Stop::Heading if last => {
                    weight::check(Format::Markdown, &document[start..])?;
                    follows = true;
                }
                Stop::Label | Stop::Heading => self.wanted = usize::MAX,
                Stop::Length => self.wanted = 2 * (document.len() - start),
            }
        }
        if follows {
            let links = pass.take_anchors();
            let headings = &mut self.headings;
            headings.follow((document, &waiting), links, &self.labels, &mut pass.edits);
            pass.write(document.len(), out);
        }
        self.marks = std::mem::take(&mut pass.marks);
        Ok(start)
    }
}

impl Rewriter for Markdown {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        if last {
            // Much of it may have waited, and grows no more.
            out.reserve(self.rest.len() + text.len());
        }
        if self.rest.is_empty() && (last || text.len() >= self.wanted) {
            let done = self.parts(text, last, passages, out)?;
            self.done += done as u64;
            text[done..].clone_into(&mut self.rest);
            return Ok(());
        }
        self.rest.push_str(text);
        if last || self.rest.len() >= self.wanted {
            let rest = std::mem::take(&mut self.rest);
            let done = self.parts(&rest, last, passages, out)?;
            self.done += done as u64;
            self.rest = rest;
            self.rest.drain(..done);
        }
        Ok(())
    }
}

/// Normalises text that is no file of its own; appends the result to `out`.
pub(crate) fn rewrite(
    document: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
    out: &mut String,
) -> Result<(), Error> {
    let mut markdown = Markdown {
        is_file: false,
        ..Markdown::new(settings)
    };
    markdown.push(document, true, passages, out)
}
