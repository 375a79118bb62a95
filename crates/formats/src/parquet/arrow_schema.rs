//! The schema of Arrow that a file may keep beside its own (`ARROW:schema`): a message of Arrow's IPC format, in which columns
//! have types that Parquet lacks, such as `large_string`, dictionaries and time zones. It has to name all columns: otherwise
//! pyarrow ignores it, and Apache's library for Rust refuses the file.
//!
//! The message is a FlatBuffer, whose offsets lead forward only. So what has to change, the tables of the message and of the
//! schema with its list of columns, is written anew in front of the old bytes, and leads into these.

use super::new_column::{NewColumn, NewKind};

/// What newer messages begin with.
const CONTINUES: [u8; 4] = [0xFF; 4];

/// The number of a message's kind that holds a schema.
const SCHEMA: u8 = 1;

/// Numbers of types.
const INT: u8 = 2;
const UTF8: u8 = 5;
const BOOL: u8 = 6;

/// The message with columns added to its schema, which has `count` so far; `None` if it is none, or has not so many.
pub(super) fn extended(message: &[u8], count: usize, added: &[NewColumn]) -> Option<Vec<u8>> {
    let rest = message.strip_prefix(&CONTINUES).unwrap_or(message);
    let (length, rest) = rest.split_first_chunk()?;
    let old = Old(rest.get(..usize::try_from(i32::from_le_bytes(*length)).ok()?)?);
    let front = front(&old, count, added)?;
    let mut buffer = front.finish(old.0.len())?;
    buffer.extend_from_slice(old.0);
    buffer.resize(buffer.len().next_multiple_of(8), 0);
    let length = i32::try_from(buffer.len()).ok()?;
    Some([&CONTINUES, &length.to_le_bytes(), &buffer[..]].concat())
}

/// The new tables.
fn front(old: &Old, count: usize, added: &[NewColumn]) -> Option<Front> {
    let message = old.leads_to(0)?;
    if old.bytes(old.field(message, 1)?)? != [SCHEMA] {
        return None;
    }
    let schema = old.leads_to(old.field(message, 2)?)?;
    let fields = old.leads_to(old.field(schema, 1)?)?;
    if u32::from_le_bytes(old.bytes(fields)?) as usize != count {
        return None;
    }
    let mut front = Front::default();
    let root = front.offset();
    let place = front.table(&[
        old.number(message, 0),
        Slot::Number(SCHEMA.into()),
        Slot::Offset,
        Slot::Absent,
        old.offset(message, 4),
    ]);
    front.lead(root, Target::New(place.table));
    let [_, _, header, _, custom] = place.slots[..] else {
        return None;
    };
    front.lead_to_old(custom, old, message, 4);

    let place = front.table(&[
        old.number(schema, 0),
        Slot::Offset,
        old.offset(schema, 2),
        old.offset(schema, 3),
    ]);
    front.lead(header, Target::New(place.table));
    let [_, columns, custom, features] = place.slots[..] else {
        return None;
    };
    front.lead_to_old(custom, old, schema, 2);
    front.lead_to_old(features, old, schema, 3);

    let list = front.number(u32::try_from(count + added.len()).ok()?);
    front.lead(columns, Target::New(list));
    for number in 0..count {
        let slot = front.offset();
        front.lead(slot, Target::Old(old.leads_to(fields + 4 + 4 * number)?));
    }
    let slots: Vec<usize> = added.iter().map(|_| front.offset()).collect();
    for (slot, column) in slots.into_iter().zip(added) {
        front.column(slot, column);
    }
    Some(front)
}

/// The old FlatBuffer. What would lie outside of it is `None`.
struct Old<'b>(&'b [u8]);

impl Old<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }

    /// What the offset at this byte leads to.
    fn leads_to(&self, at: usize) -> Option<usize> {
        let to = at.checked_add(u32::from_le_bytes(self.bytes(at)?) as usize)?;
        (to < self.0.len()).then_some(to)
    }

    /// Where a field of a table is; `None` if it has its default value.
    fn field(&self, table: usize, number: usize) -> Option<usize> {
        let back = i32::from_le_bytes(self.bytes(table)?);
        let listed = usize::try_from(i64::try_from(table).ok()? - i64::from(back)).ok()?;
        let length = u16::from_le_bytes(self.bytes(listed)?) as usize;
        let slot = 4 + 2 * number;
        let at = match slot + 2 <= length {
            true => u16::from_le_bytes(self.bytes(listed + slot)?) as usize,
            false => 0,
        };
        (at > 0).then_some(table + at)
    }

    /// A field that is a number of two bytes.
    fn number(&self, table: usize, number: usize) -> Slot {
        let bytes = self.field(table, number).and_then(|at| self.bytes(at));
        bytes.map_or(Slot::Absent, |bytes| {
            Slot::Number(u16::from_le_bytes(bytes).into())
        })
    }

    /// A field that leads elsewhere.
    fn offset(&self, table: usize, number: usize) -> Slot {
        match self.field(table, number) {
            Some(_) => Slot::Offset,
            None => Slot::Absent,
        }
    }
}

/// A field of a new table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// It has its default value.
    Absent,
    /// A number of four bytes at most.
    Number(u32),
    /// It leads elsewhere.
    Offset,
}

/// Where an offset leads: to a byte of the new tables, or of the old buffer.
enum Target {
    New(usize),
    Old(usize),
}

/// A new table: where it is, and each of its fields.
struct Place {
    table: usize,
    slots: Vec<usize>,
}

/// What stands in front of the old buffer.
#[derive(Default)]
struct Front {
    bytes: Vec<u8>,
    /// Offsets, and where each leads.
    leads: Vec<(usize, Target)>,
}

impl Front {
    fn number(&mut self, number: u32) -> usize {
        self.bytes.extend(number.to_le_bytes());
        self.bytes.len() - 4
    }

    /// Room for an offset.
    fn offset(&mut self) -> usize {
        self.number(0)
    }

    fn lead(&mut self, from: usize, to: Target) {
        self.leads.push((from, to));
    }

    /// Has a field lead to where one of an old table leads, if that has it.
    fn lead_to_old(&mut self, from: usize, old: &Old, table: usize, number: usize) {
        let to = old.field(table, number).and_then(|at| old.leads_to(at));
        if let Some(to) = to {
            self.lead(from, Target::Old(to));
        }
    }

    /// Writes a table: first the list of where its fields are, then these, each in four bytes.
    fn table(&mut self, slots: &[Slot]) -> Place {
        let listed = self.bytes.len();
        let (mut next, mut places) = (4_u16, Vec::new());
        let size = 4 + slots.iter().filter(|slot| **slot != Slot::Absent).count() * 4;
        for length in [4 + 2 * slots.len(), size] {
            self.bytes.extend((length as u16).to_le_bytes());
        }
        for slot in slots {
            let at = if *slot == Slot::Absent { 0 } else { next };
            self.bytes.extend(at.to_le_bytes());
            places.push(at as usize);
            next += if *slot == Slot::Absent { 0 } else { 4 };
        }
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        let table = self.number(0);
        let back = (table - listed) as u32;
        self.bytes[table..].copy_from_slice(&back.to_le_bytes());
        for slot in slots {
            match slot {
                Slot::Absent => {}
                Slot::Number(number) => drop(self.number(*number)),
                Slot::Offset => drop(self.offset()),
            }
        }
        let slots = places.into_iter().map(|at| table + at).collect();
        Place { table, slots }
    }

    /// Writes a column, to which the offset at `slot` leads.
    fn column(&mut self, slot: usize, column: &NewColumn) {
        let (kind, fields): (u8, &[Slot]) = match column.kind {
            NewKind::Text => (UTF8, &[]),
            NewKind::Flag => (BOOL, &[]),
            // So many bits, with a sign.
            NewKind::Count => (INT, &[Slot::Number(64), Slot::Number(1)]),
        };
        let place = self.table(&[
            Slot::Offset,
            Slot::Number(column.is_optional.into()),
            Slot::Number(kind.into()),
            Slot::Offset,
            Slot::Absent,
            Slot::Offset,
        ]);
        self.lead(slot, Target::New(place.table));
        let [name, .., columns] = place.slots[..] else {
            return;
        };
        let kind = place.slots[3];
        let text = self.number(column.name.len() as u32);
        self.bytes.extend_from_slice(column.name.as_bytes());
        // It ends in NUL.
        self.bytes.push(0);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.lead(name, Target::New(text));
        let fields = self.table(fields);
        self.lead(kind, Target::New(fields.table));
        let nothing = self.number(0);
        self.lead(columns, Target::New(nothing));
    }

    /// The bytes, behind which the old buffer of this length is aligned as it was.
    fn finish(mut self, length: usize) -> Option<Vec<u8>> {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let end = self.bytes.len();
        for (from, to) in self.leads {
            let to = match to {
                Target::New(to) => to,
                Target::Old(to) => end.checked_add(to).filter(|to| *to < end + length)?,
            };
            let offset = u32::try_from(to.checked_sub(from)?).ok()?;
            self.bytes[from..from + 4].copy_from_slice(&offset.to_le_bytes());
        }
        Some(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A schema of pyarrow's: a large string and a time with a zone, with metadata.
    const MESSAGE: &str = "/////ygBAAAQAAAAAAAKAA4ABgAFAAgACgAAAAABBAAQAAAAAAAKAAwAAAAEAAgACgAAACwAAAAEAAAAAQAAAAQAAABE////\
        EAAAAAQAAAABAAAAbgAAAAEAAABtAAAAAgAAAHAAAAAUAAAAEAAUAAgABgAHAAwAAAAQABAAAAAAAAEKEAAAABwAAAAEAAAA\
        AAAAAAEAAABiAAAACAAMAAYACAAIAAAAAAACAAQAAAALAAAAQXNpYS9UYWlwZWkAAAASABgACAAGAAcADAAAABAAFAASAAAA\
        AAABFBQAAABIAAAACAAAABAAAAAAAAAAAQAAAGEAAAABAAAADAAAAAgADAAEAAgACAAAABAAAAAEAAAAAQAAAHYAAAABAAAA\
        awAAAAQABAAEAAAAAAAAAA==";

    fn column(name: &str, kind: NewKind, is_optional: bool) -> NewColumn {
        NewColumn {
            name: name.to_owned(),
            kind,
            is_optional,
        }
    }

    /// The names of a message's columns, and whether they may lack values.
    fn names(message: &[u8]) -> Option<Vec<(String, bool)>> {
        let old = Old(message.get(8..)?);
        let schema = old.leads_to(old.field(old.leads_to(0)?, 2)?)?;
        let fields = old.leads_to(old.field(schema, 1)?)?;
        let count = u32::from_le_bytes(old.bytes(fields)?) as usize;
        let names = (0..count).map(|number| {
            let field = old.leads_to(fields + 4 + 4 * number)?;
            let name = old.leads_to(old.field(field, 0)?)?;
            let length = u32::from_le_bytes(old.bytes(name)?) as usize;
            let text = old.0.get(name + 4..name + 4 + length)?;
            let is_optional = old.field(field, 1).is_some_and(|at| old.0[at] > 0);
            Some((String::from_utf8_lossy(text).into_owned(), is_optional))
        });
        names.collect()
    }

    #[test]
    fn columns_are_added_behind_the_others() {
        let message = data_encoding::BASE64.decode(MESSAGE.as_bytes());
        let message = message.expect("Base64");
        let added = [
            column("原因", NewKind::Text, true),
            column("is", NewKind::Flag, false),
            column("count", NewKind::Count, true),
        ];
        let mut expected = vec![("a".to_owned(), true), ("b".to_owned(), true)];
        assert_eq!(names(&message), Some(expected.clone()));
        let new = |column: &NewColumn| (column.name.clone(), column.is_optional);
        expected.extend(added.iter().map(new));
        let result = extended(&message, 2, &added).expect("a schema");
        assert_eq!(names(&result), Some(expected.clone()));
        assert_eq!(result.len() % 8, 0);
        // Once more, and as old versions begin: without the mark.
        expected.push(new(&added[0]));
        for message in [&result[..], &result[4..]] {
            let again = extended(message, 5, &added[..1]).expect("a schema");
            assert_eq!(names(&again), Some(expected.clone()));
        }
        assert_eq!(extended(&message, 3, &added), None);
    }

    #[test]
    fn no_bytes_panic() {
        let message = data_encoding::BASE64.decode(MESSAGE.as_bytes());
        let message = message.expect("Base64");
        let added = [column("count", NewKind::Count, true)];
        let mut random = fastrand::Rng::with_seed(13);
        for end in 0..message.len() {
            let _ = extended(&message[..end], 2, &added);
        }
        let mut extends = 0;
        for _ in 0..20_000 {
            let mut other = message.clone();
            for _ in 0..random.usize(1..4) {
                other[random.usize(..message.len())] = random.u8(..);
            }
            extends += usize::from(extended(&other, 2, &added).is_some());
        }
        assert!(extends > 5_000, "{extends}");
    }
}
