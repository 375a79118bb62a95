//! Tables in plain text, as their first rows show them.

use std::borrow::Cow;

use super::records::{LONGEST, fields, first_field, is_number, unspaced};
use super::roster;

/// No word of a table that has nothing else is longer; characters.
const SHORT: usize = 6;

/// What stands between the fields of a table.
const DELIMITERS: [char; 2] = [',', ';'];

/// The length of the first line of a text, bytes, if it names the columns of a table, as the rows behind it show: fields
/// without marks of sentences, and as many in each of the rows, which hold values. Otherwise 0.
pub fn table_head(text: &str) -> usize {
    /// So many rows tell.
    const ROWS: usize = 3;
    let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else {
        return 0;
    };
    let (first, rest) = (&text[..end], &text[end + 1..]);
    let is_head = |delimiter| {
        let named = fields(&unspaced(first.trim_end(), delimiter), delimiter);
        let Some(named) = named.filter(|named| named.quotations == 0) else {
            return false;
        };
        let rows = rest.lines().filter(|row| !row.trim().is_empty());
        let mut seen = 0;
        let agree = rows.take(ROWS).all(|row| {
            seen += 1;
            let row = fields(&unspaced(row.trim(), delimiter), delimiter);
            row.is_some_and(|row| row.has_values() && row.count == named.count)
        });
        agree && (seen > 1 || seen == 1 && named.count > 2)
    };
    match DELIMITERS.into_iter().any(is_head) {
        true => first.len() + 1,
        false => 0,
    }
}

/// The form of a table's rows, by which one is told that alone could be a sentence: 61437,穿過了,cing2_gue3
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// The length of the line that names the columns, bytes; 0 if the text begins with a row.
    pub head: usize,
    delimiter: char,
    /// How many fields a row has.
    count: usize,
    /// Which of them are in ASCII, which are numbers, and which are empty; a bit each, the first field's the lowest.
    ascii: u64,
    empty: u64,
    numbers: u64,
    /// Whether all of them are short words beyond ASCII, and how many characters each has; 0 if they differ.
    words: bool,
    length: usize,
    /// Whether a space stands on both sides of its delimiters.
    spaced: bool,
}

impl Table {
    /// That of a text which begins with rows of one form: no field is long or has marks of sentences, and a column of numbers
    /// or else one in ASCII behind another, stands beside others, or all are short words. Three rows of three
    /// fields tell a table by numbers, five a roster, and eight any other; of short words alone, which verses and reviews have,
    /// too, twelve, or five of a roster. The first line may name the columns.
    pub fn of(text: &str) -> Option<Table> {
        // Most texts have no delimiter in their first line.
        let delimiter = memchr::memchr2(b',', b';', text.as_bytes())?;
        let front = text[..delimiter].trim_start().as_bytes();
        if memchr::memchr(b'\n', front).is_some() {
            return None;
        }
        DELIMITERS
            .into_iter()
            .find_map(|delimiter| Table::with(delimiter, text))
    }

    /// Whether a line, without the spaces around it, is a row.
    pub fn holds(&self, line: &str) -> bool {
        let line = &*unspaced(line, self.delimiter);
        Table::row(line, self.delimiter).is_some_and(|row| {
            row.count == self.count
                && match self.numbers {
                    0 if self.words => row.words && fields(line, self.delimiter).is_some(),
                    0 => (row.ascii | row.empty) & self.ascii == self.ascii,
                    // Where there is no number, something else may stand for it: N/A
                    numbers => (row.ascii | row.empty) & numbers == numbers,
                }
        })
    }

    fn with(delimiter: char, text: &str) -> Option<Table> {
        const NUMBERED: usize = 3;
        const LOOKED_AT: usize = 8;
        /// So many rows of nothing but short words are no verse.
        const MANY: usize = 12;
        let lines = text.lines().map(str::trim).filter(|row| !row.is_empty());
        let mut rows = lines.clone().map(|row| unspaced(row, delimiter));
        let first_line = rows.next()?;
        let first = Table::row(&first_line, delimiter)?;
        let second_line = rows.next()?;
        let second = Table::row(&second_line, delimiter)?;
        let (mut table, mut seen) = match first.shared(second)? {
            both if both.tells() || both.has_words() => (both, 2),
            // No name of a column is a sentence.
            _ => {
                fields(&first_line, delimiter)?;
                let first_line = lines.clone().next()?;
                let start = text.find(first_line)?;
                let end = memchr::memchr(b'\n', &text.as_bytes()[start..])?;
                let head = start + end + 1;
                (Table { head, ..second }, 1)
            }
        };
        table.spaced = matches!(second_line, Cow::Owned(_));
        // Where most rows have words of sentences they are some.
        let is_strict = |row: &str| fields(row, delimiter).is_some();
        let mut strict = usize::from(is_strict(&second_line));
        strict += usize::from(seen > 1 && is_strict(&first_line));
        for row in rows.take(MANY - seen) {
            let shared = Table::row(&row, delimiter).and_then(|row| table.shared(row));
            let Some(shared) = shared else {
                break;
            };
            // Prose may follow a roster.
            let are_words = table.has_words() && !table.tells();
            if are_words && !shared.has_words() || !are_words && seen == LOOKED_AT {
                break;
            }
            (table, seen) = (shared, seen + 1);
            strict += usize::from(is_strict(&row));
        }
        if table.has_words() && !table.tells() {
            // The line that names the columns is one of its own form here.
            let seen_at_all = seen + usize::from(table.head > 0);
            let rows = || {
                lines
                    .clone()
                    .take(seen_at_all)
                    .map(|row| unspaced(row, delimiter))
            };
            // The more fields there are, the fewer rows are so alike by chance.
            let least = LOOKED_AT - table.count.min(LOOKED_AT - NUMBERED);
            let is_roster = || seen_at_all >= least && roster::is_roster(rows, delimiter);
            return (strict == seen && (seen >= MANY || is_roster())).then_some(table);
        }
        let least = match table.numbers != 0 && table.count > 2 {
            true => NUMBERED,
            false => LOOKED_AT,
        };
        (seen >= least && table.tells() && strict * 2 >= seen).then_some(table)
    }

    /// What two rows share, if they have as many fields.
    fn shared(self, other: Table) -> Option<Table> {
        (self.count == other.count).then_some(Table {
            ascii: self.ascii & other.ascii,
            numbers: self.numbers & other.numbers,
            words: self.words && other.words,
            length: if self.length == other.length {
                self.length
            } else {
                0
            },
            ..self
        })
    }

    /// Whether no sentence has this form: some of the fields are numbers or in ASCII, and some are not.
    fn tells(&self) -> bool {
        let some = |fields: u64| fields != 0 && fields.count_ones() as usize != self.count;
        // Who speaks stands first: Tom,你好
        some(self.numbers) || self.numbers == 0 && some(self.ascii) && self.ascii & 1 == 0
    }

    /// Whether there are nothing but short words, in more columns than a verse has halves, and not all as long as the parts of
    /// a verse: 陳怡君,會計部,臺北
    fn has_words(&self) -> bool {
        self.count > 2 && self.words && self.length == 0
    }

    /// The form of a line that may be a row.
    fn row(line: &str, delimiter: char) -> Option<Table> {
        let mut row = Table {
            head: 0,
            delimiter,
            count: 0,
            ascii: 0,
            empty: 0,
            numbers: 0,
            words: true,
            length: 0,
            spaced: false,
        };
        let mut rest = line;
        loop {
            let (field, quoted, behind) = first_field(rest, delimiter);
            let is_long = || !field.is_ascii() && field.chars().nth(LONGEST).is_some();
            if !quoted && (field.contains(is_mark) || is_long()) {
                return None;
            }
            let bit = 1_u64.checked_shl(row.count as u32).unwrap_or(0);
            row.count += 1;
            if field.is_empty() {
                row.empty |= bit;
            } else if field.is_ascii() {
                row.ascii |= bit;
            }
            row.words &= !field.is_ascii() && field.chars().nth(SHORT).is_none();
            let length = field.chars().count();
            row.length = match row.length == length || row.count == 1 {
                true => length,
                false => 0,
            };
            if is_number(field) {
                row.numbers |= bit;
            }
            match behind.strip_prefix(delimiter) {
                // Prose has a space behind its marks.
                Some(behind) if behind.starts_with(' ') => return None,
                Some(behind) => rest = behind,
                None => return (behind.is_empty() && row.count > 1).then_some(row),
            }
        }
    }
}

/// What ends or parts sentences, and stands in no field.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '，' | '：' | '"' | '!' | '?' | ';'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_tables_are_told_by_their_rows() {
        for text in [
            "姓名,电话,地址\n张三,13800000000,北京\n李四,139,上海\n",
            "姓名,年龄\r\n\r\n张三,25\r\n李四,30\r\n王五,41\r\n后来他走了,大家都很安静。\r\n",
            "日期,地点,备注\n2024-01-02,台北,\n",
            "姓名,地址\n\"张三\",\"北京, 朝阳\"\n\"李四\",\"上海\"",
        ] {
            let line = text.find('\n').expect("a line") + 1;
            assert_eq!(table_head(text), line, "{text}");
        }
        for text in [
            "床前明月光,疑是地上霜\n举头望明月,低头思故乡\n",
            "姓名,电话,地址\n",
            "姓名,电话,地址",
            "姓名,电话\n张三,138\n",
            "姓名,电话,地址\n张三,138,北京,朝阳\n",
            "姓名,电话,地址\n张三,138,北京\n他来了,我走了,后来\n",
            "交通方便,干净,卫生\n价格,3500元,很便宜\n",
            "大家好,今天是个好日子\n张三,25\n李四,30\n",
        ] {
            assert_eq!(table_head(text), 0, "{text}");
        }
    }

    #[test]
    fn rows_are_told_by_the_first_ones() {
        let words = "山頂,suannting\n於是,ooi2 si7\n".repeat(4);
        for (text, row, prose) in [
            (
                "601,山頂,suannting\n602,就是講,tiosikong\n603,山腳,suannkha\n他說",
                "9999,我不是,gua m si hit khuan e lang lah",
                "9999,我不是",
            ),
            (
                "編號,詞,分\n1,她的書,3\n2,開門,5\n3,看見,8\n",
                "40,是不是,",
                "40,是不是,好",
            ),
            (
                &"陳怡君,會計部,臺北\n林志豪,業務部,高雄\n".repeat(3),
                "林大同,總務處,臺中",
                "他來的時候大家都在,沒有人說話,很安靜",
            ),
            ("1,1,it\n2,in,in\n3,a,ah\n", "4,不是,m si", "他,不是,m si"),
            (&words, "就是,tio si", "就是,好"),
        ] {
            let table = Table::of(text).expect("a table");
            assert!(table.holds(row), "{row}");
            assert!(!table.holds(prose), "{prose}");
            let names = text.starts_with('編') || text.starts_with("詞,");
            assert_eq!(table.head > 0, names, "{text}");
        }
        for text in [
            "床前明月光,疑是地上霜\n舉頭望明月,低頭思故鄉\n床前明月光,疑是地上霜\n",
            "好,OK\n我說,hello\n他說,bye\n",
            "Tom,你吃飯了\nBob,還沒呢\nTom,那走\nBob,走吧\nTom,快\nBob,來了\nTom,好\nBob,到了\n",
            "1,你是誰\n2,我是他\n3,走了\n",
            "2023,他開始工作,薪水不高\n2024,他換了工作,薪水變高\n2025,他結婚了,生了小孩\n",
            "今天,我很開心,因為\n2020,他走了,3\n2021,我來了,4\n2022,你走了,5\n",
            &"我,,你\n".repeat(8),
            "12:30,小明,吃飯了嗎?\n12:31,小紅,還沒呢!\n12:33,小明,那走吧\n",
            "3, 他走了, 5\n4, 我走了, 6\n5, 你走了, 7\n",
            "3,他走了。\n4,我走了。\n5,你走了。\n",
            &"人之初,性本善\n性相近,習相遠\n".repeat(5),
            &"交通方便,乾淨,衛生\n服務好,也快,便宜\n".repeat(3),
            &"趙錢孫李,周吳鄭王,馮陳褚衛\n".repeat(6),
            &"跳水,游泳,跑步\n唱歌,跳舞,畫畫\n".repeat(4),
            &"怒髮衝冠憑欄處,瀟瀟雨歇,抬望眼\n".repeat(6),
            "1,2\n3,4\n5,6\n",
            "1,甲\n2,乙",
            "",
        ] {
            assert_eq!(Table::of(text), None, "{text}");
        }
    }
}
