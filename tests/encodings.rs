//! Encodings: told right, read to the byte, refused where they are not what they seem.

mod common;

use std::collections::BTreeMap;

use fastrand::Rng;
use jianti::encoding::Encoder;
use jianti::encoding::{DecodeError, Decoder, Encoding, Evidence, decode, detect, is_binary};
use proptest::prelude::*;

const SIMPLIFIED: &str = include_str!("data/encodings/simplified.txt");
const TAIWAN: &str = include_str!("data/encodings/taiwan.txt");
const CANTONESE: &str = include_str!("data/encodings/cantonese.txt");
/// The same in Big5 with HKSCS, which the encoder does not write.
const CANTONESE_HKSCS: &[u8] = include_bytes!("data/encodings/cantonese.big5hkscs");

/// Ways to write a document down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Utf8,
    Utf8Bom,
    Gbk,
    /// GB 18030 with a four-byte sequence in it.
    Gb18030,
    Big5,
    Big5Hkscs,
    Utf16Le,
    Utf16Be,
    Utf16LeBom,
    Utf16BeBom,
}

const FORMS: [Form; 10] = [
    Form::Utf8,
    Form::Utf8Bom,
    Form::Gbk,
    Form::Gb18030,
    Form::Big5,
    Form::Big5Hkscs,
    Form::Utf16Le,
    Form::Utf16Be,
    Form::Utf16LeBom,
    Form::Utf16BeBom,
];

/// The document in this form; `None` if it cannot be written so.
fn written(text: &str, form: Form) -> Option<Vec<u8>> {
    let encode = |encoding| {
        let mut bytes = Vec::new();
        Encoder::new(encoding, false).push(text, &mut bytes).ok()?;
        Some(bytes)
    };
    match form {
        Form::Utf8 => Some(text.as_bytes().to_vec()),
        Form::Utf8Bom => Some([b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        Form::Gbk => encode(Encoding::Gbk),
        Form::Gb18030 => encode(Encoding::Gb18030).filter(|bytes| {
            // Only where GBK would not do.
            bytes
                .windows(2)
                .any(|pair| pair[0] >= 0x81 && pair[1].is_ascii_digit())
        }),
        Form::Big5 => encode(Encoding::Big5),
        Form::Big5Hkscs => hkscs(text),
        Form::Utf16LeBom => encode(Encoding::Utf16Le),
        Form::Utf16BeBom => encode(Encoding::Utf16Be),
        Form::Utf16Le => Some(encode(Encoding::Utf16Le)?.split_off(2)),
        Form::Utf16Be => Some(encode(Encoding::Utf16Be)?.split_off(2)),
    }
}

/// Big5-HKSCS, for texts that have a character which plain Big5 lacks; by the pairs in the Cantonese fixture.
fn hkscs(text: &str) -> Option<Vec<u8>> {
    let mut pairs = BTreeMap::new();
    let mut at = 0;
    for c in CANTONESE.chars() {
        let length = if CANTONESE_HKSCS[at] < 0x80 { 1 } else { 2 };
        pairs.insert(c, &CANTONESE_HKSCS[at..at + length]);
        at += length;
    }
    let bytes: Option<Vec<_>> = text.chars().map(|c| pairs.get(&c).copied()).collect();
    let plain = written(text, Form::Big5);
    bytes
        .map(|bytes| bytes.concat())
        .filter(|_| plain.is_none())
}

/// Texts that documents are cut from: prose, pages, prose with English and digits, rare characters.
fn sources() -> Vec<String> {
    let mut sources = vec![
        SIMPLIFIED.to_owned(),
        TAIWAN.to_owned(),
        CANTONESE.to_owned(),
    ];
    for text in [SIMPLIFIED, TAIWAN, CANTONESE] {
        let paragraphs = text
            .lines()
            .map(|line| format!("<p class=\"text\">{line}</p>\n"));
        sources.push(paragraphs.collect());
        let notes = text.lines().enumerate();
        sources.push(
            notes
                .map(|(number, line)| {
                    format!(
                        "{number}. README: {line} (see page {}, v2.{number})\r\n",
                        number * 7
                    )
                })
                .collect(),
        );
        let mut rare = Rng::with_seed(3);
        sources.push(
            text.lines()
                .map(|line| {
                    format!(
                        "{line}{}{}\n",
                        rare.char('\u{3400}'..='\u{4DB5}'),
                        rare.char('\u{20000}'..='\u{2A6D6}')
                    )
                })
                .collect(),
        );
    }
    sources
}

/// A piece of `text` whose form has at least `length` bytes.
fn window(text: &[char], form: Form, length: usize, random: &mut Rng) -> Option<(String, Vec<u8>)> {
    let start = random.usize(..text.len());
    let mut end = (start + length / 3).min(text.len());
    while end < text.len() {
        let piece: String = text[start..end].iter().collect();
        let bytes = written(&piece, form)?;
        if bytes.len() >= length {
            return Some((piece, bytes));
        }
        end += 8;
    }
    None
}

/// How many documents of each form are read right. A document is right if its text comes out as it went in.
#[derive(Default)]
struct Tally {
    right: BTreeMap<Form, usize>,
    wrong: BTreeMap<Form, Vec<String>>,
}

impl Tally {
    fn add(&mut self, form: Form, text: &str, bytes: &[u8]) {
        let read = detect(bytes, true).map(|found| {
            let text = decode(bytes, found.encoding, found.bom_len, false)
                .map(|(text, _)| text.into_owned());
            (found.encoding, text)
        });
        match read {
            Ok((_, Ok(found))) if found == text => *self.right.entry(form).or_default() += 1,
            Ok((encoding, _)) => self
                .wrong
                .entry(form)
                .or_default()
                .push(format!("{encoding}: {text:?}")),
            Err(error) => self
                .wrong
                .entry(form)
                .or_default()
                .push(format!("{error}: {text:?}")),
        }
    }

    /// Prints the table and returns the number of documents and the share that is right.
    fn print(&self, title: &str) -> (usize, f64) {
        let (mut all, mut all_right) = (0, 0);
        for form in FORMS {
            let right = self.right.get(&form).copied().unwrap_or(0);
            let wrong = self.wrong.get(&form).map_or(&[][..], Vec::as_slice);
            let count = right + wrong.len();
            println!("{title}: {form:?}: {right} of {count} right");
            for document in wrong.iter().take(5) {
                println!("    wrong: {document}");
            }
            all += count;
            all_right += right;
        }
        let share = all_right as f64 / all as f64;
        println!(
            "{title}: {all_right} of {all} right, {:.2} %",
            share * 100.0
        );
        (all, share)
    }
}

fn tally(
    sources: &[String],
    lengths: std::ops::Range<usize>,
    documents: usize,
    seed: u64,
) -> Tally {
    let mut random = Rng::with_seed(seed);
    let sources: Vec<Vec<char>> = sources.iter().map(|text| text.chars().collect()).collect();
    let mut tally = Tally::default();
    for form in FORMS {
        let mut made = 0;
        for _ in 0..documents * 20 {
            let source = &sources[random.usize(..sources.len())];
            let length = random.usize(lengths.clone());
            if let Some((text, bytes)) = window(source, form, length, &mut random)
                // A window without a Chinese character tells nothing.
                && text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count() * 9 >= lengths.start
            {
                tally.add(form, &text, &bytes);
                made += 1;
                if made == documents {
                    break;
                }
            }
        }
    }
    tally
}

#[test]
fn documents_of_200_bytes_are_told_right() {
    let (count, share) = tally(&sources(), 200..600, 400, 1).print("200 to 600 bytes");
    assert!(count >= 2_000, "only {count} documents");
    assert!(share >= 0.995, "{share}");
}

#[test]
fn documents_of_real_text_are_told_right() {
    let texts: Vec<String> = common::real_texts()
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    if texts.is_empty() {
        return;
    }
    let (count, share) = tally(&texts, 200..600, 600, 2).print("real text, 200 to 600 bytes");
    assert!(count >= 2_000, "only {count} documents");
    assert!(share >= 0.995, "{share}");
}

#[test]
fn short_documents_are_mostly_told_right() {
    let (_, share) = tally(&sources(), 40..100, 200, 4).print("40 to 100 bytes");
    assert!(share >= 0.95, "{share}");
}

#[test]
fn other_writing_is_not_taken_for_chinese() {
    let japanese = "昨日は朝から雨が降っていたので、家で本を読んでいました。夕方になってようやく晴れたので、近所の公園まで散歩に行きました。桜のつぼみが少しふくらんでいて、春が近いことを感じました。";
    let korean = "어제는 아침부터 비가 내려서 집에서 책을 읽었습니다. 저녁이 되어서야 날이 개어 가까운 공원까지 산책을 나갔습니다. 벚꽃 봉오리가 조금씩 부풀어 올라 봄이 가까이 온 것을 느꼈습니다.";
    let french = "Hier, il a plu dès le matin, et je suis resté à la maison pour lire. Le soir, le ciel s'est dégagé et j'ai marché jusqu'au parc. Déjà les bourgeons s'ouvraient çà et là.";
    for (label, text) in [
        ("windows-1252", french),
        ("shift_jis", japanese),
        ("euc-jp", japanese),
        ("euc-kr", korean),
        (
            "koi8-r",
            "Вчера с самого утра шёл дождь, и я весь день читал дома. К вечеру прояснилось, и я прошёлся до парка.",
        ),
    ] {
        let encoding: Encoding = label.parse().expect("a label");
        let mut bytes = Vec::new();
        Encoder::new(encoding, false)
            .push(text, &mut bytes)
            .expect("encodable");
        let found = detect(&bytes, true);
        assert!(found.is_err(), "{label} was taken for {found:?}");
        // Named, it is read.
        assert_eq!(
            decode(&bytes, encoding, 0, false).expect("readable").0,
            text
        );
    }
}

#[test]
fn binary_files_are_no_text() {
    let mut random = Rng::with_seed(5);
    for _ in 0..200 {
        let noise: Vec<u8> = (0..2_000).map(|_| random.u8(..)).collect();
        assert!(is_binary(&noise) || detect(&noise, true).is_err());
    }
    for head in [
        &b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..],
        b"PK\x03\x04\x14\0",
        b"\x1F\x8B\x08",
        b"%PDF-1.7\n",
        b"\x7FELF\x02\x01\x01\0",
    ] {
        assert!(is_binary(head), "{head:?}");
    }
    let numbers = |width: usize| -> Vec<u8> {
        let bytes = (0..3_000u64).map(|number| number.to_le_bytes()[..width].to_vec());
        bytes.flatten().collect()
    };
    for table in [numbers(2), numbers(4), numbers(8), b"\0\x01".to_vec()] {
        assert!(is_binary(&table), "{:?}", &table[..2]);
    }
    // What has the BOM of UTF-32 and is none, and "你好" without one, which is too little to tell.
    for utf32 in [
        &b"\xFF\xFE\0\0\x60\x4F\xFF\0"[..],
        b"\0\0\xFE\xFF\0\0\xD8\0",
        b"\x60\x4F\0\0\x7D\x59\0\0",
    ] {
        assert!(
            is_binary(utf32) && detect(utf32, true).is_err(),
            "{utf32:?}"
        );
    }
    for text in ["", "plain", "简体", "with a bell \x07 in it"] {
        assert!(!is_binary(text.as_bytes()), "{text:?}");
    }
}

#[test]
fn a_declaration_counts_only_if_the_document_can_be_read_so() {
    let page = "<meta charset=\"big5\"><p>河水漲了</p>";
    let big5 = written(page, Form::Big5).expect("encodable");
    let found = detect(&big5, true).expect("detected");
    assert_eq!(
        (found.encoding, found.evidence),
        (Encoding::Big5, Evidence::Declared)
    );
    // A page saved in UTF-8 whose declaration nobody changed.
    let found = detect(page.as_bytes(), true).expect("detected");
    assert_eq!(
        (found.encoding, found.evidence),
        (Encoding::Utf8, Evidence::Utf8)
    );
    // A page in GBK that declares UTF-8.
    let page = format!("<meta charset=\"utf-8\">{SIMPLIFIED}");
    let found = detect(&written(&page, Form::Gbk).expect("encodable"), true).expect("detected");
    assert_eq!(
        (found.encoding, found.evidence),
        (Encoding::Gbk, Evidence::Content)
    );
}

#[test]
fn an_error_names_the_bytes_and_where_they_are() {
    let text = "山高水長";
    for (encoding, damage, bytes) in [
        (Encoding::Utf8, &b"\xE5\x8F"[..], &b"\xE5\x8F"[..]),
        (Encoding::Utf8, b"\xFF", b"\xFF"),
        (Encoding::Gbk, b"\xFF", b"\xFF"),
        (Encoding::Gb18030, b"\x81\x30\x81", b"\x81\x30\x81"),
        (Encoding::Big5, b"\xFF", b"\xFF"),
        (Encoding::Utf16Le, b"\x00\xDC", b"\x00\xDC"),
        (Encoding::Utf16Be, b"\xD8", b"\xD8"),
    ] {
        let mut document = Vec::new();
        Encoder::new(encoding, false)
            .push(text, &mut document)
            .expect("encodable");
        let bom_len = encoding.bom(&document).len();
        let offset = document.len() as u64;
        document.extend(damage);
        let error = decode(&document, encoding, bom_len, false).expect_err("damaged");
        assert_eq!(
            (error.offset, &error.bytes[..]),
            (offset, bytes),
            "{encoding}"
        );
        assert!(
            error.to_string().contains(&format!("offset {offset}")),
            "{error}"
        );
        let (lossy, replaced) = decode(&document, encoding, bom_len, true).expect("lossy");
        assert_eq!(lossy, format!("{text}\u{FFFD}"), "{encoding}");
        assert_eq!(replaced, 1, "{encoding}");
    }
}

/// A document that was cut, or has a bad byte somewhere, is still told, so that the error can say where.
#[test]
fn a_few_bad_bytes_do_not_hide_utf8() {
    let mut random = Rng::with_seed(37);
    for text in [SIMPLIFIED, TAIWAN, CANTONESE] {
        for _ in 0..100 {
            let mut document = text.as_bytes().to_vec();
            document.truncate(random.usize(document.len() / 4..document.len()));
            let at = random.usize(..document.len());
            document[at] = 0xFF;
            let detection = detect(&document, true).expect("told");
            assert_eq!(detection.encoding, Encoding::Utf8);
        }
    }
}

#[test]
fn what_the_output_encoding_lacks_is_an_error_that_names_the_character() {
    for (encoding, text, character, offset) in [
        (Encoding::Big5, "簡體的“简”字", '简', 12),
        (Encoding::Gbk, "𠀋夫", '𠀋', 0),
        (Encoding::Gbk, "笑😀", '😀', 3),
    ] {
        let mut bytes = Vec::new();
        let error = Encoder::new(encoding, false)
            .push(text, &mut bytes)
            .expect_err("lacking");
        assert_eq!((error.character, error.offset), (character, offset));
        let mut encoder = Encoder::new(encoding, true);
        bytes.clear();
        encoder.push(text, &mut bytes).expect("lossy");
        assert_eq!(encoder.replaced(), 1);
        let expected = text.replace(character, "?");
        assert_eq!(
            decode(&bytes, encoding, 0, false).expect("readable").0,
            expected
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, rng_seed: proptest::test_runner::RngSeed::Fixed(41), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the pieces, the text is the same, and so is the error.
    #[test]
    fn pieces_do_not_matter(
        text in "[ -~\u{4E00}-\u{9FFF}\u{3000}-\u{303F}😀\u{20000}]{0,60}",
        noise in proptest::collection::vec(any::<u8>(), 0..6),
        place in any::<prop::sample::Index>(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..8),
        encoding in prop::sample::select(vec![
            Encoding::Utf8, Encoding::Gbk, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le, Encoding::Utf16Be,
        ]),
        lossy in any::<bool>(),
    ) {
        let mut bytes = Vec::new();
        Encoder::new(encoding, true).push(&text, &mut bytes).expect("lossy");
        let at = place.index(bytes.len() + 1);
        bytes.splice(at..at, noise);
        let whole = decode(&bytes, encoding, 0, lossy).map(|(text, replaced)| (text.into_owned(), replaced));

        let mut ends: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.push(bytes.len());
        ends.sort();
        let mut decoder = Decoder::new(encoding, lossy, 0);
        let (mut pieces, mut start) = (String::new(), 0);
        let mut result = Ok(());
        for (index, end) in ends.iter().enumerate() {
            result = decoder.push(&bytes[start..*end], index + 1 == ends.len(), &mut pieces);
            start = *end;
        }
        prop_assert_eq!(&result.map(|()| (pieces, decoder.replaced())), &whole);

        // The same where what is UTF-8 is borrowed. The first error ends it, which may be one of several.
        let mut decoder = Decoder::new(encoding, lossy, 0);
        let (mut pieces, mut start) = (String::new(), 0);
        let read = ends.iter().enumerate().try_for_each(|(index, end)| {
            let piece = decoder.read(&bytes[start..*end], index + 1 == ends.len())?;
            pieces.push_str(&piece);
            start = *end;
            Ok(())
        });
        let place = |error: DecodeError| (error.offset, error.bytes);
        prop_assert_eq!(read.map(|()| (pieces, decoder.replaced())).map_err(place), whole.map_err(place));
    }

    /// What is written can be read again.
    #[test]
    fn written_text_reads_back(
        text in "[ -~\u{4E00}-\u{9FA5}]{0,60}",
        encoding in prop::sample::select(vec![
            Encoding::Utf8, Encoding::Gbk, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be,
        ]),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut cut = cut.index(text.len() + 1);
        while !text.is_char_boundary(cut) {
            cut += 1;
        }
        let mut encoder = Encoder::new(encoding, false);
        let mut bytes = Vec::new();
        encoder.push(&text[..cut], &mut bytes).expect("encodable");
        encoder.push(&text[cut..], &mut bytes).expect("encodable");
        let bom_len = encoding.bom(&bytes).len();
        prop_assert_eq!(decode(&bytes, encoding, bom_len, false).expect("readable").0, text);
    }
}
