//! reStructuredText: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn text_changes_and_syntax_does_not() {
    for (before, after) in [
        (
            "標題後\n======\n\n:作者後: 王後, 李四\n",
            "标题后\n======\n\n:作者後: 王后, 李四\n",
        ),
        (
            ".. image:: 圖後.png\n   :alt: 後\n\n後\n",
            ".. image:: 圖後.png\n   :alt: 後\n\n后\n",
        ),
        (
            ".. note:: 後\n   :class: 後\n\n   後面\n\n.. 註解後\n   後\n\n後\n",
            ".. note:: 后\n   :class: 後\n\n   后面\n\n.. 註解後\n   後\n\n后\n",
        ),
        (
            "見 `後來 <https://a.b/後>`_, ``後`` 與 :ref:`後` 與 :doc:`後 <後>`\n",
            "见 `后来 <https://a.b/後>`_, ``後`` 与 :ref:`後` 与 :doc:`后 <後>`\n",
        ),
        (
            "標題後\n------\n\n見 `標題後`_ 與 `別後`_ 與 |後| 與 [後]_\n",
            "标题后\n------\n\n见 `标题后`_ 与 `別後`_ 与 |後| 与 [後]_\n",
        ),
        (
            "後::\n\n    後\n\n後\n\n>>> 後\n後\n\n後\n",
            "后::\n\n    後\n\n后\n\n>>> 後\n後\n\n后\n",
        ),
        (
            ".. _後:\n\n.. [後] 註後\n\n.. |後| replace:: 後\n",
            ".. _後:\n\n.. [後] 注后\n\n.. |後| replace:: 後\n",
        ),
        (
            "+------+----+\n| 後來 | 後 |\n+------+----+\n\n後\n",
            "+------+----+\n| 后来 | 后 |\n+------+----+\n\n后\n",
        ),
        (
            "====  ====\n後    裡\n====  ====\n頭    髮\n====  ====\n",
            "====  ====\n后    里\n====  ====\n头    发\n====  ====\n",
        ),
        ("見說明後_。後 與 a_b 後\n", "見說明後_。后 与 a_b 后\n"),
        (
            ".. code-block:: python\n\n   後 = 1\n\n後\n",
            ".. code-block:: python\n\n   後 = 1\n\n后\n",
        ),
    ] {
        assert_eq!(converted(Format::Rst, before), after);
    }
}
