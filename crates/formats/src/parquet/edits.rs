//! What of a file is not copied: the pages of columns that are asked for, indexes, and where columns are added.

use std::ops::Range;

use super::footer::{Footer, Group};
use super::pages::damaged;
use super::schema::Column;
use crate::Error;
use crate::error::ParquetRefusal;
use crate::fault::ParquetFault;

/// What is not copied.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// The pages of this column of this group of rows are written anew.
    Pages(usize, usize),
    /// An index of pages is written elsewhere.
    Index,
    /// Behind the pages of this group of rows its new columns are written.
    Rows(usize),
}

/// Which columns are text and asked for.
pub(super) fn wanted(footer: &Footer, fields: &[String]) -> Result<Vec<bool>, Error> {
    let texts = || footer.columns.iter().filter(|column| column.is_text);
    let lacks = |field: &&String| !texts().any(|column| column.is_called(field));
    if let Some(field) = fields.iter().find(lacks) {
        let (field, columns) = (field.clone(), texts().map(Column::name).collect());
        return Err(ParquetRefusal::NoColumn { field, columns }.into());
    }
    let is_wanted =
        |column: &Column| column.is_text && fields.iter().any(|field| column.is_called(field));
    Ok(footer.columns.iter().map(is_wanted).collect())
}

/// What of the file is not copied, in its order.
pub(super) fn edited(footer: &Footer, wanted: &[bool]) -> Result<Vec<(Range<u64>, What)>, Error> {
    let mut edited = Vec::new();
    let mut copied: Vec<Range<u64>> = Vec::new();
    for (group, chunks) in footer.groups.iter().enumerate() {
        for (column, place) in chunks.chunks.iter().enumerate() {
            for index in [&place.column_index, &place.offset_index] {
                edited.extend(index.clone().map(|place| (place, What::Index)));
            }
            match (&place.pages, wanted[column]) {
                (Some(pages), true) => edited.push((pages.clone(), What::Pages(group, column))),
                (Some(pages), false) => copied.push(pages.clone()),
                (None, true) => {
                    let column = footer.columns[column].name();
                    return Err(ParquetRefusal::Elsewhere { column }.into());
                }
                (None, false) => {}
            }
        }
    }
    edited.retain(|(place, _)| !place.is_empty());
    copied.retain(|place| !place.is_empty());
    edited.sort_by_key(|(place, _)| place.start);
    let copied = copied.iter().map(|place| (place, false));
    let mut all: Vec<_> = edited.iter().map(|(place, _)| (place, true)).collect();
    all.extend(copied);
    all.sort_by_key(|(place, _)| place.start);
    let (mut end, mut end_of_edited) = (4, 4);
    for (place, is_edited) in all {
        if place.start < if is_edited { end } else { end_of_edited } || place.end > footer.start {
            return Err(damaged(footer.start, ParquetFault::Overlap));
        }
        end = end.max(place.end);
        end_of_edited = if is_edited { place.end } else { end_of_edited };
    }
    Ok(edited)
}

/// Where the pages of each group of rows end. Where others lie among them, as hardly any file has it, these end there, too.
pub(super) fn ends(groups: &[Group], footer: u64) -> Vec<u64> {
    let pages = |group: &Group| {
        let pages = group.chunks.iter().filter_map(|place| place.pages.clone());
        pages.filter(|pages| !pages.is_empty()).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = groups.iter().flat_map(pages).collect();
    all.sort_by_key(|pages| pages.start);
    let mut stretches: Vec<Range<u64>> = Vec::new();
    for pages in all {
        match stretches.last_mut() {
            Some(last) if pages.start < last.end => last.end = last.end.max(pages.end),
            _ => stretches.push(pages),
        }
    }
    let end = |group| {
        let end = pages(group).iter().map(|pages| pages.end).max();
        // A group without rows may have no pages.
        let end = end.unwrap_or(footer);
        let before = stretches.partition_point(|pages| pages.start < end);
        let last = before.checked_sub(1).map(|last| stretches[last].end);
        last.map_or(end, |last| last.max(end))
    };
    groups.iter().map(end).collect()
}

#[cfg(test)]
mod tests {
    use super::super::footer::Place;
    use super::*;

    #[test]
    fn groups_of_rows_end_where_no_other_has_its_pages() {
        let group = |pages: &[Range<u64>]| {
            let chunks = pages.iter().map(|pages| Place {
                pages: Some(pages.clone()),
                codec: 0,
                values: 1,
                column_index: None,
                offset_index: None,
            });
            Group {
                rows: 1,
                chunks: chunks.collect(),
            }
        };
        let one_by_one = [group(&[4..9, 9..20]), group(&[20..30, 35..40])];
        assert_eq!(ends(&one_by_one, 90), [20, 40]);
        // Column by column; the same pages in two groups; no pages at all.
        let mixed = [group(&[4..9, 14..20]), group(&[9..14, 20..30])];
        assert_eq!(ends(&mixed, 90), [20, 30]);
        let shared = [group(&[4..20, 20..30]), group(&[4..20, 25..40])];
        assert_eq!(ends(&shared, 90), [40, 40]);
        assert_eq!(ends(&[group(&[7..7, 9..9]), group(&[])], 90), [90, 90]);
    }
}
