"""What changed, why, and where."""

import re

import pytest
from hypothesis import given

import jianti
from test_text import TEXTS


def check(told):
    """The changes are in order, and put into the text they make the result."""
    made, done = [], 0
    for change in told.changes:
        assert done <= change.start <= change.end
        assert told.text[change.start : change.end] == change.before
        assert told.result[change.result_start : change.result_end] == change.after
        assert change.before != change.after
        made += [told.text[done : change.start], change.after]
        assert len("".join(made)) == change.result_end
        done = change.end
    assert "".join(made) + told.text[done:] == told.result


@given(TEXTS)
def test_changes_put_into_the_text_make_the_result(text):
    told = jianti.explain(text)
    assert told.text == text and told.result == jianti.Normalizer()(text)
    check(told)


def test_each_change_says_why():
    told = jianti.explain("校門口掛著那口銅鐘,牆上寫著開學(xué)典禮。沒有人回答?：ｏL從窗口吹进來。")
    check(told)
    why = {(change.before, change.after, change.why) for change in told.changes}
    assert ("掛著", "挂着", "conversion") in why
    assert (",", "，", "punctuation") in why
    assert any(rule == "gloss" and "(xué)" in before for before, _, rule in why)
    assert any(rule == "shift" and "ｏL" in before for before, _, rule in why)
    assert [site.rule for site in told.sites] == ["gloss", "shift"]
    assert told.text[told.sites[1].start :].startswith(told.sites[1].before)
    assert told.outcome.repairs == {"gloss": 1, "shift": 1}
    assert "gloss" in str(told) and "conversion: '掛著' -> '挂着'" in str(told)


def test_offsets_are_characters_not_bytes_or_code_units():
    told = jianti.explain("😀𠀀a 圖")
    (change,) = told.changes
    assert (change.start, change.end, change.result_start) == (4, 5, 4)


def test_doubts_say_where():
    text = "😀前言。\n於院長主持會(huì)議。"
    told = jianti.explain(text)
    assert told.doubts and told.outcome.doubtful == len(told.doubts)
    for doubt in told.doubts:
        assert text[doubt.start] == doubt.before
        assert told.result[doubt.result_start] == doubt.after
        assert doubt.other != doubt.after and 50 <= doubt.sure <= 88
        # A surname, which keeps the character.
        assert doubt.reason == "name" and doubt.word and doubt.word in told.result
        assert f"(name {doubt.word}, {doubt.sure} %)" in str(told)


def test_open_sites_stay_and_are_told():
    told = jianti.explain("這是一個好的開始，河?xyz)|邊有很多樹。\ufffd")
    lost = [site for site in told.sites if site.after is None]
    assert lost and told.outcome.lost == 1
    assert lost[-1].rule == "lost" and told.text[lost[-1].start] == "\ufffd"
    told = jianti.explain("這裡是測試文本，看見\ue000了。")
    (site,) = told.sites
    assert (site.rule, site.before, site.after) == ("private_use", "\ue000", None)
    assert site.candidates and told.text[site.start] == "\ue000"
    assert told.result == "这里是测试文本，看见\ue000了。" and told.outcome.open == 1


@pytest.mark.parametrize(
    "form, text",
    [
        ("json", '{"a": "\\t\\t會(huì)議，\\t於院長主持會(huì)議。", "b": "於院長來了，會(huì)議於院長。"}'),
        ("html", '<p>開<b>頭</b>的<i class="x">會(huì)議</i>。<b>於院長</b>主持，<a href="y">於院長</a>主持會(huì)議。</p>'),
        ("html", "<p>會議&amp;討論&amp;於院長主持會(huì)議。</p>\n<p>看見\ue000了，<br>於院長。</p>"),
        ("text", "\ufeff會(huì)議，\n於院長主持會(huì)議，於院長來了。"),
    ],
)
def test_places_behind_tags_and_escapes_are_where_they_stand(form, text):
    told = jianti.Normalizer(format=form).explain(text)
    glosses = [match.start() for match in re.finditer(r"\(huì\)", text)]
    assert [site.start for site in told.sites if site.rule == "gloss"] == glosses != []
    for site in told.sites:
        assert text[site.start :].startswith(site.before)
    names = [match.start() for match in re.finditer("於", text)]
    assert [doubt.start for doubt in told.doubts if doubt.before == "於"] == names != []
    assert len(told.doubts) == told.outcome.doubtful


def test_nothing_to_tell():
    told = jianti.explain("这里已经是简体中文。")
    assert not told.changes and not told.outcome.changed and str(told) == "nothing changes"


def test_options_count():
    told = jianti.Normalizer("t2s", exact=True).explain("圖書,")
    assert [(change.before, change.after) for change in told.changes] == [("圖書", "图书")]


def test_real_texts_are_explained_whole(texts):
    for path in texts:
        text = path.read_text(encoding="utf-8")[200_000:260_000]
        told = jianti.explain(text)
        check(told)
        # Most changes are short: the two texts are not taken for different at length.
        assert sum(len(change.before) for change in told.changes) < len(text) * 0.6, path
        assert max((len(change.before) for change in told.changes), default=0) < 70, path
