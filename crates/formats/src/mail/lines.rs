//! Lines that tell mail from other text.

use crate::fields::field_name;

/// Whether a document that begins with `head` is a mailbox.
pub(crate) fn begin_mailbox(head: &str) -> bool {
    let mut lines = head.lines().map(str::as_bytes);
    lines.next().is_some_and(begins_message)
        && lines.next().is_some_and(|line| field_name(line).is_some())
}

/// Whether a document that begins with `head` is a mail: its header says which version of MIME it is in.
pub(crate) fn begin_mail(head: &str) -> bool {
    let mut is_mime = false;
    for line in head.lines().take_while(|line| !line.is_empty()) {
        is_mime |= line.to_ascii_lowercase().starts_with("mime-version: 1.0");
        if field_name(line.as_bytes()).is_none() && !line.starts_with([' ', '\t']) {
            return false;
        }
    }
    is_mime
}

/// Whether a line begins a message: `From `, whom it is from, and when, with a time such as 08:15. Not all programs quote
/// lines of text that begin with `From `.
pub(super) fn begins_message(line: &[u8]) -> bool {
    let is_time = |word: &[u8]| {
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        word.contains(&b':') && digits >= 3 && digits + 2 >= word.len()
    };
    line.starts_with(b"From ") && line.split(u8::is_ascii_whitespace).any(is_time)
}
