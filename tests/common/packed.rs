//! Compressed data and archives for tests, made and read without the program's own code.

#![allow(dead_code)]

use std::io::{Read, Write};

use fastrand::Rng;

/// Endings of names of compressed files, one of each kind.
pub const ALL: [&str; 4] = ["gz", "bz2", "xz", "zst"];

/// Packs data as files with this ending are.
pub fn pack(format: &str, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match format {
        "gz" => {
            let mut encoder = flate2::write::GzEncoder::new(&mut out, flate2::Compression::best());
            encoder.write_all(data).expect("packed");
            encoder.finish().expect("packed");
        }
        "bz2" => {
            let mut encoder = bzip2::write::BzEncoder::new(&mut out, bzip2::Compression::new(1));
            encoder.write_all(data).expect("packed");
            encoder.finish().expect("packed");
        }
        "xz" => {
            let options = lzma_rust2::XzOptions::with_preset(0);
            let mut encoder = lzma_rust2::XzWriter::new(&mut out, options).expect("begun");
            encoder.write_all(data).expect("packed");
            encoder.finish().expect("packed");
        }
        "zst" => {
            let mut encoder = zstd::Encoder::new(&mut out, 1).expect("begun");
            encoder.include_checksum(true).expect("set");
            encoder.write_all(data).expect("packed");
            encoder.finish().expect("packed");
        }
        other => panic!("{other}"),
    }
    out
}

/// Packs data as gzip, quickly.
pub fn pack_fast(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).expect("packed");
    encoder.finish().expect("packed")
}

/// Unpacks it again.
pub fn unpack(format: &str, data: &[u8]) -> Vec<u8> {
    let mut decoder: Box<dyn Read> = match format {
        "gz" => Box::new(flate2::read::MultiGzDecoder::new(data)),
        "bz2" => Box::new(bzip2::read::MultiBzDecoder::new(data)),
        "xz" => Box::new(lzma_rust2::XzReader::new(data, true)),
        "zst" => Box::new(zstd::Decoder::new(data).expect("begun")),
        other => panic!("{other}"),
    };
    let mut out = Vec::new();
    decoder.read_to_end(&mut out).expect("unpacked");
    out
}

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub data: Vec<u8>,
    /// ZIP's time and date, or TAR's seconds.
    pub time: u32,
    /// Type and permissions, as in Unix.
    pub mode: u32,
    /// ZIP's method: 0 stored, 8 DEFLATE.
    pub method: u16,
}

impl Member {
    /// A file, or a directory if its name ends with a slash.
    pub fn new(name: &str, data: &[u8]) -> Member {
        let directory = name.ends_with('/');
        Member {
            name: name.to_owned(),
            data: data.to_vec(),
            time: 0x5A21_6B3C - name.len() as u32,
            mode: if directory { 0o040755 } else { 0o100640 },
            method: if directory || data.is_empty() { 0 } else { 8 },
        }
    }

    pub fn stored(self) -> Member {
        Member { method: 0, ..self }
    }

    /// A symbolic link to what its data says.
    pub fn link(self) -> Member {
        Member {
            mode: 0o120777,
            method: 0,
            ..self
        }
    }
}

fn crc(data: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    crc.sum()
}

fn le(numbers: &[(u64, usize)]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|(number, length)| number.to_le_bytes()[..*length].to_vec())
        .collect()
}

/// A ZIP archive of these members, with comments, extra fields and, of every third member, sizes behind its data.
pub fn zip(members: &[Member]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (number, member) in members.iter().enumerate() {
        let packed = match member.method {
            0 => member.data.clone(),
            _ => {
                let level = flate2::Compression::best();
                let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), level);
                encoder.write_all(&member.data).expect("packed");
                encoder.finish().expect("packed")
            }
        };
        let behind = number % 3 == 2 && member.method == 8;
        // UTF-8 names; sizes behind the data.
        let flags = 0x800 | if behind { 8 } else { 0 };
        let sum = u64::from(crc(&member.data));
        let (packed_size, size) = (packed.len() as u64, member.data.len() as u64);
        let offset = out.len() as u64;
        // An extra field of Info-ZIP: modification time in UTC.
        let extra = if number % 2 == 1 {
            b"UT\x05\0\x01\x01\x02\x03\x04".to_vec()
        } else {
            Vec::new()
        };
        let comment = "評論".repeat(number % 2);
        let method = u64::from(member.method);
        let time = u64::from(member.time);
        let told = if behind {
            [0; 3]
        } else {
            [sum, packed_size, size]
        };
        out.extend(b"PK\x03\x04");
        out.extend(le(&[(20, 2), (flags, 2), (method, 2), (time, 4)]));
        out.extend(le(&[(told[0], 4), (told[1], 4), (told[2], 4)]));
        out.extend(le(&[
            (member.name.len() as u64, 2),
            (extra.len() as u64, 2),
        ]));
        out.extend(member.name.bytes());
        out.extend(&extra);
        out.extend(&packed);
        if behind {
            out.extend(b"PK\x07\x08");
            out.extend(le(&[(sum, 4), (packed_size, 4), (size, 4)]));
        }
        directory.extend(b"PK\x01\x02");
        directory.extend(le(&[
            (0x031E, 2),
            (20, 2),
            (flags, 2),
            (method, 2),
            (time, 4),
        ]));
        directory.extend(le(&[(sum, 4), (packed_size, 4), (size, 4)]));
        directory.extend(le(&[
            (member.name.len() as u64, 2),
            (extra.len() as u64, 2),
            (comment.len() as u64, 2),
            (0, 2),
            (1, 2),
            (u64::from(member.mode) << 16, 4),
            (offset, 4),
        ]));
        directory.extend(member.name.bytes());
        directory.extend(&extra);
        directory.extend(comment.bytes());
    }
    let comment = "the archive's comment: 書";
    let start = out.len() as u64;
    out.extend(&directory);
    out.extend(b"PK\x05\x06");
    let count = members.len() as u64;
    out.extend(le(&[(0, 4), (count, 2), (count, 2)]));
    out.extend(le(&[
        (directory.len() as u64, 4),
        (start, 4),
        (comment.len() as u64, 2),
    ]));
    out.extend(comment.bytes());
    out
}

/// The members of a ZIP archive, as its directory has them; checked against their checksums and headers.
pub fn unzip(bytes: &[u8]) -> Vec<Member> {
    let number = |at: usize, length: usize| -> usize {
        let mut number = [0; 8];
        number[..length].copy_from_slice(&bytes[at..at + length]);
        usize::from_le_bytes(number)
    };
    let end = bytes
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .expect("an end");
    let mut at = number(end + 16, 4);
    assert_eq!(at + number(end + 12, 4), end, "the directory's size");
    let mut members = Vec::new();
    for _ in 0..number(end + 10, 2) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let offset = number(at + 42, 4);
        let name = &bytes[at + 46..at + 46 + number(at + 28, 2)];
        assert_eq!(&bytes[offset..offset + 4], b"PK\x03\x04");
        // Flags, method, time and date are the same in both headers.
        assert_eq!(bytes[offset + 6..offset + 14], bytes[at + 8..at + 16]);
        if number(at + 8, 2) & 8 == 0 {
            assert_eq!(bytes[offset + 14..offset + 26], bytes[at + 16..at + 28]);
        }
        let data = offset + 30 + number(offset + 26, 2) + number(offset + 28, 2);
        let packed = &bytes[data..data + number(at + 20, 4)];
        let method = number(at + 10, 2) as u16;
        let mut data = Vec::new();
        match method {
            0 => data = packed.to_vec(),
            _ => drop(
                flate2::read::DeflateDecoder::new(packed)
                    .read_to_end(&mut data)
                    .expect("unpacked"),
            ),
        }
        assert_eq!(data.len(), number(at + 24, 4));
        assert_eq!(crc(&data) as usize, number(at + 16, 4));
        members.push(Member {
            name: String::from_utf8(name.to_vec()).expect("UTF-8"),
            data,
            time: number(at + 12, 4) as u32,
            mode: number(at + 38, 4) as u32 >> 16,
            method,
        });
        at += 46 + number(at + 28, 2) + number(at + 30, 2) + number(at + 32, 2);
    }
    assert_eq!(at, end);
    members
}

/// A TAR archive of these members.
pub fn tar(members: &[Member]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for member in members {
        let mut header = tar::Header::new_gnu();
        let entry_type = match member.mode >> 12 {
            0o04 => tar::EntryType::Directory,
            0o12 => tar::EntryType::Symlink,
            _ => tar::EntryType::Regular,
        };
        header.set_entry_type(entry_type);
        header.set_mode(member.mode & 0o7777);
        header.set_mtime(u64::from(member.time));
        let mut data = &member.data[..];
        if entry_type == tar::EntryType::Symlink {
            header.set_link_name_literal(data).expect("short");
            data = b"";
        }
        header.set_size(data.len() as u64);
        // Names that the builder would not write.
        if member.name.len() <= 100 {
            header.as_old_mut().name[..member.name.len()].copy_from_slice(member.name.as_bytes());
            header.set_cksum();
            builder.append(&header, data).expect("added");
        } else {
            builder
                .append_data(&mut header, &member.name, data)
                .expect("added");
        }
    }
    builder.into_inner().expect("ended")
}

/// A TAR archive of one file, with these attributes before it.
pub fn tar_with_attributes(attributes: &[u8], data: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (entry_type, name, data) in [
        (tar::EntryType::XHeader, "attributes", attributes),
        (tar::EntryType::Regular, "short", data),
    ] {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(entry_type);
        header.set_path(name).expect("short");
        header.set_mode(0o640);
        header.set_mtime(0);
        header.set_size(data.len() as u64);
        header.set_cksum();
        builder.append(&header, data).expect("added");
    }
    builder.into_inner().expect("ended")
}

/// The members of a TAR archive.
pub fn untar(bytes: &[u8]) -> Vec<Member> {
    assert_eq!(bytes.len() % 512, 0);
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().expect("members");
    entries
        .map(|entry| {
            let mut entry = entry.expect("a member");
            let mut data = Vec::new();
            entry.read_to_end(&mut data).expect("data");
            Member {
                name: String::from_utf8(entry.path_bytes().into_owned()).expect("UTF-8"),
                data,
                time: entry.header().mtime().expect("a time") as u32,
                mode: entry.header().mode().expect("a mode"),
                method: 0,
            }
        })
        .collect()
}

/// The bytes with some changed, lost, doubled or cut off.
pub fn mutated(original: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..random.usize(1..=4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.usize(..bytes.len());
        let end = (at + random.usize(1..64)).min(bytes.len());
        match random.u8(..6) {
            0 => bytes[at] ^= 1 << random.u8(..8),
            1 => bytes[at] = random.u8(..),
            2 => bytes[at] = 0xFF,
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => bytes.truncate(at.max(4)),
        }
    }
    bytes
}
