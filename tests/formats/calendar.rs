//! Calendars and address books: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn what_people_read_is_text() {
    for (before, after) in [
        (
            "BEGIN:VEVENT\r\nUID:後\r\nSUMMARY;LANGUAGE=\"a:b\":討論會,後天\r\nDESCRIPTION:在圖\r\n 書館\\n裡面\\, 見\r\nX-APPLE:後\r\nEND:VEVENT\r\n",
            "BEGIN:VEVENT\r\nUID:後\r\nSUMMARY;LANGUAGE=\"a:b\":讨论会,后天\r\nDESCRIPTION:在图\r\n 书馆\\n里面\\, 见\r\nX-APPLE:後\r\nEND:VEVENT\r\n",
        ),
        (
            "BEGIN:VCARD\nitem1.adr;type=work:;;圖書館路;臺北;;;\nURL:http://後\n 後\nPHOTO;ENCODING=b:後\nNOTE;ENCODING=QUOTED-PRINTABLE:後=\n",
            "BEGIN:VCARD\nitem1.adr;type=work:;;图书馆路;台北;;;\nURL:http://後\n 後\nPHOTO;ENCODING=b:後\nNOTE;ENCODING=QUOTED-PRINTABLE:後=\n",
        ),
    ] {
        assert_eq!(converted(Format::Calendar, before), after);
    }
}
