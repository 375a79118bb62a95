//! What the name of `-o FILE` promises: a result has the input's kind, so a text gets no archive's name, nor the other way
//! round.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use jianti::{Compression, Format};

use super::message::shown;
use super::told::{Told, told};

/// Endings of files that no run makes of others.
const NEVER_MADE: &[&str] = &["pdf", "doc", "xls", "ppt", "mobi", "azw3", "rar", "7z"];

/// How much of a file tells its kind, bytes.
const LOOK: u64 = 512;

/// Refuses a name for the result of the only input that says it is of another kind.
///
/// # Errors
/// What is refused, and what to do.
pub fn refuse(input: &Path, output: &Path) -> Result<(), Told> {
    let (Some(wanted), own) = (ending(output), ending(input).unwrap_or_default()) else {
        return Ok(());
    };
    // What cannot be read is told of later.
    if wanted == own || is_of_kind(&wanted, &own, &head(input).unwrap_or_default()) {
        return Ok(());
    }
    let advice = match &*own {
        "" => told!("choose another name", "请换一个文件名"),
        own => told!(
            "choose a name that ends in .{own}",
            "请换一个以 .{own} 结尾的文件名",
            own = own
        ),
    };
    Err(told!(
        "-o {output}: the result is a file of the same kind as {input}, which is no .{wanted} file; {advice}",
        "-o {output}：结果与 {input} 是同一种文件，不是 .{wanted} 文件；{advice}",
        output = shown(output),
        input = shown(input),
        wanted = wanted;
        advice
    ))
}

/// Whether a file with the ending `own` that begins with `head` can have the ending `wanted`; unknown endings promise
/// nothing.
fn is_of_kind(wanted: &str, own: &str, head: &[u8]) -> bool {
    let packed = Compression::of(head);
    let is_zip = head.starts_with(b"PK");
    if let Some(compression) = compression(wanted) {
        return packed == Some(compression);
    }
    match wanted.parse::<Format>() {
        Ok(Format::Zip) => is_zip,
        // Books and office documents are ZIP files, but not any.
        Ok(format) if format.is_container() => match own.parse::<Format>() {
            Ok(own) => own == format,
            Err(_) => is_zip,
        },
        Ok(_) => packed.is_none() && !is_zip,
        Err(_) => !NEVER_MADE.contains(&wanted),
    }
}

/// The compression that an ending stands for.
fn compression(ending: &str) -> Option<Compression> {
    use Compression::{Bzip2, Gzip, Xz, Zstd};
    let archive = match ending {
        "tgz" => Some(Gzip),
        "tbz" | "tbz2" => Some(Bzip2),
        "txz" => Some(Xz),
        _ => None,
    };
    let all = [Gzip, Bzip2, Xz, Zstd];
    archive.or_else(|| {
        all.into_iter()
            .find(|compression| compression.endings().contains(&ending))
    })
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(LOOK).read_to_end(&mut head)?;
    Ok(head)
}
