"""Options: how they are given, compared, pickled and shown."""

import copy
import inspect
import pickle

import pytest

import jianti

GIVEN = [
    {},
    {"config": "t2s"},
    {"config": "tw2sp", "exact": True},
    {"punctuation": "keep", "repair": "report", "language": "any"},
    {"rare": True, "lossy": True, "strict": True, "keep_code": True, "code": True, "limits": False, "archives": True},
    {"dictionaries": [{"滑鼠": "鼠标", "書": "《书》"}, {"書": "书"}]},
    {"encoding": "big5", "to_encoding": None, "bom": "keep"},
    {"to_encoding": "gb18030", "format": "html", "fields": ["/a/*", "b"]},
    {"records": True, "record_id": "id", "count_outside": True},
    {"fields": ["text"], "outcome_columns": "jianti_"},
]


@pytest.mark.parametrize("given", GIVEN)
def test_equal_options_are_equal_and_pickle(given):
    one, other = jianti.Normalizer(**given), jianti.Normalizer(**given)
    assert one == other and hash(one) == hash(other)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(one, protocol))
        assert again == one and hash(again) == hash(one)
    assert copy.deepcopy(one) == one
    assert jianti.Normalizer(**one.options) == one
    assert eval(repr(one)) == one
    assert len(pickle.dumps(one)) < 400


def test_different_options_are_not_equal():
    made = [jianti.Normalizer(**given) for given in GIVEN]
    assert len(set(made)) == len(GIVEN)
    assert made[0] != "jianti.Normalizer()" and made[0] != made[1]


def test_options_do_what_they_say():
    text = "圖書館,會(huì)議。滑鼠"
    assert jianti.Normalizer("tw2sp")(text) == "图书馆，会议。鼠标"
    assert jianti.Normalizer(punctuation="keep")(text) == "图书馆,会议。滑鼠"
    assert jianti.Normalizer(repair="off")(text) == "图书馆，会（huì）议。滑鼠"
    assert jianti.Normalizer("t2s", exact=True)(text) == "图书馆,会(huì)议。滑鼠"
    assert jianti.Normalizer(dictionaries=[{"滑鼠": "老鼠"}])(text) == "图书馆，会议。老鼠"
    result, outcome = jianti.Normalizer(repair="report").normalize("會(huì)議")
    assert result == "会（huì）议" and outcome.repairs == {"gloss": 1}
    kana = "國語の図書館は静かです。図書を読みましょう。"
    assert jianti.Normalizer("t2s", language="any")(kana) != kana == jianti.Normalizer("t2s")(kana)
    assert jianti.Normalizer(count_outside=True).normalize("囧字")[1].outside == {"囧": 1}


def test_exact_stands_for_other_options():
    keeps = jianti.Normalizer("t2s", punctuation="keep", repair="off", language="any")
    assert jianti.Normalizer("t2s", exact=True) == keeps


def test_a_dictionary_comes_with_the_pickle(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("# mine\n滑鼠\t鼠标 滑鼠\n滑鼠\t别的\n")
    n = jianti.Normalizer(dictionaries=[path])
    pickled = pickle.dumps(n)
    path.unlink()
    again = pickle.loads(pickled)
    assert again("滑鼠") == n("滑鼠") == "鼠标"
    assert again == n


@pytest.mark.parametrize(
    "given, error, words",
    [
        ({"config": "s2t"}, ValueError, "unknown configuration .*tw2sp"),
        ({"punctuation": "western"}, ValueError, "punctuation=\"western\": .*expected `chinese` or `keep`"),
        ({"repair": "on"}, ValueError, "repair=\"on\": .*`auto`, `off`, `report`"),
        ({"bom": "no"}, ValueError, "bom=\"no\": .*`auto`, `keep`, `remove`"),
        ({"language": "zh"}, ValueError, "language=\"zh\": .*`chinese` or `any`"),
        ({"format": "pdf"}, ValueError, "unknown format"),
        ({"encoding": "klingon"}, ValueError, "klingon"),
        ({"exact": True}, ValueError, "OpenCC knows no auto"),
        ({"config": "t2s", "exact": True, "repair": "report"}, ValueError, "OpenCC repairs nothing"),
        ({"punctation": "keep"}, TypeError, "no argument \"punctation\"; it has config, punctuation"),
        ({"rare": 1}, TypeError, "bool"),
        ({"dictionaries": {"書": "书"}}, TypeError, "dictionaries: give a list"),
        ({"dictionaries": "mine.txt"}, TypeError, "dictionaries: give a list"),
        ({"dictionaries": None}, TypeError, "dictionaries: give a list"),
        ({"fields": None}, TypeError, "fields: give a list"),
        ({"fields": "title"}, TypeError, "fields: give a list"),
        ({"dictionaries": [{"": "x"}]}, ValueError, "empty"),
    ],
)
def test_what_is_no_option_is_refused_in_words(given, error, words):
    with pytest.raises(error, match=words):
        jianti.Normalizer(**given)


def test_a_broken_dictionary_names_its_file(tmp_path):
    path = tmp_path / "mine.txt"
    with pytest.raises(FileNotFoundError, match="No such file.*mine.txt") as raised:
        jianti.Normalizer(dictionaries=[str(path)])
    assert raised.value.filename == str(path)
    with pytest.raises(IsADirectoryError) as raised:
        jianti.Normalizer(dictionaries=[tmp_path])
    assert raised.value.filename == str(tmp_path)
    path.write_text("滑鼠 鼠标\n")
    with pytest.raises(ValueError, match="mine.txt: line 1: there is no tab"):
        jianti.Normalizer(dictionaries=[path])
    path.write_bytes("滑鼠\t鼠标\n".encode("gbk"))
    with pytest.raises(ValueError, match="mine.txt: not UTF-8 at byte offset 0"):
        jianti.Normalizer(dictionaries=[path])


def test_all_options_are_in_the_signature_the_help_and_the_stub():
    names = set(jianti.Normalizer().options)
    signature = set(inspect.signature(jianti.Normalizer).parameters)
    assert signature == names | {"exact"}
    stub = (jianti.__path__[0] + "/_jianti.pyi")
    with open(stub) as file:
        stub = file.read()
    for name in signature:
        assert name in jianti.__doc__ and f"        {name}: " in stub


def test_outcomes_pickle(n):
    outcome = n.normalize("圖書")[1]
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    told = jianti.explain("圖書館,會(huì)議")
    assert pickle.loads(pickle.dumps(told)) == told
