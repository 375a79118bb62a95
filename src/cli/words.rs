//! What scripts, languages, rules and evidence are called, and encodings that are none. In English as in the report.

use super::language::pick;

/// By the report's names, what is said in Chinese.
const CHINESE: &[(&str, &str)] = &[
    // Scripts.
    ("traditional", "繁体"),
    ("simplified", "简体"),
    ("mixed", "混合"),
    ("undetermined", "未定"),
    // Languages.
    ("chinese", "中文"),
    ("japanese", "日文"),
    ("korean", "韩文"),
    ("other", "其他"),
    // Damage that was not repaired, and rules.
    ("open", "未修复"),
    ("lost", "丢失"),
    ("mojibake", "乱码"),
    ("entity", "字符引用"),
    ("shift", "字节错位"),
    ("compatibility", "兼容字"),
    ("invisible", "不可见字符"),
    ("private_use", "专用区"),
    ("gloss", "注音"),
    // What tells an encoding.
    ("option", "由选项指定"),
    ("bom", "据字节顺序标记"),
    ("ascii", "全是 ASCII"),
    ("utf-8", "符合 UTF-8"),
    ("declared", "据声明"),
    ("content", "据内容"),
    ("text", "本是文字"),
    // Where there is none, or more than one.
    ("unknown", "未知"),
];

/// What a script, a language, a rule or a piece of evidence is called that has this name in the report.
pub fn word(name: &str) -> &str {
    pick(name, chinese(name))
}

/// Chinese for a name of the report, or the name itself if there is none.
fn chinese(name: &str) -> &str {
    let found = CHINESE.iter().find(|(known, _)| *known == name);
    found.map_or(name, |(_, word)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianti::encoding::{Encoding, Evidence};
    use jianti::repair::Rule;
    use jianti::{Common, Language, Script};
    use serde_json::Value;

    #[test]
    fn every_name_has_its_twin_which_the_page_says_too() {
        let page: Value =
            serde_json::from_str(include_str!("review/messages.json")).expect("messages");
        let rules = Rule::ALL.iter().map(|rule| rule.name());
        let scripts = [
            Script::Traditional,
            Script::Simplified,
            Script::Mixed,
            Script::Undetermined,
        ];
        let languages = [
            Language::Chinese,
            Language::Japanese,
            Language::Korean,
            Language::Other,
        ];
        let scripts = scripts.map(Script::name).into_iter();
        let languages = languages.map(Language::name).into_iter();
        for name in rules.chain(scripts).chain(languages) {
            let word = chinese(name);
            assert_ne!(word, name);
            assert_eq!(page[name][1], word, "{name}");
        }
        let evidence = [
            Evidence::Option,
            Evidence::Bom,
            Evidence::Ascii,
            Evidence::Utf8,
            Evidence::Declared,
            Evidence::Content,
            Evidence::Text,
        ];
        let unknown = Common::<Encoding>::Unknown.name();
        for name in evidence.map(Evidence::name).into_iter().chain([unknown]) {
            assert_ne!(chinese(name), name);
        }
    }
}
