//! RTF: what becomes of documents.

use std::path::Path;

use jianti::{Config, Normalizer, Options, Punctuation};
use jianti_formats::{Format, rewrite_coded};

use super::{BROKEN, Changed, Listed, settings};

fn check(options: &Options, cases: &[(&str, &str)]) {
    let normalizer = Normalizer::new(options.clone()).expect("options that are well");
    for (before, after) in cases {
        let (out, _) = normalizer
            .normalize_named("a.rtf", before.as_bytes())
            .expect("a document");
        assert_eq!(String::from_utf8_lossy(&out), *after);
    }
}

#[test]
fn characters_keep_their_form() {
    let options = Options::default().with(|options| {
        options.config = Config::T2s;
        options.punctuation = Punctuation::Keep;
    });
    check(
        &options,
        &[
            // Bytes by the font's character set; Big5 has no simplified characters, GBK has.
            (
                r"{\rtf1\ansi{\fonttbl{\f0\fcharset134 \'cb\'ce;}{\f1\fcharset136 A;}}\f0 \'88\'44\f1 \'b9\'cf}",
                r"{\rtf1\ansi{\fonttbl{\f0\fcharset134 \'cb\'ce;}{\f1\fcharset136 A;}}\f0 \'cd\'bc\f1 \u22270?}",
            ),
            // Bytes by the code page, also where the second is a letter.
            (
                r"{\rtf1\ansi\ansicpg950 \'b0Q\'bd\'d7\'b7|}",
                r"{\rtf1\ansi\ansicpg950 \u-29784?\u-29766?\u20250?}",
            ),
            (
                r"{\rtf1\ansi\ansicpg936{\f5\loch\af1\dbch\af2\'88\'44}}",
                r"{\rtf1\ansi\ansicpg936{\f5\loch\af1\dbch\af2\'cd\'bc}}",
            ),
            // A font of another script is not read by the code page; signs of a font of signs stay.
            (
                r"{\rtf1\ansi\ansicpg950{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset136 B;}{\f2\fcharset2 C;}}\f0 R\'e9sidence \f1\'b9\'cf\f0\'b9\'cf{\loch\af0\dbch\af1\'b9\'cf\loch\'b9\'cf}\f2\'b7\'cf}",
                r"{\rtf1\ansi\ansicpg950{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset136 B;}{\f2\fcharset2 C;}}\f0 R\'e9sidence \f1\u22270?\f0\'b9\'cf{\loch\af0\dbch\af1\u22270?\loch\'b9\'cf}\f2\'b7\'cf}",
            ),
            // As many characters stand for one as before.
            (
                r"{\rtf1\uc2\ansicpg936 \u22294\'88\'44\uc0\u22294 \uc1 \u22294?{\uc2\u26360??}\u26360 ?}",
                r"{\rtf1\uc2\ansicpg936 \u22270\'cd\'bc\uc0\u22270 \uc1 \u22270?{\uc2\u20070\'ca\'e9}\u20070?}",
            ),
            // Where fewer stand there, what follows is text.
            (
                r"{\rtf1\uc2 \u22294?\u26360?{\u22294}\u26360 \par\u22294??\u26360}",
                r"{\rtf1\uc2 \u22270?\u20070?{\u22270 }\u20070 \par\u22270??\u20070 }",
            ),
            // A word over groups and control words.
            (
                r"{\rtf1\uc0 {\b\u38957 }\i0\u39662 \u30332 \u29694 \par}",
                r"{\rtf1\uc0 {\b\u22836 }\i0\u21457 \u21457 \u29616 \par}",
            ),
            // Instructions, names, bookmarks, pictures, styles; titles and notes are text.
            (
                r#"{\rtf1\uc0{\stylesheet{\s0 \u24460 ;}}{\info{\title \u24460 }{\author \u24460 }}{\*\generator \u24460 ;}{\field{\*\fldinst HYPERLINK "\u24460 "}{\fldrslt \u24460 }}{\*\bkmkstart \u24460 }{\pict\u24460 }{\footnote \u24460 }{\*\annotation \u24460 }{\*\unknown{\b \u24460 }}\u24460 }"#,
                r#"{\rtf1\uc0{\stylesheet{\s0 \u24460 ;}}{\info{\title \u21518 }{\author \u24460 }}{\*\generator \u24460 ;}{\field{\*\fldinst HYPERLINK "\u24460 "}{\fldrslt \u21518 }}{\*\bkmkstart \u24460 }{\pict\u24460 }{\footnote \u21518 }{\*\annotation \u21518 }{\*\unknown{\b \u24460 }}\u21518 }"#,
            ),
            // Half a character, a picture's bytes, what is no RTF.
            (
                r"{\rtf1\ansicpg950 \'b9\par\bin5 {\u{}\'ab\'e1}",
                r"{\rtf1\ansicpg950 \'b9\par\bin5 {\u{}\'a6\'5a}",
            ),
            (r"\rtf1\uc0\u24460 ", r"\rtf1\uc0\u24460 "),
        ],
    );
}

#[test]
fn marks_become_chinese() {
    check(
        &Options::default(),
        &[(
            r"{\rtf1\ansi\ansicpg950{\fonttbl{\f0\fcharset136 A;}{\f1\fcharset0 B;}}\f0 \'b9\'cf\'ae\'d1\'c0\'5d\f1 , \f0 \'ab\'e1\'a4\'d1.\par}",
            r"{\rtf1\ansi\ansicpg950{\fonttbl{\f0\fcharset136 A;}{\f1\fcharset0 B;}}\f0 \u22270?\u20070?\u-26234?\f1 \u-244?\f0 \'a6\'5a\'a4\'d1\'a1\'43\par}",
        )],
    );
}

#[test]
fn broken_documents_whose_text_stays_come_back_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rtf");
    let mut random = fastrand::Rng::with_seed(10);
    for entry in folder.read_dir().expect("a folder") {
        let document = std::fs::read(entry.expect("an entry").path()).expect("a file");
        for _ in 0..BROKEN {
            let mut broken = document.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..=broken.len());
                let end = broken.len().min(at + random.usize(..20));
                match random.u8(..4) {
                    0 => drop(broken.drain(at..end)),
                    1 => broken.insert(at, b"\n\\{}'u0 *-?\xA4"[random.usize(..12)]),
                    2 => broken.truncate(at.max(1)),
                    _ => broken.extend_from_within(at..end),
                }
            }
            let kept = rewrite_coded(Format::Rtf, &broken, &settings(), &mut Listed::default());
            assert!(kept.bytes == broken, "{}", String::from_utf8_lossy(&broken));
            rewrite_coded(Format::Rtf, &broken, &settings(), &mut Changed);
        }
    }
}
