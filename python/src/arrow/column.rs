//! Columns of documents: their types, and how they are made of rows.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::{ArrowDictionaryKeyType, ByteArrayType};
use arrow_array::{
    Array, ArrayRef, BinaryViewArray, DictionaryArray, GenericByteArray, PrimitiveArray,
    downcast_integer_array, make_array, types,
};
use arrow_buffer::{ArrowNativeType, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::DataType;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::rows::Piece;

/// The type of a column of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    LargeText,
    TextView,
    Bytes,
    LargeBytes,
    BytesView,
}

impl Kind {
    /// What a column of this type is, if it holds documents.
    pub fn of(data_type: &DataType) -> Option<Kind> {
        Some(match data_type {
            DataType::Utf8 => Kind::Text,
            DataType::LargeUtf8 => Kind::LargeText,
            DataType::Utf8View => Kind::TextView,
            DataType::Binary => Kind::Bytes,
            DataType::LargeBinary => Kind::LargeBytes,
            DataType::BinaryView => Kind::BytesView,
            _ => return None,
        })
    }

    /// Whether its documents are UTF-8.
    pub fn is_text(self) -> bool {
        matches!(self, Kind::Text | Kind::LargeText | Kind::TextView)
    }

    /// Arrow's type.
    pub fn data_type(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::LargeText => DataType::LargeUtf8,
            Kind::TextView => DataType::Utf8View,
            Kind::Bytes => DataType::Binary,
            Kind::LargeBytes => DataType::LargeBinary,
            Kind::BytesView => DataType::BinaryView,
        }
    }

    /// How much an array of it holds, bytes.
    pub fn most(self) -> usize {
        match self {
            Kind::LargeText | Kind::LargeBytes => usize::MAX,
            // A view's buffer, too, has offsets of 32 bits.
            _ => i32::MAX as usize,
        }
    }
}

/// Puts pieces together, as long as they fit into one array.
pub fn joined(pieces: Vec<Piece>, kind: Kind) -> Vec<Piece> {
    let size = pieces.iter().map(|piece| piece.bytes.len()).sum::<usize>();
    let rows = pieces.iter().map(Piece::len).sum::<usize>();
    let mut joined: Vec<Piece> = Vec::new();
    for mut piece in pieces {
        match joined.last_mut() {
            Some(last) if last.bytes.len() + piece.bytes.len() <= kind.most() => {
                let before = last.bytes.len();
                last.bytes.extend_from_slice(&piece.bytes);
                last.ends.extend(piece.ends.iter().map(|end| before + end));
                last.valid.extend(piece.valid);
                if let (Some(told), Some(more)) = (&mut last.told, piece.told) {
                    told.extend(more);
                }
            }
            _ => {
                // Room for those that follow, which are not moved again.
                piece
                    .bytes
                    .reserve(size.min(kind.most()) - piece.bytes.len());
                piece.ends.reserve(rows - piece.len());
                joined.push(piece);
            }
        }
    }
    joined
}

/// The documents as arrays of this type: one, if they fit.
pub fn values(pieces: Vec<Piece>, kind: Kind) -> Vec<ArrayRef> {
    let pieces = joined(pieces, kind).into_iter();
    pieces.map(|piece| one(piece, kind)).collect()
}

/// A piece's documents as an array of this type.
pub fn one(piece: Piece, kind: Kind) -> ArrayRef {
    let nulls = NullBuffer::from(piece.valid);
    let nulls = Some(nulls).filter(|nulls| nulls.null_count() > 0);
    let (bytes, ends) = (piece.bytes, &piece.ends);
    match kind {
        Kind::LargeText | Kind::LargeBytes => {
            typed(array::<types::LargeBinaryType>(bytes, ends, nulls), kind)
        }
        Kind::Text | Kind::Bytes => typed(array::<types::BinaryType>(bytes, ends, nulls), kind),
        Kind::TextView | Kind::BytesView => {
            let plain = array::<types::BinaryType>(bytes, ends, nulls);
            typed(BinaryViewArray::from(&plain), kind)
        }
    }
}

fn array<T: ByteArrayType>(
    bytes: Vec<u8>,
    ends: &[usize],
    nulls: Option<NullBuffer>,
) -> GenericByteArray<T> {
    let offsets = std::iter::once(0).chain(ends.iter().copied());
    let offsets: Vec<T::Offset> = offsets
        .map(|end| T::Offset::from_usize(end).expect("as much as fits"))
        .collect();
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    GenericByteArray::new(offsets, Buffer::from_vec(bytes), nulls)
}

/// The same bytes under another type's name. Text that came in as it should not be stays so, and is not looked at here.
fn typed(array: impl Array, kind: Kind) -> ArrayRef {
    let data = array.to_data().into_builder().data_type(kind.data_type());
    // SAFETY: text and bytes have the same layout. That text is valid UTF-8 where it came in valid is what the library
    // promises; where it did not it goes out as it came, and nothing here takes it for a `str`.
    make_array(unsafe { data.build_unchecked() })
}

/// The rows that the keys of a dictionary's array name.
pub fn keys(keys: &ArrayRef) -> Vec<Option<usize>> {
    downcast_integer_array!(
        keys => keys.iter().map(|key| key.map(|key| key.as_usize())).collect(),
        _ => unreachable!("keys are integers")
    )
}

/// A dictionary with these keys, of what its values became. Of values that have become equal it keeps one, since libraries
/// take them for different.
///
/// # Errors
/// They do not fit into an array.
pub fn dictionary(keys: &ArrayRef, pieces: &[Piece], kind: Kind) -> PyResult<ArrayRef> {
    let mut distinct = Piece::new(false);
    let mut known = HashMap::new();
    let mut renamed: Vec<Option<usize>> = Vec::new();
    for piece in pieces {
        for row in 0..piece.len() {
            if !piece.valid[row] {
                renamed.push(None);
                continue;
            }
            let value = piece.row(row);
            let number = *known.entry(value).or_insert_with(|| {
                distinct.push(Some(value), || super::rows::Told::Null);
                distinct.len() - 1
            });
            renamed.push(Some(number));
        }
    }
    if distinct.bytes.len() > kind.most() {
        return Err(PyValueError::new_err(
            "the dictionary's values grow beyond 2 GiB; cast it to large_string",
        ));
    }
    let values = one(distinct, kind);
    Ok(downcast_integer_array!(
        keys => with_keys(keys, &renamed, values),
        _ => unreachable!("keys are integers")
    ))
}

fn with_keys<K: ArrowDictionaryKeyType>(
    keys: &PrimitiveArray<K>,
    renamed: &[Option<usize>],
    values: ArrayRef,
) -> ArrayRef {
    let named = keys.iter().map(|key| {
        let number = renamed[key?.as_usize()]?;
        K::Native::from_usize(number)
    });
    let named: PrimitiveArray<K> = named.collect();
    Arc::new(DictionaryArray::new(named, values))
}
