//! The face of the library: a normalizer, and what it takes.

use std::borrow::Cow;
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::context::{Context, Conversion, Links};
use crate::error::Error;
use crate::options::Options;
use crate::outcome::{Comparison, Outcome};
#[cfg(feature = "parquet")]
use crate::pipeline::parquet;
use crate::pipeline::stream::Stream;
use crate::pipeline::{chunks, coded, containers, whole};
use crate::records::RecordOutcome;

/// Turns documents into consistent simplified text. `Send + Sync`: one serves all threads.
///
/// ```
/// use jianti::{Normalizer, Options};
///
/// let normalizer = Normalizer::new(Options::default())?;
/// let (bytes, outcome) = normalizer.normalize("圖書館裏靜悄悄。".as_bytes())?;
/// assert_eq!(String::from_utf8(bytes)?, "图书馆里静悄悄。");
/// assert!(outcome.changed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Normalizer {
    context: Context,
}

impl Normalizer {
    /// Loads what the options ask for.
    ///
    /// # Errors
    /// [`Error::Engine`] if the reference engine cannot be loaded, or is asked for what it cannot do.
    pub fn new(options: Options) -> Result<Normalizer, Error> {
        let context = Context::new(options)?;
        Ok(Normalizer { context })
    }

    /// Has links in Markdown and HTML follow files that get other names: `follow` takes the name of the document, as it was
    /// given with it, and the path that a link leads to, relative to the document and without percent signs; it returns what
    /// the path becomes, `None` if it stays.
    #[must_use]
    pub fn with_links(
        mut self,
        follow: impl Fn(&Path, &str) -> Option<String> + Send + Sync + 'static,
    ) -> Normalizer {
        self.context.links = Some(Links(Box::new(follow)));
        self
    }

    /// What the stages share.
    #[cfg(test)]
    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    /// Normalises a whole document. Returns its bytes in the output's encoding, and what was done. The format is told
    /// from the document, as far as it shows there.
    ///
    /// # Errors
    /// [`Error::Binary`], [`Error::Undetected`], [`Error::Decode`], [`Error::Format`], [`Error::Encode`] or
    /// [`Error::Engine`].
    pub fn normalize(&self, bytes: &[u8]) -> Result<(Vec<u8>, Outcome), Error> {
        whole::normalize(&self.context, None, bytes)
    }

    /// Like [`Normalizer::normalize`]; the name of the document's file tells its format too.
    ///
    /// ```
    /// use jianti::{Format, Normalizer, Options};
    ///
    /// let page = "<p title=\"頭髮\">頭<b>髮</b></p>";
    /// let normalizer = Normalizer::new(Options::default())?;
    /// let (bytes, outcome) = normalizer.normalize_named("page.html", page.as_bytes())?;
    /// assert_eq!(String::from_utf8(bytes)?, "<p title=\"头发\">头<b>发</b></p>");
    /// assert_eq!(outcome.format, Format::Html);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`].
    pub fn normalize_named(
        &self,
        name: impl AsRef<Path>,
        bytes: &[u8],
    ) -> Result<(Vec<u8>, Outcome), Error> {
        whole::normalize(&self.context, Some(name.as_ref()), bytes)
    }

    /// Normalises a document of any size; the result is that of [`Normalizer::normalize`]. Reads `input` to its end, in
    /// bounded memory but for formats that are or may be held whole ([`Format::is_held`](crate::Format::is_held)).
    /// Plain text and JSON Lines beyond 1 MiB go through the stages on several threads: those of the rayon pool of the
    /// caller, or of the global one.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`], and [`Error::Io`]. On an error `output` holds the front of the result.
    /// [`Error::Binary`] and [`Error::Undetected`] come before anything but ASCII has been written.
    pub fn normalize_stream(
        &self,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        chunks::normalize(&self.context, None, input, output, None)
    }

    /// Like [`Normalizer::normalize_stream`]; the name of the document's file tells its format too.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`].
    pub fn normalize_stream_named(
        &self,
        name: impl AsRef<Path>,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        chunks::normalize(&self.context, Some(name.as_ref()), input, output, None)
    }

    /// Like [`Normalizer::normalize_stream_named`]; with [`Options::records`], `each` takes what came of each record, in
    /// order, so that they need not be held. On an error it may have taken some.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`].
    pub fn normalize_stream_records(
        &self,
        name: impl AsRef<Path>,
        input: &mut dyn Read,
        output: &mut dyn Write,
        each: &mut dyn FnMut(RecordOutcome),
    ) -> Result<Outcome, Error> {
        chunks::normalize(
            &self.context,
            Some(name.as_ref()),
            input,
            output,
            Some(each),
        )
    }

    /// Whether a file that begins with `head` (512 bytes tell) holds documents, for [`Normalizer::normalize_container`]:
    /// it is compressed, a ZIP file or, with [`Options::archives`], a TAR or a web archive; with the feature `parquet` and
    /// [`Options::fields`], a Parquet file.
    pub fn is_container(&self, head: &[u8]) -> bool {
        containers::is_container(&self.context, head)
    }

    /// Normalises the documents in a file, and writes the file with them to `output`; all else in it stays as it is. The
    /// name tells the format of a document in a compressed file.
    ///
    /// Compressed files and TAR archives are streams. Of a ZIP file the directory is in memory, of a book or an office
    /// document the part that is worked on too, of a Parquet file a page of each column that [`Options::fields`] names, and
    /// its dictionary. Members larger than 8 MiB go through temporary files. What is large goes through the stages on several
    /// threads, as [`Normalizer::normalize_stream`] has it.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`]; [`Error::Format`] if the file is damaged or is an archive that would do
    /// harm where it is unpacked, [`Error::Io`] if it unpacks to more than it may ([`Options::limits`]);
    /// [`Error::Member`] if a member cannot be normalised; [`Error::Binary`] if there is no text in it. On an error
    /// `output` holds the front of the result.
    pub fn normalize_container(
        &self,
        name: impl AsRef<Path>,
        input: &mut (impl Read + Seek),
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        containers::normalize(&self.context, name.as_ref(), input, output, None)
    }

    /// Like [`Normalizer::normalize_container`]; with [`Options::records`], `each` takes what came of each record, in order, so
    /// that they need not be held. On an error, also of a member that then stays as it is, `each` may have taken some.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_container`].
    pub fn normalize_container_records(
        &self,
        name: impl AsRef<Path>,
        input: &mut (impl Read + Seek),
        output: &mut dyn Write,
        each: &mut dyn FnMut(RecordOutcome),
    ) -> Result<Outcome, Error> {
        containers::normalize(&self.context, name.as_ref(), input, output, Some(each))
    }

    /// How many bytes of a Parquet file [`Normalizer::normalize_container`] holds at a time, unpacked: of a column that
    /// [`Options::fields`] names the dictionary and a page. It takes some times as much memory. `None` for what is no such file,
    /// or a damaged one.
    pub fn largest_page(&self, input: &mut (impl Read + Seek)) -> Option<u64> {
        #[cfg(feature = "parquet")]
        return parquet::largest(&self.context, input);
        #[cfg(not(feature = "parquet"))]
        {
            let _ = input;
            None
        }
    }

    /// Like [`Normalizer::normalize_container`], but writes nothing: `each` takes the name of every document in the file
    /// that would change (empty for that of a compressed file), and its text before and after, one at a time. What of
    /// them is not UTF-8 in a book or an office document are replacement characters.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_container`].
    pub fn compare_container(
        &self,
        name: impl AsRef<Path>,
        input: &mut (impl Read + Seek),
        each: &mut dyn FnMut(&str, &str, &str),
    ) -> Result<Outcome, Error> {
        containers::compare(&self.context, name.as_ref(), input, each)
    }

    /// Normalises text that is decoded already, and tells what was done; borrowed if nothing changes. Nothing but the text
    /// itself tells its format: `%PDF-圖書館` is text.
    ///
    /// ```
    /// use jianti::{Normalizer, Options};
    ///
    /// let normalizer = Normalizer::new(Options::default())?;
    /// let (text, outcome) = normalizer.normalize_str("%PDF-圖書館")?;
    /// assert_eq!(text, "%PDF-图书馆");
    /// assert!(outcome.changed);
    /// # Ok::<(), jianti::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Format`] or [`Error::Engine`].
    pub fn normalize_str<'a>(&self, text: &'a str) -> Result<(Cow<'a, str>, Outcome), Error> {
        let mut result = String::with_capacity(text.len());
        let outcome = self.append_str(None, text, &mut result)?;
        Ok(match outcome.changed {
            true => (Cow::Owned(result), outcome),
            false => (Cow::Borrowed(text), outcome),
        })
    }

    /// Like [`Normalizer::normalize_str`], but appends the result to `out`, whose room can so be used again; `name`, if
    /// there is one, tells the format too. On an error `out` is as it was.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use jianti::{Normalizer, Options};
    ///
    /// let normalizer = Normalizer::new(Options::default())?;
    /// let mut out = String::new();
    /// normalizer.append_str(Some(Path::new("a.json")), r#"{"書": "圖書"}"#, &mut out)?;
    /// assert_eq!(out, r#"{"書": "图书"}"#);
    /// # Ok::<(), jianti::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_str`].
    pub fn append_str(
        &self,
        name: Option<&Path>,
        text: &str,
        out: &mut String,
    ) -> Result<Outcome, Error> {
        let format = self.context.format(name, text.as_bytes());
        match format.is_coded() {
            true => coded::append(&self.context, format, text, out),
            false => Stream::new(&self.context, name).text(text, out),
        }
    }

    /// Normalises a whole document as [`Normalizer::normalize_named`] does, and returns its text before and after: what a
    /// diff shows.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`].
    pub fn compare_named<'a>(
        &self,
        name: impl AsRef<Path>,
        bytes: &'a [u8],
    ) -> Result<Comparison<'a>, Error> {
        whole::compare(&self.context, Some(name.as_ref()), bytes)
    }

    /// Converts a name, such as a file's, and does nothing else to it.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub fn convert_name(&self, name: &str) -> Result<String, Error> {
        let mut converted = String::new();
        match &self.context.conversion {
            Conversion::Auto(auto) => {
                auto.block(
                    name,
                    &auto.script_context(name),
                    &mut converted,
                    &mut |_| (),
                );
            }
            Conversion::Engine(engine) => drop(engine.append(name, true, &mut converted)?),
        }
        Ok(converted)
    }
}
