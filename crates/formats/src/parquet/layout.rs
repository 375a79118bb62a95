//! Where things of a file are once some of them have become longer or shorter.

use std::ops::Range;

/// Places that were written anew, in their order: where each was, and where it is.
#[derive(Debug, Default)]
pub(super) struct Layout {
    renewed: Vec<(Range<u64>, Range<u64>)>,
}

impl Layout {
    /// Takes note of the next place.
    pub fn add(&mut self, old: Range<u64>, new: Range<u64>) {
        self.renewed.push((old, new));
    }

    /// Where that is now which was at this byte.
    pub fn now(&self, at: u64) -> u64 {
        let before = self.renewed.partition_point(|(old, _)| old.start <= at);
        let Some((old, new)) = before.checked_sub(1).map(|last| &self.renewed[last]) else {
            return at;
        };
        match at < old.end {
            true => new.end.min(new.start + (at - old.start)),
            false => new.end + (at - old.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_behind_moves() {
        let mut layout = Layout::default();
        layout.add(10..20, 10..25);
        layout.add(40..50, 45..45);
        for (old, new) in [
            (4, 4),
            (10, 10),
            (19, 19),
            (20, 25),
            (39, 44),
            (45, 45),
            (50, 45),
            (60, 55),
        ] {
            assert_eq!(layout.now(old), new, "{old}");
        }
    }
}
