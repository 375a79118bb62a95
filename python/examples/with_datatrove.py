"""datatrove: a step between a reader and a writer. pip install ./python "datatrove[io]" """

import json
import gzip
import tempfile
from pathlib import Path

from corpus import write_jsonl
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

import jianti
from jianti.datatrove import Normalize

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").mkdir()
        for part in range(4):
            write_jsonl(Path(folder) / "in" / f"{part}.jsonl", 500, seed=part)
        LocalPipelineExecutor(
            pipeline=[
                JsonlReader(f"{folder}/in"),
                Normalize(jianti.Normalizer()),
                JsonlWriter(f"{folder}/out"),
            ],
            tasks=4,
            workers=2,
            logging_dir=f"{folder}/logs",
        ).run()

        rows = []
        for path in sorted(Path(folder, "out").iterdir()):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                rows += map(json.loads, file)
        print(len(rows), "rows;", sum(row["metadata"]["jianti_changed"] for row in rows), "changed:", rows[0]["text"][:20])
        # Its reader passes over documents without text.
        assert 1900 < len(rows) <= 2000 and {row["metadata"]["jianti_error"] for row in rows} == {None}
