//! Which encoding makes text of bytes that say nothing of their encoding.

use std::sync::OnceLock;

use super::decoder::Decoder;
use super::encoding::Encoding;

/// How much of a document is tried, bytes.
const REACH: usize = 1 << 14;

/// The most frequent 450 Han characters of simplified and of traditional texts (counted over the texts that
/// `scripts/fetch_texts.py` fetches), and the commonest Cantonese ones.
const COMMON_HAN: &str = "\
    一万三上下不与且世业东两並个中为主么义之也书买了事二于云些交产京人什今介从他代令以们件价任份会但位住体何作你使來\
    例供依便保信修個們候值做備傳像儲元先光入內全兩公共关其具内冊册再写准几出函分列则创別利刪别到制則前力功加务动助動\
    務包化北区區十华单南印原去参參又及发取受变口只可台右号各合同名后向君含启员命和品員問啟喜單器四回因国图國圍圖在地\
    场型執基報場塊境增声处备复外多夜够夠大天太头套女好如始子字存学學它安完定实客家容密實寫对导将將尋對導小少就展山工\
    差己已市带帶常干平年并幾广序库应店度庫廣建开式引张張強强当录形影很後得從心必快态思性总息您情想意感態應成我或戶户\
    房所手才打执把投报持指按换据排接控提插換擇操據支收改放政故效教数整數文料新斷方於无日旧早时明星春是显時曰更書最會\
    月有服望期木未本机权李条来東果查标样核根格案档條業楼構標模樣機檔檢欄權次正此步歸段每比民气水求江決沒没法注活流济\
    海深清源準濟点為無然照爲片版物特王环现現理環生產用由电界當發白的盘目直相看真着知码硬确確碼示社种移程種稱空窗立端\
    符第等算管節範类精系級組結統經維網線編總级组经结给络统编网置美義老考者而能脚自至臺與色节花若菜華萬落處號行術表被\
    装裏裝裡製複西要見規視见观觉解言計訊記設許試話該認語說調請論諺證議讀變计认让议记许论设话该语说读调谚資质费资起路\
    身軟載輯輸轉车转软载较输达过运近还这进远连述送选透這通連進運過道達遠選還邊那邮部郵都配酒里重量金錄錯鍵错键長长門\
    開間關门问间限除際难集難雲電需青非面頁項須預頭題類顯项题風风首體高點\
    冇咁咗咩哋唔唥啦啲喺嗰嘅嘢嚟嚿攞氹睇瞓乜佢俾係\
";

/// The most frequent Hangul syllables.
const COMMON_HANGUL: &str = "이다는의에을가고하지로한를은도서기사자들어나리그인해대시일아정수보있과스것했게라전만여으장면부구주성공";

/// The share of characters that must be common before a text is believed. Running Chinese text has 0.6 and more, text
/// read in a wrong encoding 0.1 and less.
const BELIEVED: f64 = 0.25;

/// The writing that bytes make in an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Chinese,
    Japanese,
    Korean,
}

const CANDIDATES: [(Encoding, Writing); 8] = [
    // Only a damaged document comes here in UTF-8: one that is cut, or has a few bad bytes.
    (Encoding::Utf8, Writing::Chinese),
    (Encoding::Gbk, Writing::Chinese),
    (Encoding::Big5, Writing::Chinese),
    (Encoding::Utf16Le, Writing::Chinese),
    (Encoding::Utf16Be, Writing::Chinese),
    (Encoding::Other(encoding_rs::SHIFT_JIS), Writing::Japanese),
    (Encoding::Other(encoding_rs::EUC_JP), Writing::Japanese),
    (Encoding::Other(encoding_rs::EUC_KR), Writing::Korean),
];

/// The encoding in which `head` reads best as Chinese.
///
/// # Errors
/// The name of the encoding that fits better, if it is not a Chinese one; `None` if none fits.
pub fn chinese(head: &[u8]) -> Result<Encoding, Option<&'static str>> {
    // ASCII tells nothing. An even start keeps UTF-16's pairs together.
    let telling = head.iter().position(|byte| !matches!(byte, 1..=0x7F));
    let head = &head[telling.unwrap_or(0) & !1..];
    let head = &head[..head.len().min(REACH)];
    // The likeliest first: the others then show early that they read worse.
    let mut best = (f64::NEG_INFINITY, 0);
    for index in [1, 2, 0, 3, 4, 5, 6, 7] {
        let (encoding, writing) = CANDIDATES[index];
        if let Some(score) = score(head, encoding, writing, best.0)
            && (score > best.0 || score == best.0 && index < best.1)
        {
            best = (score, index);
        }
    }
    let (best, (encoding, writing)) = (best.0, CANDIDATES[best.1]);
    let is_chinese = best >= BELIEVED && writing == Writing::Chinese;
    if let Some(encoding) = (!is_chinese).then(|| drawn(head)).flatten() {
        Ok(encoding)
    } else if best < BELIEVED {
        Err(None)
    } else if let (Writing::Japanese, Some(chinese)) = (writing, around_titles(head)) {
        Ok(chinese)
    } else if writing != Writing::Chinese {
        Err(Some(encoding.name()))
    } else if encoding == Encoding::Gbk && has_four_byte_sequence(head) {
        Ok(Encoding::Gb18030)
    } else {
        Ok(encoding)
    }
}

/// How much like running text the bytes are: the share of common characters among those that are not ASCII. `None` if
/// that is less than `least`.
fn score(head: &[u8], encoding: Encoding, writing: Writing, least: f64) -> Option<f64> {
    const PIECE: usize = 1 << 10;
    let mut text = String::with_capacity(PIECE * 3 + 16);
    let mut decoder = Decoder::new(encoding, true, 0);
    let mut rest = head;
    let mut tally = Tally::new(encoding, writing);
    while !rest.is_empty() {
        text.clear();
        let (piece, further) = rest.split_at(rest.len().min(PIECE));
        rest = further;
        decoder
            .push(piece, false, &mut text)
            .expect("what is malformed is replaced");
        text.chars().for_each(|c| tally.add(c));
        // No character that adds to the sum has less than two bytes.
        let most = (rest.len() / 2 + 1) as f64;
        if tally.share(decoder.replaced(), most) < least {
            return None;
        }
    }
    Some(tally.share(decoder.replaced(), 0.0))
}

/// What the characters say of the encoding that they were read in.
struct Tally {
    writing: Writing,
    /// Whether the encoding has characters of two bytes, which may be cut.
    has_halves: bool,
    /// What speaks for it, and of how many characters.
    sum: f64,
    count: f64,
    /// How many characters are cut in half: by a line's end, an escape sequence, or ASCII that was put in there.
    halves: u64,
    marks: Marks,
    /// Kana outside titles, ideographs, and common ones among these.
    kana: u32,
    han: u32,
    common: u32,
    /// The kind of the character before, and whether it is malformed.
    before: Kind,
    broken: bool,
}

impl Tally {
    fn new(encoding: Encoding, writing: Writing) -> Tally {
        Tally {
            writing,
            has_halves: matches!(encoding, Encoding::Gbk | Encoding::Big5),
            sum: 0.0,
            count: 0.0,
            halves: 0,
            marks: Marks::default(),
            kana: 0,
            han: 0,
            common: 0,
            before: Kind::Neutral,
            broken: false,
        }
    }

    fn add(&mut self, c: char) {
        // Ideographs beyond the BMP are rare in modern text, but no sign of a wrong encoding.
        let mut kind = kinds().get(c as usize).copied().unwrap_or(Kind::Other);
        let broken = std::mem::replace(&mut self.broken, c == char::REPLACEMENT_CHARACTER);
        self.halves += u64::from(broken && c.is_ascii() && self.has_halves);
        // A Chinese text may name things in Japanese.
        if self.marks.enclose(c) && kind == Kind::Kana && self.writing == Writing::Chinese {
            kind = Kind::Neutral;
        }
        let before = std::mem::replace(&mut self.before, kind);
        // A mark without text before it may be part of a frame, read in a wrong encoding.
        if kind == Kind::Punctuation && !matches!(before, Kind::CommonHan | Kind::Han | Kind::Kana)
        {
            kind = Kind::Neutral;
        }
        self.kana += u32::from(kind == Kind::Kana);
        self.han += u32::from(matches!(kind, Kind::CommonHan | Kind::Han));
        self.common += u32::from(kind == Kind::CommonHan);
        self.count += if kind == Kind::Neutral { 0.0 } else { 1.0 };
        self.sum += match kind {
            Kind::CommonHan if self.writing == Writing::Korean => 0.0,
            Kind::CommonHan | Kind::Punctuation => 1.0,
            Kind::Kana if self.writing == Writing::Japanese => 1.0,
            Kind::CommonHangul if self.writing == Writing::Korean => 1.0,
            Kind::Han => 0.2,
            Kind::Kana | Kind::CommonHangul | Kind::Other | Kind::Neutral => 0.0,
            Kind::Rare => -1.0,
        };
    }

    /// The share of what speaks for the encoding, if `more` characters follow that all do. A malformed sequence is rare in a
    /// document that is what it is taken for; half a character is less so.
    fn share(&self, malformed: u64, more: f64) -> f64 {
        let lost = 5.0 * (malformed - self.halves.min(malformed)) as f64 + self.halves as f64;
        (self.sum + more - lost) / (self.count + more).max(1.0)
    }
}

/// Marks of quotation and of titles, as text is read.
#[derive(Default)]
struct Marks {
    /// How many characters they may go on to enclose.
    left: u32,
}

impl Marks {
    /// Takes the next character; whether marks enclose it.
    fn enclose(&mut self, c: char) -> bool {
        /// No title is longer.
        const LONGEST: u32 = 40;
        self.left = match c {
            '《' | '〈' | '「' | '『' | '“' => LONGEST,
            '》' | '〉' | '」' | '』' | '”' | '\n' => 0,
            _ => self.left.saturating_sub(1),
        };
        self.left > 0
    }
}

/// What a character says of the encoding that it was read in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    CommonHan,
    /// Another ideograph of the block that modern text keeps to (U+4E00–9FFF).
    Han,
    Kana,
    CommonHangul,
    /// Punctuation of running text, behind a character of it.
    Punctuation,
    Other,
    /// What tables and pictures are drawn with; says nothing.
    Neutral,
    /// Private use, unassigned, control, compatibility: seldom meant.
    Rare,
}

fn kinds() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let mut kinds = vec![Kind::Other; 0x1_0000];
        let mut set = |range: std::ops::RangeInclusive<usize>, kind| kinds[range].fill(kind);
        set(0x0000..=0x001F, Kind::Rare);
        set(0x0007..=0x000D, Kind::Neutral);
        set(0x001B..=0x001B, Kind::Neutral); // terminals' escape sequences
        set(0x0020..=0x007F, Kind::Neutral);
        set(0x0080..=0x009F, Kind::Rare);
        set(0x2500..=0x27BF, Kind::Neutral);
        set(0x3000..=0x3000, Kind::Neutral);
        set(0xFE30..=0xFE6F, Kind::Neutral);
        set(0xFF01..=0xFF5E, Kind::Neutral);
        set(0x3040..=0x30FF, Kind::Kana);
        set(0xFF61..=0xFF9F, Kind::Rare);
        set(0x4E00..=0x9FFF, Kind::Han);
        set(0xE000..=0xFAFF, Kind::Rare);
        for c in "，。、：；？！“”‘’「」『』（）《》…—·".chars() {
            kinds[c as usize] = Kind::Punctuation;
        }
        for c in COMMON_HAN.chars() {
            kinds[c as usize] = Kind::CommonHan;
        }
        for c in COMMON_HANGUL.chars() {
            kinds[c as usize] = Kind::CommonHangul;
        }
        kinds
    })
}

/// The Chinese encoding in which kana stand in titles only, and nearly half of the ideographs are common: a long title
/// in Japanese does not make a short Chinese text so.
fn around_titles(head: &[u8]) -> Option<Encoding> {
    let is_it = |encoding: &Encoding| {
        let (tally, malformed) = tally(head, *encoding);
        malformed == 0 && tally.kana == 0 && tally.common >= 3 && tally.common * 5 >= tally.han * 2
    };
    [Encoding::Gbk, Encoding::Big5].into_iter().find(is_it)
}

/// The Chinese encoding in which a text is a picture, if it is that in one: at least half of what is not ASCII is what frames
/// and pictures are drawn with, and the rest text. Bytes of other encodings do not come out so.
fn drawn(head: &[u8]) -> Option<Encoding> {
    /// So many signs are no accident.
    const LEAST: usize = 8;
    let is_drawn = |encoding: &Encoding| {
        let mut decoder = Decoder::new(*encoding, true, 0);
        let mut text = String::new();
        decoder
            .push(head, false, &mut text)
            .expect("what is malformed is replaced");
        let (mut signs, mut others) = (0, 0);
        for c in text.chars().filter(|c| !c.is_ascii() && *c != '\u{3000}') {
            match kinds().get(c as usize).copied().unwrap_or(Kind::Other) {
                Kind::Neutral => signs += 1,
                Kind::CommonHan | Kind::Han | Kind::Punctuation | Kind::Other => others += 1,
                _ => return false,
            }
        }
        decoder.replaced() == 0 && signs >= LEAST && signs >= others
    };
    [Encoding::Big5, Encoding::Gbk].into_iter().find(is_drawn)
}

/// What the characters of a Chinese text in this encoding say, and how many sequences are malformed.
fn tally(head: &[u8], encoding: Encoding) -> (Tally, u64) {
    let mut decoder = Decoder::new(encoding, true, 0);
    let mut text = String::new();
    decoder
        .push(head, false, &mut text)
        .expect("what is malformed is replaced");
    let mut tally = Tally::new(encoding, Writing::Chinese);
    text.chars().for_each(|c| tally.add(c));
    (tally, decoder.replaced())
}

/// Whether what ASCII stands for in one of the encodings that HZ and UTF-7 are reads as Chinese: most of its characters
/// beyond ASCII are common, and nothing is malformed.
pub fn is_chinese_in(head: &[u8], encoding: Encoding) -> bool {
    let head = &head[..head.len().min(REACH)];
    let (tally, malformed) = tally(head, encoding);
    malformed == 0 && tally.count >= 4.0 && tally.share(0, 0.0) >= 2.0 * BELIEVED
}

/// Whether GB 18030's four-byte sequences occur: lead 81–FE, then 30–39, 81–FE, 30–39.
fn has_four_byte_sequence(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at + 1 < bytes.len() {
        at += match (bytes[at], bytes[at + 1]) {
            (0x00..0x81, _) => 1,
            (_, 0x30..=0x39) => return true,
            _ => 2,
        };
    }
    false
}
