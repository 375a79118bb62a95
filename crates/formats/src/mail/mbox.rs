//! Mailboxes: one message after another, each behind a line that begins with `From `.

use std::io::{self, BufRead};

use super::lines::begins_message;

/// The messages of a mailbox, each with the line that begins it; put together they are the mailbox, byte for byte.
#[derive(Debug)]
pub struct Messages<R> {
    input: R,
    /// The line that begins the next message.
    next: Vec<u8>,
}

impl<R: BufRead> Messages<R> {
    /// The messages of this mailbox.
    pub fn new(input: R) -> Messages<R> {
        let next = Vec::new();
        Messages { input, next }
    }

    fn message(&mut self) -> io::Result<Vec<u8>> {
        let mut message = std::mem::take(&mut self.next);
        let mut behind_blank = false;
        loop {
            let start = message.len();
            if self.input.read_until(b'\n', &mut message)? == 0 {
                return Ok(message);
            }
            let line = &message[start..];
            if behind_blank && begins_message(line) {
                self.next = message.split_off(start);
                return Ok(message);
            }
            behind_blank = line.trim_ascii().is_empty();
        }
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let message = self.message();
        let ended = matches!(&message, Ok(message) if message.is_empty());
        (!ended).then_some(message)
    }
}
