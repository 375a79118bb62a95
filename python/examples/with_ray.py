"""Ray Data: a function for map_batches. pip install ./python "ray[data]" """

import tempfile
from pathlib import Path

import ray
from corpus import write_parquet

import jianti
from jianti.ray import Batches

ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")

with tempfile.TemporaryDirectory() as folder:
    dataset = ray.data.read_parquet(str(write_parquet(Path(folder) / "in.parquet", 5000)))
    done = dataset.map_batches(Batches("text", jianti.Normalizer()), batch_format="pyarrow")
    done.write_parquet(f"{folder}/out")

    rows = ray.data.read_parquet(f"{folder}/out").take_all()
    print(len(rows), "rows;", sum(row["jianti_changed"] for row in rows), "changed:", rows[0]["text"][:20])
    assert sorted(row["id"] for row in rows) == list(range(5000))

ray.shutdown()
