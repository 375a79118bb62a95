//! Standard input, through the pipeline.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Seek as _, Write};
use std::path::Path;

use jianti::{Normalizer, Outcome};

use super::action::Action;
use super::args::{Cli, Detect};
use super::container;
use super::detect;
use super::diff::{self, Style};
use super::error::{FAILED, FileError, caught};
use super::explain;
use super::hint;
use super::language::{pick, say};
use super::locate::Locations;
use super::message::{self, complain, printable};
use super::plan::Plan;
use super::progress::Progress;
use super::read::LOOK;
use super::report::{self, FileReport};
use super::stdout::{self, Stdout};
use super::told::{Tell as _, Told};

/// What standard input is called where programs read it, whatever language is spoken.
const NAME: &str = "standard input";

/// The same for people.
const IN_CHINESE: &str = "标准输入";

/// How much of standard input is held in memory where it is read twice, bytes.
const SPOOLED: usize = 8 << 20;

/// Takes the progress away in the end.
struct Finish<'p>(&'p Progress);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}

/// Converts standard input, and does with the result what the plan says; returns the exit code.
///
/// # Errors
/// It cannot be converted, or the result not be printed.
pub fn convert(normalizer: &Normalizer, plan: &Plan, cli: &Cli) -> Result<u8, Told> {
    let file_name = cli.stdin_filename.as_deref();
    let named = file_name.map(|path| path.to_string_lossy().into_owned());
    let printed = named.clone().unwrap_or_else(|| NAME.to_owned());
    let name = named.unwrap_or_else(|| pick(NAME, IN_CHINESE).to_owned());
    let (outcome, locations) = match caught(|| run(normalizer, plan, cli, &printed)) {
        Ok(done) => done,
        Err(error) if error.is_closed_pipe() => return Ok(0),
        Err(error) => {
            let told = match error {
                FileError::Document(error) => hint::message(&error),
                error => error.tell(),
            };
            return Err(message::about(name.as_ref(), &told));
        }
    };
    let places = match plan.explains {
        true => explain::lines(&name, &outcome, &locations),
        false => String::new(),
    };
    if !places.is_empty() {
        message::note(places.trim_end());
    }
    if cli.verbose {
        let (name, words) = (printable(&name), report::describe(&outcome));
        message::note(&say!("{name}: {words}", "{name}：{words}"));
    }
    let bad = report::bad_records(&name, &outcome);
    bad.iter().for_each(complain);
    let would_change = outcome.changed && matches!(plan.action, Action::Check | Action::Diff);
    Ok(match bad.is_empty() {
        true => u8::from(would_change),
        false => FAILED,
    })
}

fn run(
    normalizer: &Normalizer,
    plan: &Plan,
    cli: &Cli,
    name: &str,
) -> Result<(Outcome, Locations), FileError> {
    let metadata = stdout::standard(&io::stdin())?;
    stdout::check_is_not_stdout(&metadata)?;
    let total = metadata.is_file().then_some(metadata.len());
    let progress = Progress::new(!cli.quiet && !io::stdout().is_terminal(), move || total);
    let _bar = Finish(&progress);
    let mut stdin = io::stdin().lock();
    let mut head = Vec::new();
    let rest: Box<dyn Read> = match stdin.is_terminal() {
        true => {
            if cli.paths.is_empty() && !cli.quiet {
                message::note(pick(
                    "jianti: type or paste text, and end it with Ctrl-D on a line of its own; or name files: jianti article.txt\n        \
                     jianti articles -o simplified; jianti -h shows more",
                    "jianti：请输入或粘贴文字，最后另起一行按 Ctrl-D；或者写出文件：jianti article.txt\n        \
                     jianti articles -o simplified；jianti -h 有更多说明",
                ));
            }
            // A terminal is read once: it would have to be ended anew for every further look.
            stdin.read_to_end(&mut head)?;
            Box::new(io::empty())
        }
        false => {
            let mut input = progress.reading(stdin);
            Read::take(&mut input, LOOK as u64).read_to_end(&mut head)?;
            Box::new(input)
        }
    };
    let is_container = normalizer.is_container(&head);
    let mut input = head.chain(rest);
    let path = cli.stdin_filename.as_deref();
    if is_container {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut input, &mut file)?;
        let outcome = hold(normalizer, plan, cli, name, &file)?;
        return Ok((outcome, Locations::new()));
    }
    let mut output: Box<dyn Write> = match plan.action {
        Action::Stdout => Box::new(io::BufWriter::new(Stdout::new())),
        _ => Box::new(io::sink()),
    };
    if plan.action == Action::Diff {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let compared = normalizer.compare_named(path.unwrap_or(Path::new("")), &bytes)?;
        let text = diff::document(name, &compared, Style::of(cli.color));
        Stdout::new().write_all(text.as_bytes())?;
        let locations = explain::locations(&compared.outcome, &mut &bytes[..]);
        return Ok((compared.outcome, locations));
    }
    let mut convert = |input: &mut dyn Read| match path {
        Some(path) => normalizer.normalize_stream_named(path, input, &mut output),
        None => normalizer.normalize_stream(input, &mut output),
    };
    let (outcome, locations) = match plan.explains {
        false => (convert(&mut input)?, Locations::new()),
        true => {
            // Where its places are is looked up afterwards.
            let mut file = tempfile::spooled_tempfile(SPOOLED);
            io::copy(&mut input, &mut file)?;
            file.rewind()?;
            let outcome = convert(&mut file)?;
            file.rewind()?;
            let locations = explain::locations(&outcome, &mut file);
            (outcome, locations)
        }
    };
    output.flush()?;
    drop(output);
    answer(plan, name, &outcome)?;
    Ok((outcome, locations))
}

/// The same of a file that holds documents.
fn hold(
    normalizer: &Normalizer,
    plan: &Plan,
    cli: &Cli,
    name: &str,
    mut file: &File,
) -> Result<Outcome, FileError> {
    let path = cli.stdin_filename.as_deref().unwrap_or(Path::new(""));
    let outcome = match plan.action {
        Action::Stdout => container::print(normalizer, path, &mut &*file, &mut |_| ())?,
        Action::Diff => {
            let path = Path::new(name);
            let (text, outcome) =
                container::diff(normalizer, path, &mut &*file, Style::of(cli.color))?;
            Stdout::new().write_all(text.as_bytes())?;
            outcome
        }
        _ => normalizer.normalize_container(path, &mut file, &mut io::sink())?,
    };
    answer(plan, name, &outcome)?;
    Ok(outcome)
}

/// Names the input, if it is checked and would change; says what it is, if that is asked for.
fn answer(plan: &Plan, name: &str, outcome: &Outcome) -> io::Result<()> {
    match plan.action {
        Action::Check if outcome.changed => writeln!(Stdout::new(), "{}", printable(name)),
        Action::Detect(form) => {
            let name = match (form, name) {
                (Detect::Text, NAME) => pick(NAME, IN_CHINESE),
                _ => name,
            };
            let file = FileReport::done(Path::new(name), outcome.clone());
            let line = detect::line(&file, form).unwrap_or_default();
            Stdout::new().write_all(line.as_bytes())
        }
        _ => Ok(()),
    }
}
