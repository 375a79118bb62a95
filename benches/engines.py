#!/usr/bin/env python3
"""Measures Spark, Ray and datatrove over a corpus: copying alone, jianti, and OpenCC as people use it, row by row.

    scripts/install_python.sh engines python/engines/requirements.txt
    .cache/engines/bin/pip install opencc==1.4.2
    .cache/engines/bin/python benches/engines.py FOLDER-OF-TEXTS [--megabytes 200] [--engines spark,ray,datatrove]

Prints the CPU seconds of all processes of each job and its time, and checks that every record comes back once, as the library
makes it alone; also where a worker is killed amid its work, and with datatrove the whole job, which is then resumed.
FOLDER-OF-TEXTS is .cache/texts, once the gate has fetched them.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = 700  # characters of a document: about 2 KB
WORKS = ["copy", "jianti", "opencc"]


def documents(folder, megabytes):
    """Records of so many megabytes of text: the texts cut at other places each time they are gone through."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))]
    number, left, begin = 0, megabytes * 1_000_000, 0
    while True:
        for text in texts:
            for start in range(begin, len(text), SIZE):
                piece = text[start : start + SIZE]
                if not piece.strip():
                    continue
                yield {"id": number, "text": piece}
                number, left = number + 1, left - len(piece.encode())
                if left < 0:
                    return
        begin += 97


def write(folder, source, megabytes):
    """The corpus in 16 files of JSON Lines; returns how many records it has."""
    files = [open(folder / f"{part:02}.jsonl", "w", encoding="utf-8") for part in range(16)]
    count = 0
    for record in documents(source, megabytes):
        files[count % 16].write(json.dumps(record, ensure_ascii=False) + "\n")
        count += 1
    for file in files:
        file.close()
    return count


class Opencc:
    """OpenCC over a text. A converter cannot be pickled, so that each process makes its own."""

    def __call__(self, text):
        global converter
        if "converter" not in globals():
            import opencc

            converter = opencc.OpenCC("t2s")
        return converter.convert(text)


def spark(source, target, work):
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import udf

    import jianti.spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    session = settings.config("spark.executorEnv.PYTHONPATH", str(Path(__file__).parent)).getOrCreate()
    frame = session.read.schema("id long, text string").json(str(source))
    if work == "jianti":
        frame = jianti.spark.normalize(frame)
    if work == "opencc":
        import engines  # by its name, so that the workers find it

        convert = engines.Opencc()
        frame = frame.withColumn("text", udf(lambda text: convert(text), "string")("text"))
    frame.write.parquet(str(target))
    session.stop()


def ray(source, target, work):
    import ray

    from jianti.ray import Batches

    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")
    data = ray.data.read_json(str(source), lines=True)
    if work == "jianti":
        data = data.map_batches(Batches("text"), batch_format="pyarrow")
    if work == "opencc":
        convert = Opencc()
        data = data.map(lambda row: {**row, "text": convert(row["text"])})
    data.write_parquet(str(target))
    ray.shutdown()


def datatrove(source, target, work):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from jianti.datatrove import Normalize

    class Convert(PipelineStep):
        type, name = "✂️ - FORMAT", "opencc"

        def run(self, data, rank=0, world_size=1):
            convert = Opencc()
            for document in data:
                document.text = convert(document.text)
                yield document

    steps = {"copy": [], "jianti": [Normalize()], "opencc": [Convert()]}[work]
    pipeline = [JsonlReader(str(source)), *steps, JsonlWriter(str(target), compression=None)]
    LocalPipelineExecutor(pipeline=pipeline, tasks=16, workers=2, start_method="fork", logging_dir=str(target) + "-logs").run()


def read(engine, target):
    """The records that a job wrote."""
    if engine == "datatrove":
        for path in sorted(target.iterdir()):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    record = json.loads(line)
                    yield int(record.get("id", 0)), record["text"]  # its writer leaves out what is 0
        return
    import pyarrow.parquet as parquet

    for path in sorted(target.glob("*.parquet")):
        table = parquet.ParquetFile(path).read(["id", "text"])
        yield from zip(table["id"].to_pylist(), table["text"].to_pylist())


def cpu(root, seen):
    """Notes the CPU seconds of a process and of all that it began, as far as they live; returns those that live."""
    tick = os.sysconf("SC_CLK_TCK")
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path("/proc", entry, "stat").read_text().rsplit(") ", 1)[1].split()
            except OSError:
                continue
            parents[int(entry)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / tick)
    family, grown = {root}, True
    while grown:
        more = {pid for pid, (parent, _) in parents.items() if parent in family} - family
        grown, family = bool(more), family | more
    living = family & parents.keys()
    for pid in living:
        seen[pid] = parents[pid][1]
    return living


def kill(engine, root, living, seen, begun):
    """Kills a process that is amid the work; with datatrove, which has no other that would do it again, all of them.
    Returns whether one was. `begun` holds what CPU seconds each had taken when it began with the work."""
    for pid in living - {root} - begun.keys():
        if "_jianti" in maps(pid):
            begun[pid] = seen[pid]
    amid = [pid for pid in living & begun.keys() if seen[pid] - begun[pid] > 0.5]
    for pid in living if amid and engine == "datatrove" else amid[:1]:
        os.kill(pid, signal.SIGKILL)
    return bool(amid)


def maps(pid):
    """Which files a process has mapped."""
    try:
        return Path("/proc", str(pid), "maps").read_text()
    except OSError:
        return ""


def measure(engine, source, target, work, kills=False):
    """Runs a job in processes of its own; its CPU seconds and its time. If `kills`, a worker is killed amid its work."""
    begun = time.perf_counter()
    run = [sys.executable, __file__, "--job", engine, str(source), str(target), work]
    with tempfile.TemporaryFile() as output, subprocess.Popen(run, stdout=output, stderr=output) as process:
        seen, working = {}, {}
        while process.poll() is None:
            living = cpu(process.pid, seen)
            if kills:
                kills = not kill(engine, process.pid, living, seen, working)
            time.sleep(0.05)
        if kills:
            sys.exit(f"{engine}: over before a worker could be killed")
        if process.returncode == -signal.SIGKILL:
            return measure(engine, source, target, work)
        if process.returncode != 0:
            output.seek(0)
            sys.exit(f"{engine}, {work}: failed\n{output.read().decode(errors='replace')[-4000:]}")
    return sum(seen.values()), time.perf_counter() - begun


def check(engine, target, expected, work):
    """That each record is there once; where jianti made them, as the library makes it alone."""
    found = dict.fromkeys(range(len(expected)))
    rows = 0
    for number, text in read(engine, target):
        found[number] = text
        rows += 1
    assert rows == len(expected) and None not in found.values(), f"{engine}, {work}: records are lost or doubled"
    if work == "jianti":
        assert list(found.values()) == expected, f"{engine}: other results"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("texts")
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--engines", default="spark,ray,datatrove")
    given = parser.parse_args()
    import jianti

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.mkdir()
        count = write(source, given.texts, given.megabytes)
        print(f"{count} documents, {given.megabytes} MB of text; CPU seconds (time, s):\n")
        print(f"| | {' | '.join(WORKS)} | jianti without copying, times less than opencc |\n|---|---:|---:|---:|---:|")
        n = jianti.Normalizer()
        expected = [n(record["text"]) for record in documents(given.texts, given.megabytes)]
        for engine in given.engines.split(","):
            taken = {}
            for work in WORKS:
                target = Path(folder, f"{engine}-{work}")
                taken[work] = measure(engine, source, target, work)
                check(engine, target, expected, work)
            target = Path(folder, f"{engine}-killed")
            measure(engine, source, target, "jianti", kills=True)
            check(engine, target, expected, "jianti")
            cells = [f"{seconds:.1f} ({wall:.1f})" for seconds, wall in taken.values()]
            own, theirs = (taken[work][0] - taken["copy"][0] for work in ("jianti", "opencc"))
            print(f"| {engine} | {' | '.join(cells)} | {theirs / own:.2f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        {"spark": spark, "ray": ray, "datatrove": datatrove}[sys.argv[2]](*sys.argv[3:])
    else:
        main()
