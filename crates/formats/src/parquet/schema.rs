//! The columns of a file, as its schema has them: a tree, whose leaves they are.

use super::thrift::{Cause, Struct};
use crate::fault::ParquetFault;

/// How deep columns may lie in others.
const DEEPEST: usize = 100;

/// The number of the physical type of strings and bytes.
const BYTE_ARRAY: i32 = 6;

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The names on the way to it, and its own.
    path: Vec<String>,
    /// Its values lie so deep among what may be missing or is repeated, and among what is repeated.
    pub deepest: u32,
    pub repeated: u32,
    /// Whether its values are strings, or bytes of which nothing is said.
    pub is_text: bool,
}

impl Column {
    /// What it is called in messages.
    pub fn name(&self) -> String {
        self.path.join(".")
    }

    /// Whether a name means it: its own or that of a column it lies in, the names on the way to it with dots between them,
    /// or a pointer (`/a/*/b`).
    pub fn is_called(&self, name: &str) -> bool {
        if let Some(pointer) = name.strip_prefix('/') {
            let mut steps = self.path.iter();
            return pointer.split('/').all(|token| {
                let token = token.replace("~1", "/").replace("~0", "~");
                steps
                    .next()
                    .is_some_and(|step| token == "*" || token == *step)
            });
        }
        let whole = self.name();
        let within = whole.strip_prefix(name);
        self.path.iter().any(|step| step == name)
            || within.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// A column that others lie in.
struct Group {
    left: i32,
    deepest: u32,
    repeated: u32,
    /// Whether what lies in it is a value in parts that are no text by themselves.
    is_packed: bool,
    /// Whether it is a map, and whether the next column in it is the key of one.
    is_map: bool,
    has_key: bool,
}

/// The columns of a schema, whose elements stand one after another, each before what lies in it.
///
/// # Errors
/// The elements make no tree.
pub(super) fn columns(elements: &[&[u8]]) -> Result<Vec<Column>, Cause> {
    const WRONG: Cause = ParquetFault::NoTree;
    let mut columns = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    for (at, bytes) in elements.iter().enumerate() {
        let element = Struct::read(&mut &bytes[..])?;
        let children = element.i32(5).unwrap_or(0);
        if at == 0 {
            groups.push(Group {
                left: children,
                deepest: 0,
                repeated: 0,
                is_packed: false,
                is_map: false,
                has_key: false,
            });
            continue;
        }
        while groups.last().is_some_and(|group| group.left <= 0) {
            groups.pop();
            path.pop();
        }
        let parent = groups.last_mut().ok_or(WRONG)?;
        parent.left -= 1;
        let repetition = element.i32(3).unwrap_or(0);
        let (deepest, repeated) = (parent.deepest, parent.repeated);
        let is_key = std::mem::take(&mut parent.has_key);
        let group = Group {
            left: children,
            deepest: deepest + u32::from(repetition != 0),
            repeated: repeated + u32::from(repetition == 2),
            // A key may have parts.
            is_packed: parent.is_packed || is_variant(&element) || is_key,
            // Old writers say it of the entries, too.
            is_map: is_map(&element) && !parent.is_map,
            has_key: parent.is_map,
        };
        let name = element.binary(4).ok_or(WRONG)?;
        path.push(String::from_utf8_lossy(name).into_owned());
        if children > 0 {
            groups.push(group);
            if groups.len() > DEEPEST {
                return Err(ParquetFault::TooDeep);
            }
            continue;
        }
        columns.push(Column {
            path: path.clone(),
            deepest: group.deepest,
            repeated: group.repeated,
            is_text: is_text(&element) && !group.is_packed,
        });
        path.pop();
    }
    match groups.iter().all(|group| group.left <= 0) {
        true => Ok(columns),
        false => Err(WRONG),
    }
}

/// Whether values of this type are read as text: strings, names of an enumeration, JSON, and bytes of which nothing is said.
fn is_text(element: &Struct) -> bool {
    let is_known = |logical: Struct| [1, 4, 12].iter().any(|id| logical.has(*id));
    element.i32(1) == Some(BYTE_ARRAY)
        && element.i32(6).is_none_or(|kind| matches!(kind, 0 | 4 | 19))
        && element.inner(10).is_none_or(is_known)
}

/// Whether it is a map: in it lie entries, of which the first column is the key.
fn is_map(element: &Struct) -> bool {
    let logical = element.inner(10);
    logical.is_some_and(|logical| logical.has(2)) || matches!(element.i32(6), Some(1 | 2))
}

/// Whether it holds values of any type, in Parquet's own encoding.
fn is_variant(element: &Struct) -> bool {
    element.inner(10).is_some_and(|logical| logical.has(16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(name: &str, repetition: i32, children: i32) -> Vec<u8> {
        let mut element = Struct::default();
        if children == 0 {
            element.set_i32(1, BYTE_ARRAY);
        } else {
            element.set_i32(5, children);
        }
        element.set_i32(3, repetition);
        element.set_binary(4, name.as_bytes());
        element.bytes()
    }

    fn read(elements: &[Vec<u8>]) -> Result<Vec<Column>, Cause> {
        let elements: Vec<_> = elements.iter().map(Vec::as_slice).collect();
        columns(&elements)
    }

    #[test]
    fn keys_of_maps_are_no_text_and_values_are() {
        let kind = |mut bytes: Vec<u8>, kind: i32| {
            let mut element = Struct::read(&mut &bytes[..]).expect("a struct");
            element.set_i32(6, kind);
            bytes = element.bytes();
            bytes
        };
        const MAP: i32 = 1;
        const MAP_KEY_VALUE: i32 = 2;
        // What newer writers and old ones say of the entries.
        for entries in [
            element("key_value", 2, 2),
            kind(element("map", 2, 2), MAP_KEY_VALUE),
        ] {
            let elements = [
                element("schema", 0, 1),
                kind(element("m", 1, 2), MAP),
                entries,
                element("key", 0, 2),
                element("a", 1, 0),
                element("b", 1, 0),
                element("value", 1, 2),
                element("a", 1, 0),
                element("b", 1, 0),
            ];
            let mut elements = elements.to_vec();
            elements[1] = kind(element("m", 1, 1), MAP);
            let columns = read(&elements).expect("a tree");
            let texts: Vec<_> = columns.iter().map(|column| column.is_text).collect();
            assert_eq!(texts, [false, false, true, true]);
        }
    }

    #[test]
    fn names_mean_the_columns_of_a_tree() {
        let elements = [
            element("schema", 0, 3),
            element("text", 1, 0),
            element("tags", 1, 1),
            element("list", 2, 1),
            element("element", 1, 0),
            element("page", 0, 2),
            element("text", 0, 0),
            element("a.b", 0, 0),
        ];
        let columns = read(&elements).expect("a tree");
        let depths: Vec<_> = columns.iter().map(|c| (c.deepest, c.repeated)).collect();
        assert_eq!(depths, [(1, 0), (3, 1), (0, 0), (0, 0)]);
        for (name, expected) in [
            ("text", &[0, 2][..]),
            ("/text", &[0]),
            ("page.text", &[2]),
            ("page", &[2, 3]),
            ("/page/*", &[2, 3]),
            ("/*/text", &[2]),
            ("tags", &[1]),
            ("tags.list.element", &[1]),
            ("a.b", &[3]),
            ("tag", &[]),
            ("/text/text", &[]),
        ] {
            let found = columns.iter().enumerate();
            let found = found.filter(|(_, column)| column.is_called(name));
            let found: Vec<_> = found.map(|(at, _)| at).collect();
            assert_eq!(found, expected, "{name}");
        }
        assert!(read(&elements[..7]).is_err());
        assert!(read(&elements[1..]).is_err());
    }
}
