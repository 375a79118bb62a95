//! Subtitles in two languages: what becomes of documents.

use jianti_formats::Format;

use super::converted;

fn cues(texts: &[&str]) -> String {
    let cue = |text| format!("1\n00:00:01,000 --> 00:00:03,000\n{text}\n\n");
    texts.iter().map(cue).collect()
}

#[test]
fn lines_are_what_their_neighbours_are() {
    for (before, after) in [
        (
            &[
                "社長會議開始了\n会議室",
                "我來學習歷史\n歴史を学習します",
                "國際電話\n国際電話です",
            ][..],
            &[
                "社长会议开始了\n会議室",
                "我来学习历史\n歴史を学習します",
                "国际电话\n国際電話です",
            ][..],
        ),
        // The other way round, and cues of one line.
        (
            &[
                "会議室\n社長會議開始了",
                "歴史を学習します\n我來學習歷史",
                "國際電話",
                "国際電話です",
            ],
            &[
                "会議室\n社长会议开始了",
                "歴史を学習します\n我来学习历史",
                "国际电话",
                "国際電話です",
            ],
        ),
        // One language in two lines.
        (
            &["社長會議\n開始了", "我來\n學習歷史"],
            &["社长会议\n开始了", "我来\n学习历史"],
        ),
        (
            &["会議室で\n歴史を学習します", "国際電話\nです"],
            &["会議室で\n歴史を学習します", "国際電話\nです"],
        ),
        // A title in a Chinese line.
        (
            &["他唱鋼の錬金術師\n我來學習歷史", "後來呢\n我們走"],
            &["他唱鋼の錬金術師\n我来学习历史", "后来呢\n我们走"],
        ),
    ] {
        assert_eq!(converted(Format::Srt, &cues(before)), cues(after));
    }
}
