//! What a sentence refers to, and goes on behind: figures and books in square brackets, and addresses of mail.

use super::context::is_ideograph;

/// Whether `text` ends in a reference in square brackets behind Chinese text, or behind others: 见图[1]，[附录A]
pub fn is_reference(text: &str) -> bool {
    /// No reference is longer, bytes.
    const LONGEST: usize = 30;
    let mut rest = text;
    while let Some(content) = rest.strip_suffix(']') {
        let near = content.len() - content.len().min(LONGEST);
        let Some(open) = content[content.ceil_char_boundary(near)..].rfind('[') else {
            return false;
        };
        let open = content.ceil_char_boundary(near) + open;
        let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        if content[open + 1..].is_empty() || !content[open + 1..].chars().all(part) {
            return false;
        }
        rest = content[..open].trim_end_matches(['，', '、', '和', '与', '及']);
    }
    rest.len() < text.len() && rest.ends_with(is_ideograph)
}

/// Whether this is an address of mail behind a word that says so.
pub fn is_labelled_mail(token: &str) -> bool {
    token.split_once(':').is_some_and(|(label, address)| {
        let is_label = |c: u8| c.is_ascii_alphabetic() || c == b'-';
        let is_address = |(name, host): (&str, &str)| {
            !name.is_empty() && host.contains('.') && !host.contains(':')
        };
        !label.is_empty()
            && label.bytes().all(is_label)
            && address.split_once('@').is_some_and(is_address)
    })
}
