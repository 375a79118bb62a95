"""Strings and bytes."""

import gzip
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jianti

N = jianti.Normalizer()

# Text that has something for every stage, beside any text at all.
PIECES = st.sampled_from(
    ["圖書館", "關於", "掛著", "王乾", "，", ",", ". ", "\n", "會(huì)", "?：ｏL", "“", '"', "abc", "３", "的", "裏", "<b>", "\u200b", "…"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def test_text_comes_out_simplified_with_its_outcome(n):
    text, outcome = n.normalize("圖書館裏靜悄悄。會(huì)議")
    assert text == "图书馆里静悄悄。会议"
    assert n("圖書館裏靜悄悄。會(huì)議") == text
    assert outcome.changed and outcome.script == "traditional" and outcome.language == "chinese"
    assert outcome.repairs == {"gloss": 1}
    assert outcome.bytes_in == len("圖書館裏靜悄悄。會(huì)議".encode()) and outcome.bytes_out == len(text.encode())


def test_text_that_does_not_change_is_the_same_object(n):
    for text in ["这里已经是简体中文。", "図書館は静かです。本を読みましょう。", "", "a" * 1000]:
        assert n(text) is text


def test_a_name_tells_the_format(n):
    page = 'x: <b title="頭髮">頭</b>'
    assert n.normalize(page, name="a.html")[1].format == "html"
    assert n.normalize('{"書": "圖書"}', name="a.json")[0] == '{"書": "图书"}'


@given(TEXTS)
def test_a_call_and_its_forms_agree(text):
    result, outcome = N.normalize(text)
    assert N(text) == result
    assert outcome.changed == (result != text)
    if not text.startswith("\ufeff"):
        given = {"format": "text", "language": "any"}
        try:
            data, same = jianti.Normalizer(encoding="utf-8", **given).bytes(text.encode())
        except jianti.BinaryError:
            assert set(text) & set(map(chr, range(32)))  # as a str it is text all the same
            return
        assert data.decode() == jianti.Normalizer(**given)(text)
        assert same.encoding == "UTF-8"


@pytest.mark.parametrize("at, text", [(0, "\ud800"), (3, "圖書館\udcff裏"), (5, "😀abcd\udfff")])
def test_lone_surrogates_are_refused_in_words(n, at, text):
    for take in (n, n.normalize, n.explain, jianti.explain):
        with pytest.raises(jianti.SurrogateError, match=f"U\\+{ord(text[at]):04X}, at character {at}") as raised:
            take(text)
        assert raised.value.offset == at
        assert isinstance(raised.value, ValueError)


def test_other_types_are_refused_in_words(n):
    with pytest.raises(TypeError, match="a str is needed, not bytes; Normalizer.bytes takes bytes"):
        n(b"abc")
    with pytest.raises(TypeError, match="a str is needed, not int"):
        n(3)
    with pytest.raises(TypeError, match="not str; call the normalizer"):
        n.bytes("abc")
    with pytest.raises(TypeError, match="not list"):
        n.bytes([1])


@pytest.mark.parametrize("encoding, told", [("utf-8", "UTF-8"), ("big5", "Big5"), ("gbk", "GBK"), ("utf-16", "UTF-16LE")])
@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_in_any_encoding(n, encoding, told, kind):
    text = "圖書館裡靜悄悄，沒有人說話。我們在這裡讀書，他們在那裡寫字。" * 8
    result, outcome = n.bytes(kind(text.encode(encoding)))
    assert result.decode() == n(text)
    assert type(result) is bytes
    assert outcome.encoding == told


def test_bytes_of_a_container(n):
    packed = gzip.compress("圖書館裏靜悄悄。".encode())
    result, outcome = n.bytes(packed, name="a.txt.gz")
    assert gzip.decompress(result).decode() == "图书馆里静悄悄。"
    assert outcome.compression == "gzip"


def test_errors_are_typed(n):
    with pytest.raises(jianti.BinaryError):
        n.bytes(b"\x7fELF\x00\x01\x02\x00" * 8)
    with pytest.raises(jianti.UnsupportedError) as raised:
        n.bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert raised.value.kind == "PDF"
    with pytest.raises(jianti.DecodeError, match="byte offset 6") as raised:
        jianti.Normalizer(encoding="utf-8").bytes("圖書".encode() + b"\xff\xff" + "館".encode())
    assert (raised.value.offset, raised.value.invalid[:1], raised.value.encoding) == (6, b"\xff", "UTF-8")
    with pytest.raises(jianti.EncodeError):
        jianti.Normalizer(to_encoding="big5").bytes("简体中文的书".encode())
    with pytest.raises(jianti.FormatError):
        jianti.Normalizer(format="json").normalize("{圖書")
    with pytest.raises(jianti.FormatError):
        n.bytes(gzip.compress(b"x" * 9000)[:-20] + b"12345", name="a.gz")
    for kind in (jianti.BinaryError, jianti.DecodeError, jianti.FormatError, jianti.InternalError):
        assert issubclass(kind, jianti.Error) and issubclass(kind, ValueError)


def test_records_are_told():
    n = jianti.Normalizer(records=True, record_id="id")
    lines = '{"id": "a", "t": "圖書館裏"}\n{bad\n{"id": "b", "t": "书"}\n'
    result, outcome = n.normalize(lines, name="a.jsonl")
    assert result == lines.replace("圖書館裏", "图书馆里")
    assert [(record.line, record.id, record.changed) for record in outcome.records] == [
        (1, "a", True),
        (2, None, False),
        (3, "b", False),
    ]
    assert outcome.bad_records == 1 and outcome.record_errors[0].line == 2
    assert outcome.records[1].error == outcome.record_errors[0]


def test_other_threads_run_meanwhile(n):
    # Well inside the call another thread only gets to run if the GIL is released: at its ends it might in any case.
    lines = [f"圖書館裏靜悄悄,他於{number}年走了,沒有人說話。\n" for number in range(600_000)]
    data = "".join(lines).encode()
    stamps, ended = [], threading.Event()

    def stamp():
        while not ended.wait(0.001):
            stamps.append(time.perf_counter())

    thread = threading.Thread(target=stamp)
    thread.start()
    begun = time.perf_counter()
    n.bytes(data)
    took = time.perf_counter() - begun
    ended.set()
    thread.join()
    assert any(0.1 * took < at - begun < 0.5 * took for at in stamps)


def test_one_normalizer_serves_many_threads(n, documents):
    expected = [n(text) for text in documents]
    found = {}

    def work(number):
        found[number] = [n(text) for text in documents * 50]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert all(found[number] == expected * 50 for number in range(8))
