//! Org: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn text_changes_and_syntax_does_not() {
    for (before, after) in [
        (
            "#+TITLE: 標題後\n#+後: 後\n# 註解後\n後, 裡\n",
            "#+TITLE: 标题后\n#+後: 後\n# 註解後\n后, 里\n",
        ),
        (
            "* TODO 標題後 :標籤後:\n:PROPERTIES:\n:名後: 後\n:END:\n後\n",
            "* TODO 标题后 :標籤後:\n:PROPERTIES:\n:名後: 後\n:END:\n后\n",
        ),
        (
            "#+begin_src sh\n後\n#+end_src\n#+BEGIN_QUOTE\n後\n#+END_QUOTE\n",
            "#+begin_src sh\n後\n#+end_src\n#+BEGIN_QUOTE\n后\n#+END_QUOTE\n",
        ),
        (
            "* TODO [#A] 後來\n[[檔後.org][後]] [[*後來]] [[後]] =後= ~後~ <<後>> \\(後\\)\n",
            "* TODO [#A] 后来\n[[檔後.org][后]] [[*后来]] [[後]] =後= ~後~ <<後>> \\(後\\)\n",
        ),
        (
            "| 後 | 裡 |\n- 後[fn:後]\n: 後\n",
            "| 后 | 里 |\n- 后[fn:後]\n: 後\n",
        ),
    ] {
        assert_eq!(converted(Format::Org, before), after);
    }
}
