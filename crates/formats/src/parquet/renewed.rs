//! What a file's end tells of a group of rows, once columns of it have changed.

use std::ops::Range;

use super::chunk::Changed;
use super::layout::Layout;
use super::new_column::Added;
use super::thrift::{Cause, I64, STRUCT, Struct, write_zigzag};
use crate::fault::ParquetFault;

/// Strings longer than this are not told of as the first or last of a column, bytes.
const LONGEST_BOUND: usize = 4096;

/// What a column of a group of rows became, and where its indexes are now.
#[derive(Debug, Default)]
pub(super) struct Renewed {
    /// `None` if its pages were copied.
    pub pages: Option<Changed>,
    pub column_index: Option<Range<u64>>,
    pub offset_index: Option<Range<u64>>,
}

/// What a group of rows became: its columns, and those that were added.
#[derive(Debug, Default)]
pub(super) struct RenewedGroup {
    pub columns: Vec<Renewed>,
    pub added: Vec<Added>,
}

/// A group of rows as it is now.
pub(super) fn group(
    bytes: &[u8],
    renewed: &RenewedGroup,
    layout: &Layout,
) -> Result<Vec<u8>, Cause> {
    let mut fields = Struct::read(&mut &bytes[..])?;
    let old = fields.clone();
    let (mut packed, mut unpacked) = (0, 0);
    let mut chunks = Vec::with_capacity(renewed.columns.len() + renewed.added.len());
    for (bytes, renewed) in old.list(1, STRUCT)?.into_iter().zip(&renewed.columns) {
        let mut chunk = Struct::read(&mut &bytes[..])?;
        let before = chunk.clone();
        let mut column = before.inner(3).ok_or(ParquetFault::NoPlace)?;
        if let Some(changed) = renewed.pages.as_ref().filter(|pages| pages.changed) {
            let more =
                |now: u64, before: Option<i64>| (now as i64).saturating_sub(before.unwrap_or(0));
            packed = more(changed.packed, column.i64(7)).saturating_add(packed);
            unpacked = more(changed.unpacked, column.i64(6)).saturating_add(unpacked);
            change(&mut column, changed);
        } else if !chunk.has(1) {
            move_to(&mut column, &[9, 10, 11, 14], layout);
        }
        if !chunk.has(1) {
            move_to(&mut chunk, &[2], layout);
        }
        chunk.set_inner(3, &column);
        set_place(&mut chunk, [4, 5], renewed.offset_index.as_ref());
        set_place(&mut chunk, [6, 7], renewed.column_index.as_ref());
        chunks.push(chunk.bytes());
    }
    for added in &renewed.added {
        packed = packed.saturating_add(added.packed as i64);
        unpacked = unpacked.saturating_add(added.unpacked as i64);
        let mut chunk = Struct::default();
        // Where its metadata is besides: nowhere.
        chunk.set_i64(2, 0);
        chunk.set_inner(3, &added.metadata);
        set_place(&mut chunk, [4, 5], added.offset_index.as_ref());
        chunks.push(chunk.bytes());
    }
    fields.set_list(1, STRUCT, &chunks);
    for (id, more) in [(2, unpacked), (6, packed)] {
        if let Some(size) = old.i64(id) {
            fields.set_i64(id, size.saturating_add(more));
        }
    }
    move_to(&mut fields, &[5], layout);
    if old.has(4) {
        keep_order(&mut fields, &old, &renewed.columns)?;
    }
    Ok(fields.bytes())
}

/// Tells where an index is, by its offset and its length, or that there is none.
fn set_place(chunk: &mut Struct, [offset, length]: [i16; 2], place: Option<&Range<u64>>) {
    chunk.remove(&[offset, length]);
    if let Some(place) = place {
        chunk.set_i64(offset, place.start as i64);
        chunk.set_i32(length, (place.end - place.start) as i32);
    }
}

/// Adjusts places in the file.
fn move_to(fields: &mut Struct, ids: &[i16], layout: &Layout) {
    for id in ids {
        if let Some(at) = fields.i64(*id).and_then(|at| u64::try_from(at).ok())
            && at > 0
        {
            fields.set_i64(*id, layout.now(at) as i64);
        }
    }
}

/// Tells of a column whose strings changed: its bloom filter is no longer one of them.
fn change(column: &mut Struct, changed: &Changed) {
    if let Some(mut sizes) = column.inner(16).map(Struct::into_owned) {
        sizes.set_i64(1, changed.strings as i64);
        column.set_inner(16, &sizes);
    }
    if let Some(mut bounds) = column.inner(12).map(Struct::into_owned) {
        let tells = bounds.has(5) || bounds.has(6);
        let is_exact = bounds.has(7) || bounds.has(8);
        bounds.remove(&[1, 2, 4, 5, 6, 7, 8]);
        if let (Some(least), Some(most), true) = (&changed.least, &changed.most, tells)
            && least.len().max(most.len()) <= LONGEST_BOUND
        {
            bounds.set_binary(5, most);
            bounds.set_binary(6, least);
            if is_exact {
                bounds.set_true(7);
                bounds.set_true(8);
            }
        }
        column.set_inner(12, &bounds);
    }
    column.remove(&[10, 14, 15]);
    column.set_i64(6, changed.unpacked as i64);
    column.set_i64(7, changed.packed as i64);
    let dictionary = changed.dictionary.map(|at| at as i64);
    let data = changed.pages.first().map(|page| page.at as i64);
    match (dictionary, column.i64(11)) {
        (Some(dictionary), Some(1..)) => {
            column.set_i64(11, dictionary);
            column.set_i64(9, data.unwrap_or(0));
        }
        (None, Some(_)) => {
            column.remove(&[11]);
            column.set_i64(9, data.unwrap_or(0));
        }
        // Where it has no field of its own, the dictionary is the first of the pages.
        (dictionary, None | Some(_)) => column.set_i64(9, dictionary.or(data).unwrap_or(0)),
    }
}

/// Rows are in the order of the columns that did not change; behind one that did nothing is known.
fn keep_order(fields: &mut Struct, old: &Struct, renewed: &[Renewed]) -> Result<(), Cause> {
    let keeps = |column: &&[u8]| {
        let column = Struct::read(&mut &column[..]).ok();
        let number = column.and_then(|column| usize::try_from(column.i32(1)?).ok());
        let renewed = number.and_then(|number| renewed.get(number));
        renewed.is_some_and(|renewed| !renewed.pages.as_ref().is_some_and(|pages| pages.changed))
    };
    let sorted = old.list(4, STRUCT)?;
    let kept: Vec<_> = sorted.into_iter().take_while(keeps).collect();
    match kept.is_empty() {
        true => fields.remove(&[4]),
        false => fields.set_list(4, STRUCT, &kept),
    }
    Ok(())
}

/// The index that tells where pages are, adjusted; `None` if it no longer tells of these pages.
pub(super) fn offset_index(
    bytes: &[u8],
    changed: Option<&Changed>,
    layout: &Layout,
) -> Result<Option<Vec<u8>>, Cause> {
    let old = Struct::read(&mut &bytes[..])?;
    let mut index = old.clone();
    let old = old.list(1, STRUCT)?;
    if changed.is_some_and(|changed| changed.pages.len() != old.len()) {
        return Ok(None);
    }
    let mut pages = Vec::with_capacity(old.len());
    for (at, bytes) in old.into_iter().enumerate() {
        let mut page = Struct::read(&mut &bytes[..])?;
        match changed.map(|changed| changed.pages[at]) {
            Some(now) => {
                let Ok(length) = i32::try_from(now.length) else {
                    return Ok(None);
                };
                page.set_i64(1, now.at as i64);
                page.set_i32(2, length);
            }
            None => move_to(&mut page, &[1], layout),
        }
        pages.push(page.bytes());
    }
    index.set_list(1, STRUCT, &pages);
    // How many bytes the strings of each page have.
    if let (Some(changed), true) = (changed, index.has(2)) {
        let sizes = changed.pages.iter().map(|page| {
            let mut bytes = Vec::new();
            write_zigzag(page.strings as i64, &mut bytes);
            bytes
        });
        index.set_list(2, I64, &sizes.collect::<Vec<_>>());
    }
    Ok(Some(index.bytes()))
}

/// The index that tells where the pages of a column are that was added.
pub(super) fn new_offset_index(added: &Added) -> Vec<u8> {
    let pages = added.pages.iter().map(|(at, length, rows)| {
        let mut page = Struct::default();
        page.set_i64(1, *at as i64);
        page.set_i32(2, *length as i32);
        page.set_i64(3, *rows as i64);
        page.bytes()
    });
    let mut index = Struct::default();
    index.set_list(1, STRUCT, &pages.collect::<Vec<_>>());
    index.bytes()
}

#[cfg(test)]
mod tests {
    use super::super::chunk::Page;
    use super::*;

    fn page(at: u64) -> Page {
        Page {
            at,
            length: 20,
            strings: 30,
        }
    }

    fn changed() -> Changed {
        Changed {
            changed: true,
            dictionary: Some(100),
            pages: [150, 170].map(page).to_vec(),
            packed: 90,
            unpacked: 120,
            strings: 77,
            least: Some("关于".into()),
            most: Some("馆".into()),
        }
    }

    #[test]
    fn a_dictionary_that_was_told_of_as_data_still_is() {
        for (told, expected) in [
            (None, (Some(100), None)),
            (Some(0), (Some(100), Some(0))),
            (Some(4), (Some(150), Some(100))),
        ] {
            let mut column = Struct::default();
            column.set_i64(9, 4);
            if let Some(dictionary) = told {
                column.set_i64(11, dictionary);
            }
            change(&mut column, &changed());
            assert_eq!((column.i64(9), column.i64(11)), expected, "{told:?}");
        }
    }

    #[test]
    fn what_told_of_the_old_strings_is_renewed_or_goes() {
        let mut bounds = Struct::default();
        for id in [1, 2, 5, 6] {
            bounds.set_binary(id, "關於".as_bytes());
        }
        bounds.set_i64(3, 7);
        bounds.set_i64(4, 9);
        let mut column = Struct::default();
        column.set_inner(12, &bounds);
        column.set_i64(14, 1_000);
        column.set_i32(15, 50);
        change(&mut column, &changed());
        assert!(!column.has(14) && !column.has(15));
        assert_eq!((column.i64(6), column.i64(7)), (Some(120), Some(90)));
        let bounds = column.inner(12).expect("bounds");
        assert_eq!(bounds.binary(5), Some("馆".as_bytes()));
        assert_eq!(bounds.binary(6), Some("关于".as_bytes()));
        assert_eq!(bounds.i64(3), Some(7));
        assert!([1, 2, 4, 7, 8].iter().all(|id| !bounds.has(*id)));
        // Strings too long to be told of.
        let long = Changed {
            most: Some(vec![b'x'; LONGEST_BOUND + 1]),
            ..changed()
        };
        change(&mut column, &long);
        let bounds = column.inner(12).expect("bounds");
        assert!(!bounds.has(5) && !bounds.has(6));
    }

    #[test]
    fn rows_are_sorted_by_the_columns_before_the_first_that_changed() {
        let sorted_by = |number: i32| {
            let mut column = Struct::default();
            column.set_i32(1, number);
            column.bytes()
        };
        let kept = |numbers: &[i32]| {
            let numbers: Vec<_> = numbers.iter().copied().map(sorted_by).collect();
            let mut old = Struct::default();
            old.set_list(4, STRUCT, &numbers);
            let renewed = [None, Some(changed()), Some(Changed::default())];
            let renewed = renewed.map(|pages| Renewed {
                pages,
                ..Renewed::default()
            });
            let mut fields = old.clone();
            keep_order(&mut fields, &old, &renewed).expect("a list");
            fields.list(4, STRUCT).map_or(0, |list| list.len())
        };
        assert_eq!(
            [kept(&[0, 1, 2]), kept(&[2, 0]), kept(&[1, 0]), kept(&[9])],
            [1, 2, 0, 0]
        );
    }
}
