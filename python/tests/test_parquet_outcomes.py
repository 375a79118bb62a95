"""Outcomes as columns of Parquet files, by the command: they are those of the package, and all else is as without them."""

import base64
import datetime
import decimal
import itertools
import json
import random
import subprocess

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import jianti
from conftest import DOCUMENTS
from jianti.columns import Columns

OPTION = "--outcome-columns"
ROWS = 700


def table(rows=ROWS, seed=0):
    """Texts beside columns of types that Parquet has none for, and that only the schema of Arrow tells."""
    rng = random.Random(seed)
    documents = [*DOCUMENTS, "老師開會(huì)去了。", "\ufffd圖書", "他在後面。"]
    pick = lambda: None if rng.random() < 0.1 else rng.choice(documents)  # noqa: E731
    numbers = range(rows)
    zone = pa.timestamp("us", "Asia/Taipei")
    start = datetime.datetime(2026, 11, 26)
    columns = {
        "id": pa.array(numbers, pa.int64()),
        "text": pa.array([pick() for _ in numbers], pa.large_string()),
        "kind": pa.array([f"關於{n % 5}" for n in numbers]).dictionary_encode(),
        "when": pa.array([start + datetime.timedelta(hours=n) for n in numbers], zone),
        "took": pa.array([n * 1000 for n in numbers], pa.duration("ms")),
        "view": pa.array([f"裏{n}" for n in numbers], pa.string_view()),
        "cost": pa.array([decimal.Decimal(n) for n in numbers], pa.decimal128(9, 2)),
        "tags": pa.array([None if n % 7 == 0 else [pick()] * (n % 4) for n in numbers], pa.large_list(pa.string())),
        "page": pa.array([{"body": pick(), "size": n % 9} if n % 11 else None for n in numbers]),
    }
    fields = [pa.field(name, column.type, metadata={"說明": name}) for name, column in columns.items()]
    return pa.table(columns, schema=pa.schema(fields, metadata={"來源": "圖書"}))


def check(source, convert, column="text"):
    """What pyarrow, Polars, DuckDB and pandas read: the file as it is without the columns, and the package's columns."""
    plain = convert(source, [column]).rename(source.with_name("plain.parquet"))
    target = convert(source, [column], OPTION)
    before, without = parquet.read_table(source), parquet.read_table(plain)
    after = parquet.read_table(target, page_checksum_verification=True)
    count = len(without.schema)
    told = after.select(range(count, len(after.schema)))
    assert after.select(range(count)).equals(without)
    for one, other in zip(after.schema, without.schema):
        assert one.equals(other, check_metadata=True)
    assert after.schema.metadata == without.schema.metadata

    # The package's own: the same names, types and values.
    wanted = Columns(column)(before).select(told.schema.names)
    assert told.schema.names == [f"jianti_{name}" for name in jianti_names(before[column])]
    assert told.schema.types == wanted.schema.types
    assert told.to_pydict() == wanted.to_pydict()
    required = [field.name for field in told.schema if not field.nullable]
    assert required == ["jianti_changed", "jianti_version"]

    rows = wanted.to_pydict()
    scan, relation = polars.scan_parquet(target), duckdb.connect().read_parquet(str(target))
    assert scan.select(told.schema.names).collect().to_dict(as_series=False) == rows
    if "id" in after.schema.names:
        names = ", ".join(told.schema.names)
        assert relation.order("id").select(names).fetchall() == list(zip(*rows.values()))
    frame = pandas.read_parquet(target)
    assert frame["jianti_changed"].dtype == bool and frame["jianti_changed"].tolist() == rows["jianti_changed"]

    # What is skipped by what tells of columns is skipped rightly.
    for condition, expected in [
        ("jianti_changed", sum(rows["jianti_changed"])),
        ("not jianti_changed", rows["jianti_changed"].count(False)),
        ("jianti_error is null", rows["jianti_error"].count(None)),
        ("jianti_gloss > 0", sum((gloss or 0) > 0 for gloss in rows["jianti_gloss"])),
        ("jianti_gloss > 1000", 0),
        ("jianti_language = 'chinese'", rows["jianti_language"].count("chinese")),
        ("jianti_language is null", rows["jianti_language"].count(None)),
    ]:
        assert len(relation.filter(condition)) == expected, condition
        query = polars.SQLContext(t=scan).execute(f"select count(*) from t where {condition}")
        assert query.collect().item() == expected, condition
    filtered = parquet.read_table(target, columns=["jianti_version"], filters=[("jianti_changed", "=", True)])
    assert filtered.num_rows == sum(rows["jianti_changed"])
    return after


def jianti_names(column):
    names = pa.table(jianti.Normalizer().outcomes(column)).schema.names
    return [name for name in names if name != "text"]


@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd", "lz4"])
def test_files_of_pyarrow(convert, tmp_path, codec):
    source = tmp_path / "a.parquet"
    for seed, (version, index, rows) in enumerate(itertools.product(["1.0", "2.0"], [True, False], [7, ROWS])):
        parquet.write_table(
            table(seed=seed),
            source,
            compression=codec,
            data_page_version=version,
            use_dictionary=seed % 3 > 0,
            write_page_index=index,
            write_page_checksum=index,
            row_group_size=rows,
            data_page_size=2000,
            write_batch_size=50,
        )
        check(source, convert)


def test_files_of_polars_and_duckdb(convert, tmp_path):
    source = tmp_path / "a.parquet"
    frame = polars.from_arrow(table(5000).drop(["kind"]))
    for codec, size in itertools.product(["uncompressed", "snappy", "zstd"], [None, 600]):
        frame.write_parquet(source, compression=codec, row_group_size=size)
        after = check(source, convert)
        assert polars.read_parquet(source.with_name("out.a.parquet")).schema["when"].time_zone == "Asia/Taipei"
        assert after.num_rows == 5000
    connection = duckdb.connect()
    connection.register("rows", frame.drop("took").to_arrow())
    for codec, version in itertools.product(["uncompressed", "snappy", "zstd"], ["V1", "V2"]):
        connection.execute(
            f"copy rows to '{source}' (format parquet, compression {codec}, parquet_version {version}, row_group_size 2048)"
        )
        check(source, convert)


def test_files_of_pandas(convert, tmp_path):
    source = tmp_path / "a.parquet"
    frame = table().select(["text", "kind", "when", "took"]).to_pandas()
    frame.index = pandas.Index([f"第{n}" for n in range(ROWS)], name="編號")
    frame.to_parquet(source)
    check(source, convert)
    read = pandas.read_parquet(source.with_name("out.a.parquet"))
    assert read.index.equals(frame.index) and read.index.name == "編號"
    assert [read[name].dtype for name in frame.columns] == [frame[name].dtype for name in frame.columns]


def test_several_columns_are_one_row(convert, tmp_path):
    source = tmp_path / "a.parquet"
    rows = table()
    n = jianti.Normalizer()
    parquet.write_table(rows, source, row_group_size=100)
    after = parquet.read_table(convert(source, ["text", "tags", "page"], OPTION)).to_pydict()
    before = rows.to_pydict()
    for row in range(ROWS):
        page = before["page"][row]
        texts = [before["text"][row], *(before["tags"][row] or []), page and page["body"]]
        outcomes = [n.normalize(text)[1] for text in texts if text is not None]
        for name in ("gloss", "mojibake", "compatibility"):
            count = sum(outcome.repairs.get(name, 0) for outcome in outcomes) if outcomes else None
            assert after[f"jianti_{name}"][row] == count
        for name in ("lost", "open", "doubtful"):
            count = sum(getattr(outcome, name) for outcome in outcomes) if outcomes else None
            assert after[f"jianti_{name}"][row] == count
        assert after["jianti_changed"][row] == any(outcome.changed for outcome in outcomes)


def test_rows_that_are_no_text(program, tmp_path):
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    data = ["圖書".encode(), b"\xe5\x9c\x96\xff", None, "关于".encode()]
    parquet.write_table(pa.table({"data": pa.array(data, pa.binary())}), source)
    done = subprocess.run([program, "-q", source, "-o", target, "--field", "data", OPTION], capture_output=True)
    assert done.returncode == 2
    after = parquet.read_table(target).to_pydict()
    assert after["data"] == ["图书".encode(), *data[1:]]
    assert after["jianti_error"] == [None, "character 2 of the column data: these bytes are no UTF-8", None, None]
    assert after["jianti_language"] == ["chinese", None, None, "chinese"]
    assert after["jianti_changed"] == [True, False, False, False]
    assert after["jianti_open"] == [0, None, None, 0]


def test_files_without_rows_or_values(convert, tmp_path):
    source = tmp_path / "a.parquet"
    for rows in (0, 3):
        nothing = pa.table({"id": pa.array(range(rows)), "text": pa.array([None] * rows, pa.string())})
        parquet.write_table(nothing, source)
        check(source, convert)
        polars.from_arrow(nothing).write_parquet(source)
        check(source, convert)


def keep(rows, source, kept):
    """Writes a file with this metadata and no other."""
    with parquet.ParquetWriter(source, rows.schema.remove_metadata(), store_schema=False) as writer:
        writer.write_table(rows)
        writer.add_key_value_metadata(kept)


def test_schemas_that_others_keep(convert, tmp_path):
    """Spark reads the schema that it kept and nothing else; Arrow's readers ignore one of other columns, or fail."""
    source = tmp_path / "a.parquet"
    key = "org.apache.spark.sql.parquet.row.metadata"
    fields = [
        {"name": "id", "type": "long", "nullable": True, "metadata": {}},
        {"name": "text", "type": "string", "nullable": True, "metadata": {"說明": "正文"}},
    ]
    rows = table().select(["id", "text"])
    kept = {key: json.dumps({"type": "struct", "fields": fields}, ensure_ascii=False), "other": "值"}
    keep(rows, source, kept)
    metadata = parquet.read_metadata(convert(source, ["text"], OPTION)).metadata
    assert metadata[b"other"] == "值".encode()
    schema = json.loads(metadata[key.encode()])
    assert schema["type"] == "struct" and schema["fields"][:2] == fields
    types = {"string": pa.string(), "boolean": pa.bool_(), "long": pa.int64()}
    wanted = Columns()(rows).schema
    assert [(field["name"], types[field["type"]]) for field in schema["fields"][2:]] == [
        (field.name, field.type) for field in list(wanted)[2:]
    ]
    assert [field["name"] for field in schema["fields"][2:] if not field["nullable"]] == [
        "jianti_changed",
        "jianti_version",
    ]

    # With the columns of another file, and with what is none: pyarrow does not open the file before.
    parquet.write_table(table(), source)
    other = parquet.read_metadata(source).metadata[b"ARROW:schema"]
    for schema in (other, base64.b64encode(b"\xff" * 40), b"?"):
        kept = {"ARROW:schema": schema, key: "{}"}
        keep(rows, source, kept)
        target = convert(source, ["text"], OPTION)
        assert not {b"ARROW:schema", key.encode()} & set(parquet.read_metadata(target).metadata or {})
        assert parquet.read_table(target).num_columns == len(wanted)
