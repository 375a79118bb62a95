//! Thrift's compact protocol, as far as Parquet has it. A struct is read one level deep: fields that nobody asks for stay
//! the bytes that they are, whatever a later version of the format has in them.

use crate::fault::ParquetFault;
use std::borrow::Cow;

/// What is wrong with bytes that are no Thrift.
pub(super) type Cause = ParquetFault;

/// How deep structs and lists may lie in each other; the format has seven levels.
const DEEPEST: u32 = 64;

const CUT: Cause = ParquetFault::MetadataCut;
const WRONG: Cause = ParquetFault::UnknownKind;

/// Kinds of values, as the protocol numbers them.
pub(super) const TRUE: u8 = 1;
pub(super) const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
pub(super) const I32: u8 = 5;
pub(super) const I64: u8 = 6;
const DOUBLE: u8 = 7;
pub(super) const BINARY: u8 = 8;
pub(super) const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
pub(super) const STRUCT: u8 = 12;
const UUID: u8 = 13;

/// A field of a struct: its number, its kind, and its value's bytes.
#[derive(Clone, Debug)]
struct Field<'a> {
    id: i16,
    kind: u8,
    bytes: Cow<'a, [u8]>,
}

/// A struct's fields, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Struct<'a> {
    fields: Vec<Field<'a>>,
}

impl<'a> Struct<'a> {
    /// Reads a struct from the front of `bytes`, which is what follows afterwards.
    ///
    /// # Errors
    /// It ends too early, or is none.
    pub fn read(bytes: &mut &'a [u8]) -> Result<Struct<'a>, Cause> {
        let mut fields = Vec::new();
        let mut id = 0;
        while let Some(kind) = field_header(bytes, &mut id)? {
            let value = *bytes;
            skip(kind, bytes, DEEPEST)?;
            let value = &value[..value.len() - bytes.len()];
            fields.push(Field {
                id,
                kind,
                bytes: value.into(),
            });
        }
        Ok(Struct { fields })
    }

    /// The struct as it is written.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut before = 0;
        for field in &self.fields {
            match field.id.wrapping_sub(before) {
                delta @ 1..=15 => out.push((delta as u8) << 4 | field.kind),
                _ => {
                    out.push(field.kind);
                    write_zigzag(field.id.into(), &mut out);
                }
            }
            before = field.id;
            out.extend_from_slice(&field.bytes);
        }
        out.push(0);
        out
    }

    /// The same apart from what it was read from.
    pub fn into_owned(self) -> Struct<'static> {
        let fields = self.fields.into_iter().map(|field| Field {
            id: field.id,
            kind: field.kind,
            bytes: Cow::Owned(field.bytes.into_owned()),
        });
        Struct {
            fields: fields.collect(),
        }
    }

    fn get(&self, id: i16, kind: u8) -> Option<&[u8]> {
        let found = self.fields.iter().find(|field| field.id == id)?;
        (found.kind == kind).then_some(&*found.bytes)
    }

    /// Whether it has the field.
    pub fn has(&self, id: i16) -> bool {
        self.fields.iter().any(|field| field.id == id)
    }

    /// A number of 32 bits.
    pub fn i32(&self, id: i16) -> Option<i32> {
        zigzag(&mut self.get(id, I32)?).ok()?.try_into().ok()
    }

    /// A number of 64 bits.
    pub fn i64(&self, id: i16) -> Option<i64> {
        zigzag(&mut self.get(id, I64)?).ok()
    }

    /// A truth value.
    pub fn bool(&self, id: i16) -> Option<bool> {
        let found = self.fields.iter().find(|field| field.id == id)?;
        match found.kind {
            TRUE => Some(true),
            FALSE => Some(false),
            _ => None,
        }
    }

    /// A string's bytes.
    pub fn binary(&self, id: i16) -> Option<&[u8]> {
        let mut bytes = self.get(id, BINARY)?;
        let length = varint(&mut bytes).ok()?;
        bytes.get(..usize::try_from(length).ok()?)
    }

    /// A struct in it.
    pub fn inner(&self, id: i16) -> Option<Struct<'_>> {
        Struct::read(&mut self.get(id, STRUCT)?).ok()
    }

    /// The elements of a list in it, each as its bytes.
    ///
    /// # Errors
    /// There is none, or one of another kind.
    pub fn list(&self, id: i16, kind: u8) -> Result<Vec<&[u8]>, Cause> {
        let mut bytes = self.get(id, LIST).ok_or(WRONG)?;
        let (found, count) = list_header(&mut bytes)?;
        if count > 0 && found != kind {
            return Err(WRONG);
        }
        let elements = (0..count).map(|_| {
            let before = bytes;
            skip_element(found, &mut bytes, DEEPEST)?;
            Ok(&before[..before.len() - bytes.len()])
        });
        elements.collect()
    }

    /// Sets a field, which stands where its number belongs.
    fn set(&mut self, id: i16, kind: u8, bytes: Vec<u8>) {
        let field = Field {
            id,
            kind,
            bytes: bytes.into(),
        };
        // They need not be in order.
        if let Some(known) = self.fields.iter_mut().find(|field| field.id == id) {
            *known = field;
            return;
        }
        let next = self.fields.iter().position(|field| field.id > id);
        self.fields.insert(next.unwrap_or(self.fields.len()), field);
    }

    /// Sets a number of 32 bits.
    pub fn set_i32(&mut self, id: i16, value: i32) {
        let mut bytes = Vec::new();
        write_zigzag(value.into(), &mut bytes);
        self.set(id, I32, bytes);
    }

    /// Sets a number of 64 bits.
    pub fn set_i64(&mut self, id: i16, value: i64) {
        let mut bytes = Vec::new();
        write_zigzag(value, &mut bytes);
        self.set(id, I64, bytes);
    }

    /// Sets a truth value.
    pub fn set_true(&mut self, id: i16) {
        self.set(id, TRUE, Vec::new());
    }

    /// Sets a string.
    pub fn set_binary(&mut self, id: i16, value: &[u8]) {
        let mut bytes = Vec::new();
        write_varint(value.len() as u64, &mut bytes);
        bytes.extend_from_slice(value);
        self.set(id, BINARY, bytes);
    }

    /// Sets a struct.
    pub fn set_inner(&mut self, id: i16, value: &Struct) {
        self.set(id, STRUCT, value.bytes());
    }

    /// Sets a list of structs, or of what else is written with its own end.
    pub fn set_list(&mut self, id: i16, kind: u8, elements: &[impl AsRef<[u8]>]) {
        let mut bytes = Vec::new();
        match elements.len() {
            count @ 0..15 => bytes.push((count as u8) << 4 | kind),
            count => {
                bytes.push(0xF0 | kind);
                write_varint(count as u64, &mut bytes);
            }
        }
        for element in elements {
            bytes.extend_from_slice(element.as_ref());
        }
        self.set(id, LIST, bytes);
    }

    /// Takes fields away.
    pub fn remove(&mut self, ids: &[i16]) {
        self.fields.retain(|field| !ids.contains(&field.id));
    }
}

/// Reads a field's header, and its number; `None` at the struct's end.
fn field_header(bytes: &mut &[u8], id: &mut i16) -> Result<Option<u8>, Cause> {
    let header = byte(bytes)?;
    if header == 0 {
        return Ok(None);
    }
    *id = match header >> 4 {
        0 => zigzag(bytes)?.try_into().map_err(|_| WRONG)?,
        delta => id.checked_add(delta.into()).ok_or(WRONG)?,
    };
    Ok(Some(header & 15))
}

/// Reads a list's header: the kind of its elements, and how many there are.
fn list_header(bytes: &mut &[u8]) -> Result<(u8, u64), Cause> {
    let header = byte(bytes)?;
    let count = match header >> 4 {
        15 => varint(bytes)?,
        count => count.into(),
    };
    Ok((header & 15, count))
}

/// Passes over a value.
fn skip(kind: u8, bytes: &mut &[u8], depth: u32) -> Result<(), Cause> {
    let depth = depth.checked_sub(1).ok_or(WRONG)?;
    match kind {
        TRUE | FALSE => {}
        BYTE => drop(byte(bytes)?),
        I16 | I32 | I64 => drop(varint(bytes)?),
        DOUBLE => take(bytes, 8)?,
        UUID => take(bytes, 16)?,
        BINARY => {
            let length = varint(bytes)?;
            take(bytes, length)?;
        }
        LIST | SET => {
            let (kind, count) = list_header(bytes)?;
            for _ in 0..count {
                skip_element(kind, bytes, depth)?;
            }
        }
        MAP => {
            let count = varint(bytes)?;
            let kinds = if count > 0 { byte(bytes)? } else { 0 };
            for _ in 0..count {
                skip_element(kinds >> 4, bytes, depth)?;
                skip_element(kinds & 15, bytes, depth)?;
            }
        }
        STRUCT => {
            let mut id = 0;
            while let Some(kind) = field_header(bytes, &mut id)? {
                skip(kind, bytes, depth)?;
            }
        }
        _ => return Err(WRONG),
    }
    Ok(())
}

/// Passes over an element of a list: there a truth value has a byte of its own.
fn skip_element(kind: u8, bytes: &mut &[u8], depth: u32) -> Result<(), Cause> {
    match kind {
        TRUE | FALSE => byte(bytes).map(drop),
        kind => skip(kind, bytes, depth),
    }
}

fn byte(bytes: &mut &[u8]) -> Result<u8, Cause> {
    let (first, rest) = bytes.split_first().ok_or(CUT)?;
    *bytes = rest;
    Ok(*first)
}

fn take(bytes: &mut &[u8], length: u64) -> Result<(), Cause> {
    let length = usize::try_from(length).map_err(|_| CUT)?;
    *bytes = bytes.get(length..).ok_or(CUT)?;
    Ok(())
}

/// Reads a number without a sign: seven bits a byte, the lowest first.
///
/// # Errors
/// It ends too early, or is longer than 64 bits.
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64, Cause> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let next = byte(bytes)?;
        value |= u64::from(next & 0x7F) << shift;
        if next < 0x80 {
            return Ok(value);
        }
    }
    Err(WRONG)
}

/// Reads a number with a sign, which is its lowest bit.
///
/// # Errors
/// Those of [`varint`].
pub(super) fn zigzag(bytes: &mut &[u8]) -> Result<i64, Cause> {
    let value = varint(bytes)?;
    Ok((value >> 1) as i64 ^ -((value & 1) as i64))
}

/// Writes a number without a sign.
pub(super) fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Writes a number with a sign.
pub(super) fn write_zigzag(value: i64, out: &mut Vec<u8>) {
    write_varint((value << 1 ^ value >> 63) as u64, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structs_are_written_as_they_were_read() {
        let mut inner = Struct::default();
        inner.set_i64(1, i64::MIN);
        inner.set_binary(40, "圖書".as_bytes());
        let mut outer = Struct::default();
        outer.set_true(2);
        outer.set_i32(1, -7);
        outer.set_inner(300, &inner);
        let elements: Vec<Vec<u8>> = (0..20).map(|_| vec![0]).collect();
        outer.set_list(3, STRUCT, &elements);
        let mut bytes = outer.bytes();
        bytes.push(99);

        let mut rest = &bytes[..];
        let read = Struct::read(&mut rest).expect("a struct");
        assert_eq!(rest, [99]);
        assert_eq!((read.i32(1), read.bool(2)), (Some(-7), Some(true)));
        assert_eq!(read.list(3, STRUCT).expect("a list").len(), 20);
        let found = read.inner(300).expect("a struct");
        assert_eq!(found.i64(1), Some(i64::MIN));
        assert_eq!(found.binary(40), Some("圖書".as_bytes()));
        assert_eq!(read.bytes(), bytes[..bytes.len() - 1]);
    }

    #[test]
    fn no_bytes_panic_or_take_long() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..20_000 {
            let length = random.usize(..40);
            let bytes: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
            if let Ok(read) = Struct::read(&mut &bytes[..]) {
                Struct::read(&mut &read.bytes()[..]).expect("what was written is a struct");
            }
        }
        // Lists in lists without end, and one of very many elements.
        assert!(Struct::read(&mut &[0x19; 4_000][..]).is_err());
        assert!(Struct::read(&mut &b"\x19\xF1\xFF\xFF\xFF\xFF\x0F\x00"[..]).is_err());
    }
}
