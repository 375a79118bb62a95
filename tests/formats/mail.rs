//! Mail: what becomes of documents.

use std::path::Path;

use data_encoding::BASE64;
use jianti::{Normalizer, Options};
use jianti_formats::{Format, rewrite_coded};

use super::{BROKEN, Changed, Listed, settings};

/// What becomes of a mail by default.
fn normalized(name: &str, mail: &[u8]) -> Vec<u8> {
    let normalizer = Normalizer::new(Options::default()).expect("options that are well");
    let (bytes, _) = normalizer.normalize_named(name, mail).expect("a mail");
    bytes
}

fn check(cases: &[(&str, &str)]) {
    for (before, after) in cases {
        let result = normalized("a.eml", before.as_bytes());
        assert_eq!(String::from_utf8_lossy(&result), *after);
    }
}

#[test]
fn headers_that_people_read_are_text() {
    check(&[
        // Encoded words keep their form; what is ASCII stays, so does what is addressed.
        (
            "Subject: Re: =?UTF-8?B?6KiO6KuW5pyD?= (2)\n\n",
            "Subject: Re: =?UTF-8?B?6K6o6K665Lya?= (2)\n\n",
        ),
        (
            "Subject: =?utf-8?q?=E8=A8=8E?=\r\n =?utf-8?q?=E8=AB=96=E6=9C=83?=\r\n\r\n",
            "Subject: =?utf-8?q?=E8=AE=A8?=\r\n =?utf-8?q?=E8=AE=BA=E4=BC=9A?=\r\n\r\n",
        ),
        // A character that is cut between two words.
        (
            "Subject: =?utf-8?q?=E8=A8=8E=E8=AB?= =?utf-8?q?=96=E6=9C=83?=\n\n",
            "Subject: =?utf-8?q?=E8=AE=A8=E8=AE=BA=E4=BC=9A?=\n\n",
        ),
        // Big5 has no simplified characters, GBK has.
        (
            "Subject: =?big5?B?sFG917d8?=\nComments: =?gbk?B?05HVk5X+?=\n\n",
            "Subject: =?utf-8?B?6K6o6K665Lya?=\nComments: =?gbk?B?zNbC27vh?=\n\n",
        ),
        // Names of persons.
        (
            "From: 沈默 <a@b>\nTo: \"於梨華\" <c@d>, 陳乾 <e@f>\nSubject: 沈默\n\n",
            "From: 沈默 <a@b>\nTo: \"於梨华\" <c@d>, 陈乾 <e@f>\nSubject: 沉默\n\n",
        ),
        (
            "From: 圖書館館長 <後@example.org>\nTo: \"陳, 後主\" <a@example.org>, 後@example.org (聯絡人)\n\n",
            "From: 图书馆馆长 <後@example.org>\nTo: \"陈, 后主\" <a@example.org>, 後@example.org (联络人)\n\n",
        ),
        (
            "Subject: 回覆: 關於圖書館, 請看\nX-Subject: 後\nMessage-ID: <後@a>\n\n",
            "Subject: 回复: 关于图书馆，请看\nX-Subject: 後\nMessage-ID: <後@a>\n\n",
        ),
        // Lists that are not well-formed and damaged words stay.
        (
            "Subject: 圖書館\nFrom: 後\nTo: 後 <a@b>, 後 <a@b\nCc: =?utf-8?B?6KiO6KuW5pyD <a@b>\nBcc: 後 <a@b>, (後\n\n",
            "Subject: 图书馆\nFrom: 後\nTo: 後 <a@b>, 後 <a@b\nCc: =?utf-8?B?6KiO6KuW5pyD <a@b>\nBcc: 後 <a@b>, (後\n\n",
        ),
    ]);
}

#[test]
fn headers_in_the_encoding_of_the_text_are_read_so() {
    use jianti::encoding::{Encoder, Encoding};
    for (label, encoding) in [("gb2312", Encoding::Gbk), ("Big5", Encoding::Big5)] {
        let encoded = |text: &str| {
            let mut bytes = Vec::new();
            Encoder::new(encoding, false)
                .push(text, &mut bytes)
                .expect("its characters");
            bytes
        };
        let mail = |subject: &[u8], name: &[u8], label: &str, text: &[u8]| {
            let front: &[&[u8]] = &[
                b"Subject: Re: ",
                subject,
                b" (2)\nFrom: ",
                name,
                b" <a@b>\n",
            ];
            let kind = format!("Content-Type: text/plain; charset={label}\n\n");
            [&front.concat(), kind.as_bytes(), text, b"\n"].concat()
        };
        let text = "圖書館裡很安靜，後來開了討論會。";
        let before = mail(
            &encoded("討論會的事"),
            &encoded("圖書館長"),
            label,
            &encoded(text),
        );
        let result = normalized("a.eml", &before);
        let simplified = "图书馆里很安静，后来开了讨论会。";
        let expected = match encoding {
            Encoding::Gbk => mail(
                &encoded("讨论会的事"),
                &encoded("图书馆长"),
                label,
                &encoded(simplified),
            ),
            // Big5 lacks simplified characters: an encoded word takes the place of the line's text.
            _ => {
                let word = |text: &str| format!("=?utf-8?B?{}?=", BASE64.encode(text.as_bytes()));
                let subject = format!("Subject: {}\n", word("Re: 讨论会的事 (2)"));
                let from = format!("From: {} <a@b>\n", word("图书馆长"));
                let kind = "Content-Type: text/plain; charset=utf-8\n\n";
                format!("{subject}{from}{kind}{simplified}\n").into_bytes()
            }
        };
        assert_eq!(
            String::from_utf8_lossy(&result),
            String::from_utf8_lossy(&expected),
            "{label}"
        );
        assert_eq!(result, expected);
        assert_eq!(normalized("a.eml", &result), result, "{label}");
    }
    // Where nothing tells the encoding, it stays.
    let unknown = b"Subject: \xCC\xD6\xD5\x93\xB7\xFE\n\nabc\n";
    assert_eq!(normalized("a.eml", unknown), unknown);
}

#[test]
fn bodies_keep_their_encodings() {
    check(&[
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n6KiO6KuW\n5pyD\n",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n6K6o6K66\n5Lya\n",
        ),
        // Lines that say the same stay as they are written.
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=61bc=\n d\n=E8=A8=8E=E8=\n=AB=96=E6=9C=83\n=20 \n",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=61bc=\n d\n=E8=AE=A8=E8=AE=\n=BA=E4=BC=9A\n=20 \n",
        ),
        // The page says its encoding too.
        (
            "Content-Type: text/html; charset=\"big5\"\nContent-Transfer-Encoding: quoted-printable\n\n<meta charset=3Dbig5><p title=3D\"=AB=E1\">=B0Q=BD=D7=B7=7C</p>\n",
            "Content-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n<meta charset=3Dutf-8><p title=3D\"=E5=90=8E\">=E8=AE=A8=E8=AE=BA=E4=BC=9A</p>\n",
        ),
        // What is declared as ASCII, and is not.
        (
            "Subject: a\nContent-Type: text/plain; charset=us-ascii\n\n關於圖書館\n",
            "Subject: a\nContent-Type: text/plain; charset=utf-8\n\n关于图书馆\n",
        ),
        // References stay references where only ASCII may stand.
        (
            "Content-Type: text/html\n\n<p>&#38364;&#26044;&#22294;&#26360;&#39208;\n",
            "Content-Type: text/html\n\n<p>&#20851;&#20110;&#22270;&#20070;&#39302;\n",
        ),
        // A mailbox's quotation, a soft line break that would begin a message, a signature's blank.
        (
            "Subject: a\n\n關於圖書館。\n>From 那裡來\n-- \n王大明\n",
            "Subject: a\n\n关于图书馆。\n>From 那里来\n-- \n王大明\n",
        ),
        // A line that ends in a space goes on in the next, if the header says so.
        (
            "Content-Type: text/plain; charset=utf-8; format=flowed\n\n後來他走了, \n又回來了. \r\n說完了.\n",
            "Content-Type: text/plain; charset=utf-8; format=flowed\n\n后来他走了， \n又回来了。 \r\n说完了。\n",
        ),
        (
            "Content-Type: text/plain; charset=utf-8\n\n後來他走了, \n又回來了.\n",
            "Content-Type: text/plain; charset=utf-8\n\n后来他走了，\n又回来了。\n",
        ),
    ]);
}

#[test]
fn what_is_no_text_or_signed_stays() {
    let signed = "-----BEGIN PGP SIGNED MESSAGE-----\n\n圖書館\n";
    let parts = [
        "\n圖書館\n",
        "Content-Disposition: attachment\n\n圖書館\n",
        "Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\n\n圖書館\n",
        "Content-Type: image/svg+xml; name=\"後.svg\"\n\n圖書館\n",
        "Content-Type: text/plain; charset=x-unknown\n\n圖書館\n",
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n6KiO6KuW*5pyD\n",
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E8=A8=8E==E8=A8=8E\n",
        "Content-Type: multipart/signed; boundary=c\n\n--c\n\n圖書館\n--c--\n",
        "Content-Type: message/rfc822\n\nSubject: 圖書館\n\n圖書館\n",
        signed,
    ];
    let mail = |parts: &[&str]| {
        let parts: String = parts.iter().map(|part| format!("--b\n{part}")).collect();
        format!(
            "Subject: 圖書館\nContent-Type: multipart/mixed; boundary=\"b\"\n\n圖書館\n{parts}\n--b--\n圖書館\n"
        )
    };
    let mut after = parts.map(str::to_owned);
    for text in [0, 8] {
        after[text] = after[text].replace("圖書館", "图书馆");
    }
    let after: Vec<&str> = after.iter().map(String::as_str).collect();
    let expected = mail(&after).replacen("圖書館", "图书馆", 1);
    check(&[(&mail(&parts), &expected)]);
}

#[test]
fn each_message_of_a_mailbox_is_a_document() {
    let message = |subject: &str, length: usize, body: &str| {
        format!(
            "From a@example.org Mon Mar  4 08:15:00 2002\nSubject: {subject}\nContent-Length: {length}\n\n{body}\n"
        )
    };
    let japanese = message(
        "会議室",
        100,
        "図書館の会議室は後ろにあります。来週の会議について、資料を読んでください。\n",
    );
    let english = message("a", 100, "The library.\n\nFrom here on it is raining.\n");
    let before = message("圖書館", 28, "關於他說的：=\n\n>From 那\n");
    let after = message("图书馆", 28, "关于他说的：=\n\n>From 那\n");
    let names = ["a.mbox", "a"];
    for name in names {
        let all = format!("{japanese}{before}{english}{before}");
        let expected = format!("{japanese}{after}{english}{after}");
        let result = normalized(name, all.as_bytes());
        assert_eq!(String::from_utf8(result), Ok(expected));
    }
    // What grows is measured anew.
    let big5 =
        b"From a@example.org Mon Mar  4 08:15:00 2002\nContent-Length: 7\n\n\xB0Q\xBD\xD7\xB7|\n\n";
    let result = normalized("a.mbox", big5);
    let expected = "From a@example.org Mon Mar  4 08:15:00 2002\nContent-Length: 10\n\n讨论会\n\n";
    assert_eq!(String::from_utf8_lossy(&result), expected);
}

#[test]
fn broken_mails_whose_text_stays_come_back_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mail");
    let mut random = fastrand::Rng::with_seed(8);
    for entry in folder.read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        let mail = std::fs::read(&path).expect("a file");
        let format = Format::of(Some(&path), &mail);
        for _ in 0..BROKEN {
            let mut mail = mail.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..=mail.len());
                let end = mail.len().min(at + random.usize(..20));
                match random.u8(..4) {
                    0 => drop(mail.drain(at..end)),
                    1 => mail.insert(at, b"\n\r =-?<>\"();:@\xA4"[random.usize(..15)]),
                    2 => mail.truncate(at.max(1)),
                    _ => mail.extend_from_within(at..end),
                }
            }
            // Languages and encodings that a page declares follow the output.
            let mut plain = String::from_utf8_lossy(&mail).into_owned();
            for declared in ["zh", "charset"] {
                plain = plain.replace(declared, "");
            }
            let plain = plain.into_bytes();
            let kept = rewrite_coded(format, &plain, &settings(), &mut Listed::default());
            assert_eq!(kept.bytes, plain, "{}", String::from_utf8_lossy(&plain));
            rewrite_coded(format, &mail, &settings(), &mut Changed);
        }
    }
}
