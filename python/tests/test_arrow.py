"""Arrow columns, of several libraries and of every kind."""

import subprocess

import duckdb
import nanoarrow
import pandas
import polars
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jianti
from test_text import N, TEXTS

COLUMNS = (
    "text error language script changed mojibake entity shift compatibility invisible private_use gloss "
    "open lost doubtful version"
).split()
STRINGS = [pa.string(), pa.large_string(), pa.string_view()]
BYTES = [pa.binary(), pa.large_binary(), pa.binary_view()]


def expected(n, texts):
    return [None if text is None else n(text) for text in texts]


@pytest.fixture
def rows(documents):
    return [None, *documents, None, documents[0]]


@pytest.mark.parametrize("threads", [1, 2, 0])
@pytest.mark.parametrize("kind", STRINGS, ids=str)
def test_strings_of_every_kind(n, rows, kind, threads):
    column = n.array(pa.array(rows, kind), threads=threads)
    back = pa.array(column)
    back.validate(full=True)
    assert back.type == kind and back.to_pylist() == expected(n, rows)
    assert len(column) == len(rows)
    table = pa.table(n.outcomes(pa.array(rows, kind), threads=threads))
    table.validate(full=True)
    assert table.column_names == COLUMNS
    assert table["text"].to_pylist() == expected(n, rows)
    outcomes = [None if text is None else n.normalize(text)[1] for text in rows]
    for name in ("language", "script", "open", "lost", "doubtful"):
        assert table[name].to_pylist() == [outcome and getattr(outcome, name) for outcome in outcomes]
    assert table["changed"].to_pylist() == [bool(outcome and outcome.changed) for outcome in outcomes]
    for rule in COLUMNS[5:12]:
        assert table[rule].to_pylist() == [outcome and outcome.repairs.get(rule, 0) for outcome in outcomes]
    assert set(table["version"].to_pylist()) == {jianti.__version__}
    assert table["error"].null_count == len(rows)


@pytest.mark.parametrize("rows", [[], [None], ["书"], ["圖書"]])
def test_columns_are_the_same_whatever_is_in_them(n, rows):
    table = pa.table(n.outcomes(pa.array(rows, pa.string())))
    signed = {"changed": pa.bool_()} | dict.fromkeys(COLUMNS[5:15], pa.int64())
    assert table.schema.names == COLUMNS
    assert table.schema.types == [signed.get(name, pa.string()) for name in COLUMNS]
    assert table.num_rows == len(rows)


@pytest.mark.parametrize("kind", BYTES, ids=str)
def test_bytes_are_documents_in_any_encoding(n, kind):
    text = "圖書館裡靜悄悄，沒有人說話。我們在這裡讀書，他們在那裡寫字。" * 8
    rows = [text.encode("big5"), None, text.encode("utf-16"), b"\x00\x01\x02\x03", text.encode()]
    back = pa.array(n.array(pa.array(rows, kind)))
    good = n(text).encode()
    assert back.type == kind and back.to_pylist() == [good, None, good, rows[3], good]
    table = pa.table(n.outcomes(pa.array(rows, kind)))
    assert table["text"].to_pylist() == back.to_pylist()
    assert [bool(error) for error in table["error"].to_pylist()] == [False, False, False, True, False]


@pytest.mark.parametrize("keys", [pa.int8(), pa.uint16(), pa.int32(), pa.int64()], ids=str)
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_dictionaries(n, keys, kind):
    values = pa.array(["書", "书", None, "圖書館", "unused 門"], kind)
    numbers = pa.array([0, 1, None, 3, 2, 0, 3], keys)
    column = pa.DictionaryArray.from_arrays(numbers, values)
    back = pa.array(n.array(column))
    back.validate(full=True)
    assert back.type == column.type
    assert back.to_pylist() == expected(n, column.to_pylist())
    ordered = pa.DictionaryArray.from_arrays(numbers, values, ordered=True)
    assert pa.array(n.array(ordered)).type == ordered.type != column.type
    kept = [value for value in back.dictionary.to_pylist()]
    assert len(kept) == len(set(kept))  # equal values are one: pandas and Polars take them for distinct
    table = pa.table(n.outcomes(column))
    assert table["text"].type == kind and table["text"].to_pylist() == back.to_pylist()
    assert table["changed"].to_pylist() == [True, False, False, True, False, True, True]


def test_chunked_sliced_and_empty(n, rows):
    chunked = pa.chunked_array([rows, [], rows[::-1]], pa.string())
    back = pa.chunked_array(n.array(chunked))
    assert [len(chunk) for chunk in back.chunks] == [len(rows), 0, len(rows)]
    assert back.to_pylist() == expected(n, chunked.to_pylist())
    assert pa.table(n.outcomes(chunked))["text"].to_pylist() == back.to_pylist()
    # Several chunks are no single array, which libraries would ask for first.
    assert not hasattr(n.array(chunked), "__arrow_c_array__")
    assert polars.Series(n.array(chunked)).to_list() == back.to_pylist()
    for kind in STRINGS:
        sliced = pa.array(rows * 3, kind)[5:-4]
        assert pa.array(n.array(sliced)).to_pylist() == expected(n, sliced.to_pylist())
    for none in (pa.array([], pa.string()), pa.chunked_array([], pa.string())):
        assert len(n.array(none)) == 0 and pa.chunked_array(n.array(none)).type == pa.string()
        assert pa.table(n.outcomes(none)).num_rows == 0


def test_a_column_without_a_type_is_nulls(n):
    assert pa.array(n.array(pa.nulls(3))).to_pylist() == [None] * 3
    assert pa.table(n.outcomes(pa.nulls(3)))["text"].to_pylist() == [None] * 3


def test_fields_keep_their_names_and_metadata(n):
    field = pa.field("body", pa.string(), nullable=False, metadata={"a": "b"})
    batch = pa.record_batch([["圖書"]], schema=pa.schema([field]))
    back = pa.field(n.array(batch))
    assert back.equals(field, check_metadata=True)


def test_a_table_of_one_column_is_that_column(n, rows):
    table = pa.table({"t": pa.array(rows)})
    assert pa.chunked_array(n.array(table)).to_pylist() == expected(n, rows)
    assert pa.chunked_array(n.array(table.to_reader())).to_pylist() == expected(n, rows)
    with pytest.raises(TypeError, match="this is a table of 2: a, b"):
        n.array(pa.table({"a": ["x"], "b": ["y"]}))


def test_invalid_utf8_in_a_string_column_is_a_row_with_an_error(n):
    data = "圖書".encode() + b"\xff\xfe" + "館".encode()
    offsets = pa.py_buffer((0).to_bytes(4, "little") + (6).to_bytes(4, "little") + (8).to_bytes(4, "little") + (11).to_bytes(4, "little"))
    column = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(data)])
    for column in (column, column.dictionary_encode(), pa.chunked_array([column])):
        back = pa.chunked_array(n.array(column))
        table = pa.table(n.outcomes(column))
        if pa.types.is_dictionary(back.type):
            back = pa.chunked_array([chunk.dictionary_decode() for chunk in back.chunks])
        for texts in (back, table["text"]):
            assert texts.cast(pa.binary()).to_pylist() == ["图书".encode(), b"\xff\xfe", "馆".encode()]
        assert table["error"].to_pylist()[0::2] == [None, None]
        assert "invalid UTF-8 at byte offset 0" in table["error"][1].as_py()
        assert table["language"].to_pylist()[1] is None and table["open"].to_pylist()[1] is None
        assert table["changed"].to_pylist() == [True, False, True]


def test_bulk_does_not_raise_for_a_document():
    n = jianti.Normalizer(format="json")
    rows = ['{"a": "圖書"}', "{broken 圖書", None]
    table = pa.table(n.outcomes(pa.array(rows)))
    assert table["text"].to_pylist() == ['{"a": "图书"}', "{broken 圖書", None]
    assert table["error"][0].as_py() is None and "not valid json" in table["error"][1].as_py()


@pytest.mark.parametrize("column", [pa.array([1]), pa.array([["a"]]), pa.array([True]).dictionary_encode()])
def test_other_columns_are_refused_in_words(n, column):
    with pytest.raises(TypeError, match="holds no documents; cast it"):
        n.array(column)
    for other in ("圖書", ["圖書"], None):
        with pytest.raises(TypeError, match="an Arrow column is needed"):
            n.outcomes(other)


def test_a_stream_that_fails_raises_its_error(n):
    def batches():
        yield pa.record_batch([["圖書"]], names=["t"])
        raise RuntimeError("the source is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"t": pa.string()}), batches())
    with pytest.raises(ValueError, match="the source is gone"):
        n.array(reader)


def test_polars(n, rows):
    series = polars.Series("t", rows)
    assert polars.Series(n.array(series)).to_list() == expected(n, rows)
    frame = polars.DataFrame(n.outcomes(series))
    assert frame.columns == COLUMNS and frame["text"].to_list() == expected(n, rows)
    assert frame["gloss"].dtype == polars.Int64
    assert polars.Series(n.array(polars.DataFrame({"t": rows}))).to_list() == expected(n, rows)
    kinds = polars.Series(["書", "书", "圖"], dtype=polars.Categorical)
    assert polars.Series(n.array(kinds)).to_list() == ["书", "书", "图"]


def test_pandas(n, rows):
    for dtype in ("str", "string", pandas.ArrowDtype(pa.large_string())):
        series = pandas.Series(rows, dtype=dtype)
        back = pandas.Series.from_arrow(n.array(series))
        assert [None if pandas.isna(text) else text for text in back] == expected(n, rows)
        frame = pandas.DataFrame.from_arrow(n.outcomes(series))
        assert list(frame.columns) == COLUMNS
    kinds = pandas.Series(["書", "书", "圖"], dtype="category")
    assert list(pandas.Series.from_arrow(n.array(kinds))) == ["书", "书", "图"]


def test_duckdb(n, rows):
    source = pa.table({"t": pa.array(rows), "k": list(range(len(rows)))})
    done = n.outcomes(duckdb.sql("select t from source order by k"))
    found = duckdb.sql("select text, changed, gloss from done").fetchall()
    assert [row[0] for row in found] == expected(n, rows)
    assert duckdb.sql("select sum(gloss) from done").fetchall() == [(1,)]


def test_nanoarrow(n, rows):
    column = nanoarrow.Array(rows, nanoarrow.string())
    assert list(nanoarrow.Array(n.array(column)).iter_py()) == expected(n, rows)
    stream = nanoarrow.ArrayStream(n.outcomes(column))
    assert stream.schema.fields[0].name == "text"


def test_schemas_are_told(n):
    assert pa.field(n.array(pa.array(["書"]))).type == pa.string()
    assert pa.schema(n.outcomes(pa.array(["書"]))).names == COLUMNS
    assert "3 rows: Utf8" in repr(n.array(pa.array(["a", "b", None])))


@settings(max_examples=50)
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=20), st.sampled_from(STRINGS), st.integers(1, 3))
def test_any_texts_in_any_chunks(texts, kind, threads):
    cut = len(texts) // 2
    column = pa.chunked_array([pa.array(texts[:cut], kind), pa.array(texts[cut:], kind)])
    back = pa.chunked_array(N.array(column, threads=threads))
    assert back.to_pylist() == expected(N, texts)
    table = pa.table(N.outcomes(column, threads=threads))
    assert table["text"].to_pylist() == back.to_pylist()


def test_real_texts_row_by_row_are_those_of_the_program(n, program, texts, tmp_path):
    rows = []
    for path in texts:
        text = path.read_text(encoding="utf-8")[:300_000]
        rows += [text[start : start + 700] for start in range(0, len(text), 700)]
    for number, text in enumerate(rows):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8", newline="")
    subprocess.run([program, "-q", "--no-sync", "-o", tmp_path / "out", *tmp_path.glob("*.txt")], check=True)
    done = [(tmp_path / "out" / f"{number}.txt").read_text(encoding="utf-8") for number in range(len(rows))]
    column = pa.chunked_array([rows[: len(rows) // 3], rows[len(rows) // 3 :]])
    assert pa.chunked_array(n.array(column, threads=2)).to_pylist() == done
    assert [n(text) for text in rows] == done
