"""DuckDB: Parquet in, Parquet out, batch by batch. pip install ./python duckdb pyarrow"""

import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
from corpus import write_parquet

import jianti
from jianti.columns import Columns

with tempfile.TemporaryDirectory() as folder:
    source = write_parquet(Path(folder) / "in.parquet", 20_000)

    # A query's result as a table of outcomes, which SQL names by its variable.
    outcomes = jianti.Normalizer().outcomes(duckdb.sql(f"select text from '{source}'"), threads=0)
    print(duckdb.sql("select script, count(*) as documents, sum(gloss) as glosses from outcomes group by all order by all"))

    # All columns, in bounded memory: a stream of batches through Columns.
    reader = duckdb.sql(f"select * from '{source}'").to_arrow_reader(10_000)
    columns = Columns("text", threads=0)
    schema = columns(reader.schema.empty_table()).schema
    done = pa.RecordBatchReader.from_batches(schema, map(columns, reader))
    target = Path(folder) / "out.parquet"
    duckdb.connect().sql("select * from done").write_parquet(str(target))  # the first connection reads meanwhile
    (rows,) = duckdb.sql(f"select count(*), count(distinct id), count(jianti_error) from '{target}'").fetchall()
    print(rows)
    assert rows == (20_000, 20_000, 0)
