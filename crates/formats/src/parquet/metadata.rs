//! What a file's end tells of its columns, where it gets others: its schema, and what programs keep beside it.

use serde_json::{Value, json};

use super::arrow_schema;
use super::new_column::{NewColumn, NewKind};
use super::thrift::{Cause, STRUCT, Struct};
use crate::fault::ParquetFault;

/// Under these keys Arrow and Spark keep schemas of their own, which they read instead of the file's.
const ARROW: &[u8] = b"ARROW:schema";
const SPARK: &[u8] = b"org.apache.spark.sql.parquet.row.metadata";

/// Numbers that the format gives: that a column may lack values, and that its strings are UTF-8.
const OPTIONAL: i32 = 1;
const UTF8: i32 = 0;

/// Whether the schema of Arrow that the file keeps lists the values of some column, as Polars' `Enum` has them: other values
/// would be read as none.
pub(super) fn lists_values(fields: &Struct) -> Result<bool, Cause> {
    const LIST: &[u8] = b"_PL_ENUM_VALUES";
    if !fields.has(5) {
        return Ok(false);
    }
    for bytes in fields.list(5, STRUCT)? {
        let entry = Struct::read(&mut &bytes[..])?;
        if entry.binary(1) == Some(ARROW) {
            let schema = entry.binary(2).unwrap_or_default();
            let schema = data_encoding::BASE64.decode(schema).unwrap_or_default();
            return Ok(memchr::memmem::find(&schema, LIST).is_some());
        }
    }
    Ok(false)
}

/// Adds columns behind all others.
///
/// # Errors
/// What tells of the columns is damaged.
pub(super) fn extend(fields: &mut Struct, added: &[NewColumn]) -> Result<(), Cause> {
    let old = fields.clone();
    let elements = old.list(2, STRUCT)?;
    let (root, rest) = elements.split_first().ok_or(ParquetFault::NoTree)?;
    let mut root = Struct::read(&mut &root[..])?;
    let count = root.i32(5).unwrap_or(0);
    let now = count.checked_add(added.len() as i32);
    root.set_i32(5, now.ok_or(ParquetFault::NoTree)?);
    let mut elements = vec![root.bytes()];
    elements.extend(rest.iter().map(|element| element.to_vec()));
    elements.extend(added.iter().map(element));
    fields.set_list(2, STRUCT, &elements);
    // In which order the values of each column are: that of its type.
    if old.has(7) {
        let mut orders: Vec<Vec<u8>> = old
            .list(7, STRUCT)?
            .into_iter()
            .map(<[u8]>::to_vec)
            .collect();
        let mut order = Struct::default();
        order.set_inner(1, &Struct::default());
        orders.extend(added.iter().map(|_| order.bytes()));
        fields.set_list(7, STRUCT, &orders);
    }
    if old.has(5) {
        let mut entries = Vec::new();
        for bytes in old.list(5, STRUCT)? {
            let mut entry = Struct::read(&mut &bytes[..])?;
            let value = entry.binary(2).unwrap_or_default();
            let new = match entry.binary(1) {
                Some(ARROW) => arrow(value, count as usize, added),
                Some(SPARK) => spark(value, count as usize, added),
                _ => {
                    entries.push(bytes.to_vec());
                    continue;
                }
            };
            // One that is not understood would hide the new columns, or have the file refused.
            if let Some(new) = new {
                entry.set_binary(2, &new);
                entries.push(entry.bytes());
            }
        }
        fields.set_list(5, STRUCT, &entries);
    }
    Ok(())
}

/// A column in the schema.
fn element(column: &NewColumn) -> Vec<u8> {
    let mut element = Struct::default();
    element.set_i32(1, column.kind.number());
    element.set_i32(3, if column.is_optional { OPTIONAL } else { 0 });
    element.set_binary(4, column.name.as_bytes());
    if column.kind == NewKind::Text {
        element.set_i32(6, UTF8);
        let mut logical = Struct::default();
        logical.set_inner(1, &Struct::default());
        element.set_inner(10, &logical);
    }
    element.bytes()
}

fn arrow(schema: &[u8], count: usize, added: &[NewColumn]) -> Option<Vec<u8>> {
    let message = data_encoding::BASE64.decode(schema).ok()?;
    let message = arrow_schema::extended(&message, count, added)?;
    Some(data_encoding::BASE64.encode(&message).into_bytes())
}

/// Spark's schema is JSON.
fn spark(schema: &[u8], count: usize, added: &[NewColumn]) -> Option<Vec<u8>> {
    let mut schema: Value = serde_json::from_slice(schema).ok()?;
    let fields = schema.get_mut("fields")?.as_array_mut()?;
    if fields.len() != count {
        return None;
    }
    fields.extend(added.iter().map(|column| {
        let kind = match column.kind {
            NewKind::Text => "string",
            NewKind::Flag => "boolean",
            NewKind::Count => "long",
        };
        json!({"name": column.name, "type": kind, "nullable": column.is_optional, "metadata": {}})
    }));
    serde_json::to_vec(&schema).ok()
}
