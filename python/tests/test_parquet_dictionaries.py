"""Parquet files whose dictionaries hold one name in several scripts, as mixed corpora do: each is there once afterwards."""

import itertools
import random

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import jianti

NAMES = ["臺灣", "台灣", "台湾", "圖書館", "图书馆", "關於", "关于", "裏面", "裡面", "里面", "", "data"]
FIELDS = ["place", "kind", "tags"]


def table(rows, seed=0):
    """Strings in runs and by themselves, a dictionary of Arrow's, lists; with nulls, and with strings that fill a page."""
    rng = random.Random(seed)
    pick = lambda: None if rng.random() < 0.1 else rng.choice(NAMES)  # noqa: E731
    places = []
    while len(places) < rows:
        places += [pick()] * rng.choice([1, 1, 2, 30])
    places = places[:rows]
    long = [place and (f"{place}第{rng.randrange(rows)}號" if n > rows // 2 else place) for n, place in enumerate(places)]
    return pa.table(
        {
            "id": pa.array(range(rows)),
            "place": pa.array(long),
            "kind": pa.array([pick() for _ in range(rows)]).dictionary_encode(),
            "tags": pa.array([None if n % 7 == 0 else [pick() for _ in range(n % 4)] for n in range(rows)]),
        }
    )


@pytest.fixture(scope="module")
def simple():
    n = jianti.Normalizer()
    known = {None: None}

    def simple(text):
        if text not in known:
            known[text] = n(text)
        return known[text]

    assert len({simple(name) for name in NAMES}) == 6
    return simple


def expected(before, simple):
    columns = before.to_pydict()
    for name in ("place", "kind"):
        columns[name] = [simple(text) for text in columns[name]]
    columns["tags"] = [tags and [simple(tag) for tag in tags] for tags in columns["tags"]]
    return columns


def check(source, target, simple):
    """What pyarrow, pandas, Polars and DuckDB make of it: the strings, and dictionaries without doubles."""
    before = parquet.read_table(source)
    after = parquet.read_table(target, page_checksum_verification=True)
    assert after.schema.equals(before.schema, check_metadata=True)
    wanted = expected(before, simple)
    assert after.to_pydict() == wanted
    # pyarrow reads no dictionary where a page is in DELTA_LENGTH_BYTE_ARRAY, as DuckDB writes them.
    metadata = parquet.ParquetFile(source).metadata
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    is_delta = any("DELTA_LENGTH_BYTE_ARRAY" in group.column(1).encodings for group in groups)
    dictionaries = ["kind", "tags.list.element"] + ["place"] * (not is_delta)
    read = parquet.read_table(target, read_dictionary=dictionaries)
    assert read.to_pydict() == wanted
    frame = read.select(["place", "kind"]).to_pandas()
    for name in ("place", "kind"):
        if name in dictionaries:
            for chunk in read[name].chunks:
                assert len(set(chunk.dictionary.to_pylist())) == len(chunk.dictionary)
            assert frame[name].cat.categories.is_unique
        assert [None if pandas.isna(text) else text for text in frame[name]] == wanted[name]
    counts = {text: wanted["kind"].count(text) for text in set(wanted["kind"])}
    assert frame.groupby("kind", observed=True).size().to_dict() == {k: v for k, v in counts.items() if k is not None}

    scan = polars.scan_parquet(target)
    assert scan.collect()["place"].to_list() == wanted["place"]
    assert scan.collect()["kind"].cast(polars.String).to_list() == wanted["kind"]
    assert scan.collect()["tags"].to_list() == wanted["tags"]
    assert dict(scan.group_by("kind").len().collect().iter_rows()) == counts
    assert scan.filter(polars.col("place") == "台湾").collect().height == wanted["place"].count("台湾")

    relation = duckdb.connect().read_parquet(str(target))
    assert relation.order("id").select("place, kind, tags").fetchall() == list(
        zip(wanted["place"], wanted["kind"], wanted["tags"], strict=True)
    )
    assert dict(relation.aggregate("kind, count(*)").fetchall()) == counts
    for text in ("台湾", "臺灣"):
        assert len(relation.filter(f"place = '{text}'").fetchall()) == wanted["place"].count(text)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd", "lz4"])
def test_files_of_pyarrow(convert, tmp_path, simple, codec, version):
    source = tmp_path / "a.parquet"
    for seed, (limit, index, rows) in enumerate(itertools.product([200, 2000, 1 << 20], [True, False], [400, 3000])):
        parquet.write_table(
            table(3000, seed),
            source,
            compression=codec,
            data_page_version=version,
            dictionary_pagesize_limit=limit,
            write_page_index=index,
            write_page_checksum=index,
            row_group_size=rows,
            data_page_size=500,
            write_batch_size=100,
        )
        target = convert(source, FIELDS)
        check(source, target, simple)


def test_files_of_polars_and_duckdb(convert, tmp_path, simple):
    source = tmp_path / "a.parquet"
    rows = table(5000)
    frame = polars.from_arrow(rows.set_column(2, "kind", rows["kind"].cast(pa.string())))
    for codec, size in itertools.product(["uncompressed", "snappy", "zstd"], [None, 700]):
        frame.write_parquet(source, compression=codec, row_group_size=size)
        target = convert(source, FIELDS)
        check(source, target, simple)
    connection = duckdb.connect()
    connection.register("rows", frame.to_arrow())
    for codec, version in itertools.product(["uncompressed", "snappy", "zstd"], ["V1", "V2"]):
        connection.execute(
            f"copy rows to '{source}' (format parquet, compression {codec}, parquet_version {version}, row_group_size 2048)"
        )
        target = convert(source, FIELDS)
        check(source, target, simple)


def test_a_dictionary_of_which_one_string_is_left(convert, tmp_path):
    source = tmp_path / "a.parquet"
    for version in ("1.0", "2.0"):
        texts = ["臺灣", "台灣", "台湾"] * 50
        nothing = pa.array([None] * 150, pa.string())
        rows = pa.table({"place": texts, "kind": pa.array(texts).dictionary_encode(), "tags": nothing})
        parquet.write_table(rows, source, data_page_version=version)
        target = convert(source, FIELDS)
        read = parquet.read_table(target, read_dictionary=["place"])
        assert read["place"].to_pylist() == read["kind"].to_pylist() == ["台湾"] * 150
        assert read["place"].chunk(0).dictionary.to_pylist() == ["台湾"]
        assert polars.read_parquet(target)["place"].to_list() == ["台湾"] * 150
        assert duckdb.connect().read_parquet(str(target)).select("place").fetchall() == [("台湾",)] * 150
