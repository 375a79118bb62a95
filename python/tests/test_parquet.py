"""Parquet files of several writers go through the command; pyarrow, Polars and DuckDB read them before and after."""

import itertools
import random

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import jianti
from conftest import DOCUMENTS

ROWS = 900
FIELDS = ["text", "tags", "page.body", "pairs"]


def table(rows=ROWS):
    """Strings by themselves, in lists, structs and maps; with nulls; and columns of other kinds."""
    rng = random.Random(0)
    pick = lambda: None if rng.random() < 0.1 else rng.choice(DOCUMENTS)  # noqa: E731
    numbers = range(rows)
    return pa.table(
        {
            "id": pa.array(numbers, pa.int64()),
            "text": pa.array([pick() for _ in numbers], pa.large_string()),
            "source": pa.array([f"關於{number % 9}" for number in numbers]),
            "weights": pa.array([[number / 7] * (number % 4) for number in numbers], pa.list_(pa.float32())),
            "tags": pa.array(
                [None if n % 7 == 0 else [pick() for _ in range(n % 5)] for n in numbers],
                pa.list_(pa.string()),
            ),
            "page": pa.array([{"body": pick(), "title": "題"} if n % 11 else None for n in numbers]),
            "pairs": pa.array(
                [[(f"鍵{n % 3}", pick())] for n in numbers], pa.map_(pa.string(), pa.string())
            ),
        },
        metadata={"來源": "圖書"},
    )


@pytest.fixture(scope="module")
def alone():
    """What each document becomes alone."""
    n = jianti.Normalizer()
    return {document: n(document) for document in DOCUMENTS} | {None: None}


def expected(before, alone):
    def tags(row):
        return row and [alone[tag] for tag in row]

    def page(row):
        return row and {**row, "body": alone[row["body"]]}

    columns = before.to_pydict()
    columns["text"] = [alone[text] for text in columns["text"]]
    columns["tags"] = [row if row is None else tags(row) for row in columns["tags"]]
    columns["page"] = [page(row) for row in columns["page"]]
    if "pairs" in columns:
        columns["pairs"] = [[(key, alone[value]) for key, value in row] for row in columns["pairs"]]
    return columns


def check(source, target, alone):
    before = parquet.read_table(source)
    after = parquet.read_table(target, page_checksum_verification=True)
    assert after.schema.equals(before.schema, check_metadata=True)
    wanted = expected(before, alone)
    assert after.to_pydict() == wanted
    old, new = parquet.ParquetFile(source).metadata, parquet.ParquetFile(target).metadata
    assert (old.num_row_groups, old.created_by, old.metadata) == (new.num_row_groups, new.created_by, new.metadata)
    for group, column in itertools.product(range(old.num_row_groups), range(old.num_columns)):
        one, other = old.row_group(group).column(column), new.row_group(group).column(column)
        assert (one.path_in_schema, one.compression, one.encodings, one.num_values) == (
            other.path_in_schema,
            other.compression,
            other.encodings,
            other.num_values,
        )
        if one.path_in_schema in ("id", "source") or one.path_in_schema.startswith("weights"):
            assert one.statistics == other.statistics
    # Their own readers, which skip what statistics and filters tell them to.
    frame, relation = polars.scan_parquet(target), duckdb.connect().read_parquet(str(target))
    assert frame.select("text").collect()["text"].to_list() == wanted["text"]
    assert relation.select("page.body").fetchall() == [(row and row["body"],) for row in wanted["page"]]
    for text in ("图书馆里静悄悄。", "圖書館裏靜悄悄。"):
        count = wanted["text"].count(text)
        assert frame.filter(polars.col("text") == text).collect().height == count
        assert len(relation.filter(f"text = '{text}'").fetchall()) == count


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd", "lz4"])
def test_files_of_pyarrow(convert, tmp_path, alone, codec, version):
    source = tmp_path / "a.parquet"
    for dictionary, index, rows in itertools.product([True, False], [True, False], [200, ROWS]):
        parquet.write_table(
            table(),
            source,
            compression=codec,
            data_page_version=version,
            use_dictionary=dictionary,
            write_page_index=index,
            write_page_checksum=index,
            row_group_size=rows,
            data_page_size=4000,
        )
        check(source, convert(source, FIELDS), alone)


@pytest.mark.parametrize("encoding", ["PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"])
def test_encodings(convert, tmp_path, alone, encoding):
    source = tmp_path / "a.parquet"
    for version in ("1.0", "2.0"):
        parquet.write_table(
            table(),
            source,
            use_dictionary=False,
            column_encoding={"text": encoding, "page.body": encoding, "source": encoding},
            data_page_version=version,
        )
        check(source, convert(source, FIELDS), alone)


@pytest.mark.parametrize("codec", ["uncompressed", "snappy", "gzip", "zstd", "lz4"])
def test_files_of_polars(convert, tmp_path, alone, codec):
    source = tmp_path / "a.parquet"
    frame = polars.from_arrow(table().drop(["pairs"]))
    for rows, statistics in itertools.product([None, 200], [True, False, "full"]):
        frame.write_parquet(source, compression=codec, row_group_size=rows, statistics=statistics)
        there = [field for field in FIELDS if field != "pairs"]
        check(source, convert(source, there), alone)


@pytest.mark.parametrize("codec", ["uncompressed", "snappy", "gzip", "zstd", "lz4_raw"])
def test_files_of_duckdb(convert, tmp_path, alone, codec):
    source = tmp_path / "a.parquet"
    connection = duckdb.connect()
    connection.register("rows", table(5000))
    for version, size in itertools.product(["V1", "V2"], [1, 100_000]):  # without a dictionary, and with its filter
        connection.execute(
            f"copy rows to '{source}' (format parquet, compression {codec}, parquet_version {version}, "
            f"row_group_size 2048, dictionary_size_limit {size})"
        )
        check(source, convert(source, FIELDS), alone)


def test_files_without_strings_stay(convert, tmp_path):
    source = tmp_path / "a.parquet"
    for texts in ([], [None] * 10, [""] * 5, ["已经是简体。"]):
        for dictionary in (True, False):
            parquet.write_table(pa.table({"text": pa.array(texts, pa.string())}), source, use_dictionary=dictionary)
            assert convert(source, ["text"]).read_bytes() == source.read_bytes()


def test_large_strings(convert, tmp_path):
    source = tmp_path / "a.parquet"
    texts = ["圖書館裏靜悄悄。\n" * 300_000, "關於" * 2_000_000] * 2
    parquet.write_table(pa.table({"text": texts}), source)
    after = parquet.read_table(convert(source, ["text"]))["text"].to_pylist()
    assert after == ["图书馆里静悄悄。\n" * 300_000, "关于" * 2_000_000] * 2


def test_the_library_reads_them_too(tmp_path, alone):
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    parquet.write_table(table(), source)
    result, outcome = jianti.Normalizer(fields=FIELDS).bytes(source.read_bytes())
    target.write_bytes(result)
    check(source, target, alone)
    assert outcome.format == "parquet" and outcome.changed
    with pytest.raises(jianti.UnsupportedError):
        jianti.Normalizer().bytes(source.read_bytes())
    with pytest.raises(jianti.FormatError, match="they are text, source, tags"):
        jianti.Normalizer(fields=["titel"]).bytes(source.read_bytes())
