"""Polars: a column of a DataFrame, and a file that is larger than memory. pip install ./python polars pyarrow"""

import tempfile
from pathlib import Path

import polars as pl
from corpus import documents, write_parquet

import jianti

n = jianti.Normalizer()

# A DataFrame in memory.
frame = pl.DataFrame(list(documents(1000)))
outcomes = pl.DataFrame(n.outcomes(frame["text"], threads=0))
frame = frame.with_columns(outcomes["text"]).hstack(outcomes.drop("text"))
print(frame.select("id", "text", "script", "changed", "gloss").head())
assert frame.height == 1000

# A query that streams: batch by batch, in bounded memory.
with tempfile.TemporaryDirectory() as folder:
    source = write_parquet(Path(folder) / "in.parquet", 20_000)
    query = pl.scan_parquet(source).with_columns(
        pl.col("text").map_batches(lambda texts: pl.Series(n.array(texts)), return_dtype=pl.String)
    )
    query.sink_parquet(Path(folder) / "out.parquet")
    done = pl.read_parquet(Path(folder) / "out.parquet")
    print(done.height, "rows:", done["text"][0][:20])
    assert done["id"].to_list() == list(range(20_000))
