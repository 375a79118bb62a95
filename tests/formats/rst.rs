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
            ".. image:: 圖後.png\n   :alt: 后\n\n后\n",
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
            ".. _後:\n\n.. [後] 注后\n\n.. |後| replace:: 后\n",
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

#[test]
fn what_readers_see_of_a_directive_changes() {
    for (before, after) in [
        // Titles, captions, and what is shown instead of a picture.
        (
            ".. toctree::\n   :maxdepth: 2\n   :caption: 目錄:\n\n   常見問題 <後>\n   安裝後<安裝.md>\n   說明後\n\n後\n",
            ".. toctree::\n   :maxdepth: 2\n   :caption: 目录:\n\n   常见问题 <後>\n   安装后<安裝.md>\n   說明後\n\n后\n",
        ),
        (
            ".. code-block:: python\n   :caption: 檔案後\n   :name: 後\n\n   :caption: 後\n\n後\n",
            ".. code-block:: python\n   :caption: 档案后\n   :name: 後\n\n   :caption: 後\n\n后\n",
        ),
        (
            ".. figure:: 圖後.png\n   :alt: 圖後\n         續行後\n   :name: 後\n\n   圖說\n",
            ".. figure:: 圖後.png\n   :alt: 图后\n         续行后\n   :name: 後\n\n   图说\n",
        ),
        (
            ".. uml:: 後\n   :caption: 後\n\n   後 -> 裡\n\n後\n",
            ".. uml:: 後\n   :caption: 后\n\n   後 -> 裡\n\n后\n",
        ),
        (
            ".. meta::\n   :description: 說明\n   :keywords: 後, 頭髮\n   :robots: 後\n",
            ".. meta::\n   :description: 说明\n   :keywords: 后, 头发\n   :robots: 後\n",
        ),
        (
            ".. contents:: 目錄\n   :class: 後\n\n見 目錄_\n",
            ".. contents:: 目录\n   :class: 後\n\n见 目录_\n",
        ),
        (
            ".. csv-table:: 表後\n   :header: \"標題\", ``後``\n   :file: 後.csv\n\n   \"後, 裡\", ``後``\n   後,``後``,:ref:`後`\n\n後\n",
            ".. csv-table:: 表后\n   :header: \"标题\", ``後``\n   :file: 後.csv\n\n   \"后, 里\", ``後``\n   后,``後``,:ref:`後`\n\n后\n",
        ),
        (
            ".. table:: 標題後\n   續行後\n   :name: 後\n\n   ==  ==\n   後  裡\n   ==  ==\n   頭  髮\n   ==  ==\n",
            ".. table:: 标题后\n   续行后\n   :name: 後\n\n   ==  ==\n   后  里\n   ==  ==\n   头  发\n   ==  ==\n",
        ),
        // What holds text.
        (
            ".. tab-item:: 標題\n   :sync: 後\n\n   後\n\n.. deprecated:: 1.0 請用後者\n.. dropdown:: 後\n",
            ".. tab-item:: 标题\n   :sync: 後\n\n   后\n\n.. deprecated:: 1.0 请用后者\n.. dropdown:: 后\n",
        ),
        (
            ".. py:function:: 後(\n      頭)\n   :module: 後\n\n   後。\n\n   :param 頭: 頭髮\n",
            ".. py:function:: 後(\n      頭)\n   :module: 後\n\n   后。\n\n   :param 頭: 头发\n",
        ),
        (
            ".. note::\n   :ref:`後 <後>` 後\n   :class: 後\n\n   後\n",
            ".. note::\n   :ref:`后 <後>` 后\n   :class: 後\n\n   后\n",
        ),
        (
            ".. tip:: 如下後::\n\n      後\n\n   後\n",
            ".. tip:: 如下后::\n\n      後\n\n   后\n",
        ),
        (
            ".. |後| replace:: 說明\n   後\n.. |圖| image:: 後.png\n   :alt: 後\n",
            ".. |後| replace:: 说明\n   后\n.. |圖| image:: 後.png\n   :alt: 后\n",
        ),
        (
            ".. glossary::\n   :sorted:\n\n   詞後\n   辭後\n      解釋後 :term:`詞後`\n\n      第二段::\n\n         後\n   別後\n      後\n\n後\n",
            ".. glossary::\n   :sorted:\n\n   詞後\n   辭後\n      解释后 :term:`詞後`\n\n      第二段::\n\n         後\n   別後\n      后\n\n后\n",
        ),
        (
            ".. describe:: 語法\n\n   後\n",
            ".. describe:: 语法\n\n   后\n",
        ),
        // In items of lists.
        (
            ".. list-table:: 清單\n\n   * - 後\n     - .. image:: 後.png\n          :alt: 後\n   * - .. code:: c\n\n          後\n     - 後\n",
            ".. list-table:: 清单\n\n   * - 后\n     - .. image:: 後.png\n          :alt: 后\n   * - .. code:: c\n\n          後\n     - 后\n",
        ),
        ("| .. 後\n", "| .. 后\n"),
    ] {
        assert_eq!(converted(Format::Rst, before), after);
    }
}

#[test]
fn markup_ends_where_docutils_has_it_end() {
    for (before, after) in [
        // A bracket that is no label.
        (
            "還是 [686]現在呢？這曾說： [22-024]_ 這樣。送信[通知]導師 [8]_ 。\n",
            "还是 [686]现在呢？这曾说： [22-024]_ 这样。送信[通知]导师 [8]_ 。\n",
        ),
        (
            "[後 來]_ 與 [後\n來]_ 與 [#後]_ 與 [*]_ 與 [後]_。\n",
            "[后 来]_ 与 [后\n来]_ 与 [#後]_ 与 [*]_ 与 [後]_。\n",
        ),
        ("\\[後]_ 與 [後_]_ 後\n", "\\[后]_ 与 [後_]_ 后\n"),
        // What begins and never ends.
        (
            "``後 後來。\n\n- ``後 的\n- 後`` 的 ``後``\n",
            "``后 后来。\n\n- ``后 的\n- 后`` 的 ``後``\n",
        ),
        (
            "`` 後 `` 與 ``甲''，``後''\n",
            "`` 后 `` 与 ``甲''，``后''\n",
        ),
        (
            "或 |後 | 與 | 後| 與 甲|後|乙\n",
            "或 |后 | 与 | 后| 与 甲|后|乙\n",
        ),
        (
            "| 他說：|後|\n| 後`來\n| 後` 來\n\n後\n",
            "| 他说：|後|\n| 后`来\n| 后` 来\n\n后\n",
        ),
        ("時間:後:`` 後\n", "时间:后:`` 后\n"),
        ("「`」後與「`」與（``）\n", "「`」后与「`」与（``）\n"),
        // Over a line's end, with marks beside it, with what it holds.
        (
            "（``後\n後``）與「:sub:`後\n來`」，```後```\n",
            "（``後\n後``）与「:sub:`後\n來`」，```後```\n",
        ),
        (
            "``:ref:`後``` 與 `後`:sub: 後\n",
            "``:ref:`後``` 与 `後`:sub: 后\n",
        ),
        // Without spaces, as authors write it.
        (
            "用``後``與`頭 <後_>`_的:ref:`後`後[1]_後，``後``再``後``後\n",
            "用``後``与`头 <後_>`_的:ref:`後`后[1]_后，``後``再``後``后\n",
        ),
        (
            "按|後|鍵\n\n.. |後| image:: 後.png\n",
            "按|後|键\n\n.. |後| image:: 後.png\n",
        ),
        // Cells.
        (
            "+------+----+----+\n|後來的|後來|`後|\n+------+----+----+\n| |後| |後  |頭` |\n+------+----+----+\n",
            "+------+----+----+\n|后来的|后来|`后|\n+------+----+----+\n| |後| |后  |头` |\n+------+----+----+\n",
        ),
        // Notes of several lines.
        (
            ".. [1] 後 ``後\n   後`` 後\n\n.. [2]\n   後\n\n後\n",
            ".. [1] 后 ``後\n   後`` 后\n\n.. [2]\n   后\n\n后\n",
        ),
    ] {
        assert_eq!(converted(Format::Rst, before), after);
    }
}

/// A document: `text`, and behind it this title.
fn titled(text: &str, title: &str) -> String {
    format!("{text}\n\n{title}\n{}\n\n完。\n", "-".repeat(20))
}

#[test]
fn references_follow_titles() {
    for (text, title, new_text, new_title) in [
        ("- 簡介後_", "簡介後", "- 简介后_", "简介后"),
        ("`簡介  後`_ 後", "簡介 後", "`简介  后`_ 后", "简介 后"),
        ("`API 後`_、api後_", "api 後", "`API 后`_、api後_", "api 后"),
        ("`見 <簡介後_>`_", "簡介後", "`见 <简介后_>`_", "简介后"),
        (".. _別: 簡介後_", "簡介後", ".. _別: 简介后_", "简介后"),
        (
            ".. _別: `簡介\n   後`_",
            "簡介 後",
            ".. _別: `简介\n   后`_",
            "简介 后",
        ),
        ("__ 簡介後_", "簡介後", "__ 简介后_", "简介后"),
        (
            ".. |圖| replace:: 簡介_",
            "簡介",
            ".. |圖| replace:: 简介_",
            "简介",
        ),
        (
            ".. csv-table::\n\n   1,簡介_",
            "簡介",
            ".. csv-table::\n\n   1,简介_",
            "简介",
        ),
        ("`碼 後`_", "``碼`` *後*", "`碼 后`_", "``碼`` *后*"),
        (
            "+--------+\n| 簡介_  |\n+--------+",
            "簡介",
            "+--------+\n| 简介_  |\n+--------+",
            "简介",
        ),
        // It becomes what the title becomes, whatever stands around it.
        ("衣服 乾_ 了", "乾", "衣服 干_ 了", "干"),
        ("乾_ 卦與 坤_", "乾卦", "乾_ 卦与 坤_", "乾卦"),
        // What else names it stays, and what is no such reference.
        (
            "後_ `後`_ :doc:`後` [後]_ ``後_`` 後__",
            "簡介",
            "後_ `後`_ :doc:`後` [後]_ ``後_`` 後__",
            "简介",
        ),
        (".. _簡介:\n\n簡介_", "簡介", ".. _簡介:\n\n簡介_", "简介"),
        (
            ".. _`簡介`: https://a.b\n\n簡介_",
            "簡介",
            ".. _`簡介`: https://a.b\n\n簡介_",
            "简介",
        ),
        (
            ".. [簡介] 後\n\n簡介_ 與 [簡介]_",
            "簡介",
            ".. [簡介] 后\n\n簡介_ 与 [簡介]_",
            "简介",
        ),
        ("_`簡介` 與 簡介_", "簡介", "_`簡介` 与 簡介_", "简介"),
        (
            ".. figure:: a.png\n   :name: 簡介\n\n簡介_",
            "簡介",
            ".. figure:: a.png\n   :name: 簡介\n\n簡介_",
            "简介",
        ),
    ] {
        let before = titled(text, title);
        assert_eq!(converted(Format::Rst, &before), titled(new_text, new_title));
    }
    // A phrase with its address is named by its text.
    assert_eq!(
        converted(
            Format::Rst,
            "`後來 <https://a.b/後>`_ 與 後來_ 與 `後 <https://a.b>`__ 與 後_\n"
        ),
        "`后来 <https://a.b/後>`_ 与 后来_ 与 `后 <https://a.b>`__ 与 後_\n"
    );
}

#[test]
fn a_title_stays_with_references_that_cannot_follow() {
    for (text, title) in [
        // What holds the reference stays as a whole.
        (".. 圖:: 後\n\n   簡介_", "簡介"),
        (".. image:: a.png\n   :target: 簡介_", "簡介"),
        ("|簡介|_", "簡介"),
        // What another document may name so.
        (":ref:`簡介` :any:`甲 <簡介>`", "簡介"),
        // Two would have one name.
        ("發_ 髮_\n\n發\n--", "髮"),
        (".. _简介: https://a.b\n\n简介_ 簡介_", "簡介"),
        ("简介_\n\n简介\n----", "簡介"),
    ] {
        let before = titled(text, title);
        assert_eq!(converted(Format::Rst, &before), before);
    }
    // No reference to it does.
    for (text, new) in [
        (".. code::\n\n   簡介_", ".. code::\n\n   簡介_"),
        (".. 註 簡介_", ".. 註 簡介_"),
        (".. _簡介:\n\n:ref:`簡介`", ".. _簡介:\n\n:ref:`簡介`"),
    ] {
        let before = titled(text, "簡介");
        assert_eq!(converted(Format::Rst, &before), titled(new, "简介"));
    }
}
