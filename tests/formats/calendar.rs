//! Calendars and address books: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn what_people_read_is_text() {
    for (before, after) in [
        (
            "BEGIN:VEVENT\r\nUID:後\r\nSUMMARY;LANGUAGE=\"a:b\":討論會,後天\r\nDESCRIPTION:在圖\r\n 書館\\n裡面\\, 見\r\nX-APPLE:後\r\nEND:VEVENT\r\n",
            "BEGIN:VEVENT\r\nUID:後\r\nSUMMARY;LANGUAGE=\"a:b\":讨论会，后天\r\nDESCRIPTION:在图\r\n 书馆\\n里面，见\r\nX-APPLE:後\r\nEND:VEVENT\r\n",
        ),
        // Commas and semicolons part names and addresses; in prose they are marks.
        (
            "BEGIN:VCARD\nN:臺\\,後;明;;;\nORG:圖書館\\, 總館;採購\nNOTE:後來\\, 他說:明天\\; 再見.\nEND:VCARD\n",
            "BEGIN:VCARD\nN:台\\,后;明;;;\nORG:图书馆\\, 总馆;采购\nNOTE:后来，他说：明天；再见。\nEND:VCARD\n",
        ),
        (
            "BEGIN:VCARD\nitem1.adr;type=work:;;圖書館路;臺北;;;\nURL:http://後\n 後\nPHOTO;ENCODING=b:後\nNOTE;ENCODING=QUOTED-PRINTABLE:後=\n",
            "BEGIN:VCARD\nitem1.adr;type=work:;;图书馆路;台北;;;\nURL:http://後\n 後\nPHOTO;ENCODING=b:後\nNOTE;ENCODING=QUOTED-PRINTABLE:後=\n",
        ),
    ] {
        assert_eq!(converted(Format::Calendar, before), after);
    }
}
