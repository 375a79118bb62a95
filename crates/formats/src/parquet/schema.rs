//! The columns of a file, as its schema has them: a tree, whose leaves they are.

use super::thrift::{Cause, Struct};
use crate::fault::ParquetFault;

/// How deep columns may lie in others.
const DEEPEST: usize = 100;

/// The number of the physical type of strings and bytes.
pub(super) const BYTE_ARRAY: i32 = 6;

/// A name on the way to a column.
#[derive(Clone, Debug)]
struct Step {
    name: String,
    /// Whether it is only the format's own name for what lies in a list or a map.
    is_formal: bool,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The names on the way to it, and its own.
    path: Vec<Step>,
    /// Its values lie so deep among what may be missing or is repeated, and among what is repeated.
    pub deepest: u32,
    pub repeated: u32,
    /// Whether its values are strings, or bytes of which nothing is said.
    pub is_text: bool,
}

impl Column {
    /// What it is called in messages.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|step| &*step.name).collect();
        names.join(".")
    }

    /// Whether it is the column of this name, or lies in it; whatever its letters' case, since SQL knows none.
    pub fn is_below(&self, name: &str) -> bool {
        let first = self.path.first();
        first.is_some_and(|step| step.name.eq_ignore_ascii_case(name))
    }

    /// Whether a name means it: its own or that of a column it lies in (but not what the format calls the inside of lists
    /// and maps), the names on the way to it with dots between them, or a pointer (`/a/*/b`).
    pub fn is_called(&self, name: &str) -> bool {
        if let Some(pointer) = name.strip_prefix('/') {
            let mut steps = self.path.iter();
            return pointer.split('/').all(|token| {
                let token = token.replace("~1", "/").replace("~0", "~");
                steps
                    .next()
                    .is_some_and(|step| token == "*" || token == step.name)
            });
        }
        let whole = self.name();
        let within = whole.strip_prefix(name);
        let has_name = |step: &Step| step.name == name && !step.is_formal;
        self.path.iter().any(has_name)
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
    /// Whether it is a list, a map, and what is repeated in one and holds values.
    is_list: bool,
    is_map: bool,
    is_entries: bool,
    /// Whether the next column in it is the key of a map.
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
    let mut path: Vec<Step> = Vec::new();
    for (at, bytes) in elements.iter().enumerate() {
        let element = Struct::read(&mut &bytes[..])?;
        let children = element.i32(5).unwrap_or(0);
        if at == 0 {
            groups.push(Group {
                left: children,
                deepest: 0,
                repeated: 0,
                is_packed: false,
                is_list: false,
                is_map: false,
                is_entries: false,
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
        let name = element.binary(4).ok_or(WRONG)?;
        let is_inside = repetition == 2 && (parent.is_list || parent.is_map);
        let is_formal = is_inside || parent.is_entries;
        let group = Group {
            left: children,
            deepest: deepest + u32::from(repetition != 0),
            repeated: repeated + u32::from(repetition == 2),
            // A key may have parts.
            is_packed: parent.is_packed || is_variant(&element) || is_key,
            // Old writers say it of the entries, too.
            is_map: is_map(&element) && !parent.is_map,
            is_list: is_list(&element) && !is_inside,
            is_entries: is_inside && (parent.is_map || holds_element(name, children)),
            has_key: parent.is_map,
        };
        path.push(Step {
            name: String::from_utf8_lossy(name).into_owned(),
            is_formal,
        });
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

/// Whether it is a list: in it lies what is repeated.
fn is_list(element: &Struct) -> bool {
    let logical = element.inner(10);
    logical.is_some_and(|logical| logical.has(3)) || element.i32(6) == Some(3)
}

/// Whether what is repeated in a list holds its values, as the format has it for compatibility: in some old files it is a
/// value itself.
fn holds_element(name: &[u8], children: i32) -> bool {
    children == 1 && name != b"array" && !name.ends_with(b"_tuple")
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

    /// The same with a number that says what it is.
    fn of_kind(kind: i32, bytes: &[u8]) -> Vec<u8> {
        let mut element = Struct::read(&mut &*bytes).expect("a struct");
        element.set_i32(6, kind);
        element.bytes()
    }

    const MAP: i32 = 1;
    const MAP_KEY_VALUE: i32 = 2;
    const LIST: i32 = 3;

    fn read(elements: &[Vec<u8>]) -> Result<Vec<Column>, Cause> {
        let elements: Vec<_> = elements.iter().map(Vec::as_slice).collect();
        columns(&elements)
    }

    #[test]
    fn keys_of_maps_are_no_text_and_values_are() {
        // What newer writers and old ones say of the entries.
        for entries in [
            element("key_value", 2, 2),
            of_kind(MAP_KEY_VALUE, &element("map", 2, 2)),
        ] {
            let elements = [
                element("schema", 0, 1),
                of_kind(MAP, &element("m", 1, 1)),
                entries,
                element("key", 0, 2),
                element("a", 1, 0),
                element("b", 1, 0),
                element("value", 1, 2),
                element("a", 1, 0),
                element("b", 1, 0),
            ];
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

    #[test]
    fn what_the_format_calls_the_inside_of_lists_and_maps_is_no_name() {
        let elements = [
            element("schema", 0, 6),
            of_kind(LIST, &element("tags", 1, 1)), // list<string>
            element("list", 2, 1),
            element("element", 1, 0),
            of_kind(LIST, &element("pages", 1, 1)), // list<struct<element, list>>
            element("list", 2, 1),
            element("element", 1, 2),
            element("element", 1, 0),
            of_kind(LIST, &element("list", 1, 1)),
            element("bag", 2, 1),
            element("item", 1, 0),
            of_kind(MAP, &element("pairs", 1, 1)), // map<string, string>
            of_kind(MAP_KEY_VALUE, &element("key_value", 2, 2)),
            element("key", 0, 0),
            element("value", 1, 0),
            of_kind(LIST, &element("old", 1, 1)), // a list of two levels, of structs
            element("array", 2, 1),
            element("value", 1, 0),
            of_kind(LIST, &element("older", 1, 1)), // and of strings
            element("array", 2, 0),
            element("value", 1, 0),
        ];
        let columns = read(&elements).expect("a tree");
        for (name, expected) in [
            ("element", &["pages.list.element.element"][..]),
            ("list", &["pages.list.element.list.bag.item"]),
            ("value", &["old.array.value", "value"]),
            ("item", &[]),
            ("bag", &[]),
            ("array", &[]),
            ("key_value", &[]),
            ("tags", &["tags.list.element"]),
            ("pairs.key_value.value", &["pairs.key_value.value"]),
            (
                "/*/list/element",
                &[
                    "tags.list.element",
                    "pages.list.element.element",
                    "pages.list.element.list.bag.item",
                ],
            ),
            ("/older", &["older.array"]),
        ] {
            let found = columns
                .iter()
                .filter(|column| column.is_text && column.is_called(name));
            let found: Vec<_> = found.map(Column::name).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
