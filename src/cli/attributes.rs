//! What a file has besides its content: permissions, owner, times, extended attributes, access control lists; and its
//! holes.

use std::fs::{File, FileTimes, Metadata};
use std::io::{self, Read, Seek, SeekFrom};

use super::atomic::AtomicFile;
use super::interrupt;

/// How much is copied before we look whether the run is to end, bytes.
const STEP: u64 = 8 << 20;

/// Gives a file the owner, permissions, extended attributes and, if `times`, the times of its source.
///
/// # Errors
/// They cannot be set. The owner stays ours where we may not give files away, and attributes that only the system may set,
/// or that the target's file system lacks, are left out.
pub fn copy(source: &File, metadata: &Metadata, target: &File, times: bool) -> io::Result<()> {
    let ours = target.metadata()?;
    // First: a change of the owner takes permissions away.
    keep_owner(target, &ours, metadata);
    if target.metadata()?.permissions() != metadata.permissions() {
        target.set_permissions(metadata.permissions())?;
    }
    copy_extended(source, target)?;
    if times {
        target.set_times(FileTimes::new().set_modified(metadata.modified()?))?;
    }
    Ok(())
}

/// Gives the file its source's owner, where we may: a superuser's run must not take files over.
fn keep_owner(file: &File, ours: &Metadata, source: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        if ours.uid() != source.uid() || ours.gid() != source.gid() {
            // Without the right to do so, the file stays ours, as with any editor.
            let _ = fchown(file, Some(source.uid()), Some(source.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, ours, source);
}

#[cfg(unix)]
fn copy_extended(source: &File, target: &File) -> io::Result<()> {
    use xattr::FileExt;
    // A file system that has none says so.
    let Ok(names) = source.list_xattr() else {
        return Ok(());
    };
    let names: Vec<_> = names.collect();
    // What the folder gave it, such as an access control list that lets others read it.
    for given in target.list_xattr().into_iter().flatten() {
        if !names.contains(&given)
            && let Err(error) = target.remove_xattr(&given)
            && !may_be_left_out(&error)
        {
            return Err(error);
        }
    }
    for name in names {
        // Removed meanwhile, or not for us to read.
        let Ok(Some(value)) = source.get_xattr(&name) else {
            continue;
        };
        if let Err(error) = target.set_xattr(&name, &value)
            && !may_be_left_out(&error)
        {
            return Err(error);
        }
    }
    Ok(())
}

#[cfg(unix)]
fn may_be_left_out(error: &io::Error) -> bool {
    use rustix::io::Errno;
    // The file system has none, or not this one; or we may not.
    [Errno::NOTSUP, Errno::INVAL, Errno::PERM, Errno::ACCESS]
        .iter()
        .any(|errno| Errno::from_io_error(error) == Some(*errno))
}

#[cfg(not(unix))]
fn copy_extended(_: &File, _: &File) -> io::Result<()> {
    Ok(())
}

/// Copies a file's bytes from where it stands; holes stay holes.
///
/// # Errors
/// Reading or writing failed.
pub fn copy_content(mut source: &File, draft: &mut AtomicFile) -> io::Result<()> {
    let end = source.metadata()?.len();
    let mut at = source.stream_position()?;
    while let Some((start, length)) = next_data(source, at, end)? {
        source.seek(SeekFrom::Start(start))?;
        draft
            .file()
            .seek(SeekFrom::Start(start))
            .map_err(|error| draft.failed(error))?;
        let copied = copy_range(source, draft, length)?;
        at = start + copied;
        if copied < length {
            break;
        }
    }
    // What is behind the last byte is a hole too.
    draft
        .file()
        .set_len(end.max(at))
        .map_err(|error| draft.failed(error))
}

fn copy_range(source: &File, draft: &mut AtomicFile, length: u64) -> io::Result<u64> {
    let mut copied = 0;
    while copied < length {
        interrupt::check()?;
        let step = STEP.min(length - copied);
        let done =
            io::copy(&mut source.take(step), draft.file()).map_err(|error| draft.failed(error))?;
        if done == 0 {
            break;
        }
        copied += done;
        draft.count(done);
    }
    Ok(copied)
}

/// Where the next bytes at or behind `at` lie that are not a hole, and how many; none at the end.
fn next_data(source: &File, at: u64, end: u64) -> io::Result<Option<(u64, u64)>> {
    if at >= end {
        return Ok(None);
    }
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{SeekFrom, seek};
        use rustix::io::Errno;
        match seek(source, SeekFrom::Data(at)) {
            Ok(start) => {
                let hole = seek(source, SeekFrom::Hole(start))?;
                return Ok(Some((start, hole.min(end).saturating_sub(start)))
                    .filter(|(_, length)| *length > 0));
            }
            // Nothing but a hole is left.
            Err(Errno::NXIO) => return Ok(None),
            // A file system that does not tell.
            Err(_) => {}
        }
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    let _ = source;
    Ok(Some((at, end - at)))
}
