"""Engines as they run: a worker that is killed, a poisonous document and a resumed job lose and double nothing, and every
record is what the library makes of it alone. ``scripts/test_engines.sh`` runs it."""

import gzip
import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

import jianti

EXAMPLES = Path(__file__).parents[1] / "examples"
sys.path.append(str(EXAMPLES))
from corpus import documents, write_jsonl, write_parquet  # noqa: E402

ROWS = 6000
# With `format="json"` a document that is none is an error.
POISON = '{"a": "圖書", '


def expected(rows, normalizer=jianti.Normalizer()):
    made = {}
    for row in rows:
        try:
            made[row["id"]] = (normalizer(row["text"]), None)
        except jianti.Error as error:
            made[row["id"]] = (row["text"], str(error))
    return made


class KilledOnce:
    """Does the work on a batch, but then kills its own process, once among all workers."""

    def __init__(self, work, marker):
        self.work, self.marker = work, str(marker)

    def __call__(self, batch):
        done = self.work(batch)
        try:
            os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return done
        os.kill(os.getpid(), signal.SIGKILL)


class KilledAmid:
    """Does the work on a stream of batches, and kills its own process behind the third, once among all workers."""

    def __init__(self, work, marker):
        self.work, self.marker = work, marker

    def __call__(self, batches):
        kill = KilledOnce(lambda batch: batch, self.marker)
        for number, batch in enumerate(self.work(batches)):
            yield kill(batch) if number == 3 else batch


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("with_*.py")))
def test_examples_run_as_written(name, tmp_path):
    module = {"with_hf": "datasets", "with_spark": "pyspark"}.get(name, name.removeprefix("with_"))
    if not importlib.util.find_spec(module):
        pytest.skip(f"{module} is not installed")
    done = subprocess.run([sys.executable, EXAMPLES / f"{name}.py"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Two executors of one core, each a process of its own, as on a cluster.
    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 100)
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join([str(EXAMPLES), str(Path(__file__).parent)]))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def spark_rows(frame):
    rows = frame.collect()
    assert len(rows) == len({row["id"] for row in rows}) == ROWS
    return rows


def test_spark_loses_and_doubles_nothing_when_a_worker_is_killed(spark, tmp_path):
    from jianti.columns import Columns
    from jianti.spark import _Batches, normalize

    rows = list(documents(ROWS))
    frame = spark.createDataFrame(rows, "id long, url string, text string").repartition(8)
    # The frame as `normalize` makes it, with a worker process that kills itself in it.
    done = normalize(frame)
    killed = frame.mapInArrow(KilledAmid(_Batches(Columns("text")), tmp_path / "killed"), done.schema)
    made = {row["id"]: (row["text"], row["jianti_error"]) for row in spark_rows(killed)}
    assert (tmp_path / "killed").exists()
    assert made == expected(rows)
    urls = {row["id"]: row["url"] for row in rows}
    assert all(row["url"] == urls[row["id"]] for row in spark_rows(done))


def test_spark_goes_on_behind_a_poisonous_document(spark):
    from jianti.spark import normalize

    normalizer = jianti.Normalizer(format="json")
    rows = [{"id": number, "url": "", "text": POISON if number % 3 else '{"a": "圖書"}'} for number in range(ROWS)]
    frame = spark.createDataFrame(rows, "id long, url string, text string")
    found = spark_rows(normalize(frame, "text", normalizer))
    assert {row["id"]: (row["text"], row["jianti_error"]) for row in found} == expected(rows, normalizer)
    assert all((row["jianti_open"] is None) == (row["jianti_error"] is not None) for row in found)


def test_spark_says_what_is_wrong(spark):
    from jianti.spark import normalize

    frame = spark.createDataFrame([(1, "圖書")], "id long, text string")
    with pytest.raises(ValueError, match="no column 'body', or more than one; there are id, text"):
        normalize(frame, "body")
    with pytest.raises(TypeError, match="'id' is of bigint, not of strings or binary"):
        normalize(frame, "id")
    with pytest.raises(ValueError, match="a column 'jianti_changed' already"):
        normalize(normalize(frame))
    again = normalize(normalize(frame), prefix="again_").collect()[0]
    assert again["text"] == "图书" and again["jianti_changed"] and not again["again_changed"]
    assert normalize(frame, prefix=None).collect()[0].asDict() == {"id": 1, "text": "图书"}


@pytest.fixture(scope="module")
def ray():
    ray = pytest.importorskip("ray")
    environment = {"env_vars": {"PYTHONPATH": os.pathsep.join([str(EXAMPLES), str(Path(__file__).parent)])}}
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", runtime_env=environment)
    yield ray
    ray.shutdown()


def test_ray_loses_and_doubles_nothing_when_a_worker_is_killed(ray, tmp_path):
    from jianti.ray import Batches

    rows = list(documents(ROWS))
    dataset = ray.data.read_parquet(str(write_parquet(tmp_path / "in.parquet", ROWS)), override_num_blocks=6)
    work = KilledOnce(Batches("text"), tmp_path / "killed")
    found = dataset.map_batches(work, batch_format="pyarrow").take_all()
    assert (tmp_path / "killed").exists() and len(found) == ROWS
    assert {row["id"]: (row["text"], row["jianti_error"]) for row in found} == expected(rows)


@pytest.mark.parametrize("kind", ["pyarrow", "numpy", "pandas"])
def test_ray_goes_on_behind_a_poisonous_document_in_any_format(ray, kind):
    from jianti.ray import Batches

    normalizer = jianti.Normalizer(format="json")
    rows = [{"id": number, "text": POISON if number % 3 else '{"a": "圖書"}'} for number in range(300)]
    found = ray.data.from_items(rows).map_batches(Batches("text", normalizer), batch_format=kind).take_all()
    assert len(found) == 300
    assert {row["id"]: (row["text"], row["jianti_error"]) for row in found} == expected(rows, normalizer)


def datatrove_job(folder, extra=()):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from jianti.datatrove import Normalize

    steps = [JsonlReader(f"{folder}/in"), Normalize(), *extra, JsonlWriter(f"{folder}/out")]
    return LocalPipelineExecutor(pipeline=steps, tasks=6, workers=2, start_method="fork", logging_dir=f"{folder}/logs")


def test_datatrove_resumes_without_losing_or_doubling(tmp_path):
    pytest.importorskip("datatrove")
    (tmp_path / "in").mkdir()
    rows = []
    for part in range(6):
        write_jsonl(tmp_path / "in" / f"{part}.jsonl", 500, seed=part)
        rows += documents(500, seed=part)
    # A run of its own, which is killed when the third task is under way.
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_engines import datatrove_job

def kill(data, rank=0, world_size=1):
    for number, document in enumerate(data):
        if rank == 2 and number == 100:
            os.killpg(0, signal.SIGKILL)
        yield document

datatrove_job({str(tmp_path)!r}, [kill]).run()
"""
    killed = subprocess.run([sys.executable, "-c", code], start_new_session=True, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    completed = len(list((tmp_path / "logs" / "completions").iterdir()))
    assert completed < 6
    datatrove_job(tmp_path).run()
    found = []
    for path in sorted((tmp_path / "out").iterdir()):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += map(json.loads, file)
    # datatrove's reader passes over documents without text.
    texts = [jianti.Normalizer()(row["text"]) for row in rows if row["text"]]
    assert sorted(row["text"] for row in found) == sorted(texts)
    assert all(row["metadata"]["jianti_version"] == jianti.__version__ for row in found)


def test_datatrove_goes_on_behind_a_poisonous_document():
    data = pytest.importorskip("datatrove.data")
    from jianti.datatrove import Normalize

    texts = ["圖書", "\ud800圖書", None, "書"]
    made = list(Normalize().run([data.Document(text=text, id=str(at)) for at, text in enumerate(texts)]))
    assert [document.text for document in made] == ["图书", "\ud800圖書", None, "书"]
    errors = [document.metadata["jianti_error"] for document in made]
    assert errors[0] is errors[3] is None
    assert errors[1].startswith("the text has a lone surrogate") and errors[2].startswith("a str is needed")
    # Always the same names: those of the columns of outcomes.
    columns = pa.table(jianti.Normalizer().outcomes(pa.array(["書"]))).column_names
    names = ["jianti_" + name for name in columns if name != "text"]
    assert all(list(document.metadata) == names for document in made)


def test_datasets_gives_every_record_and_remembers(tmp_path):
    datasets = pytest.importorskip("datasets")
    from jianti.hf import Batches

    rows = list(documents(ROWS))
    source = datasets.Dataset.from_parquet(str(write_parquet(tmp_path / "in.parquet", ROWS)), cache_dir=str(tmp_path))
    arrow = source.with_format("arrow").map(Batches("text"), batched=True, num_proc=2).with_format(None)
    lists = source.map(Batches("text"), batched=True)
    for done in (arrow, lists):
        assert {row["id"]: (row["text"], row["jianti_error"]) for row in done} == expected(rows)
        assert done.num_rows == ROWS
    # The same again is read from the cache: equal arguments have equal fingerprints.
    again = source.map(Batches("text", jianti.Normalizer()), batched=True)
    assert again._fingerprint == lists._fingerprint
    assert source.map(Batches("text", jianti.Normalizer("t2s")), batched=True)._fingerprint != lists._fingerprint
    # What is wrong is said of lists as of Arrow's tables.
    for form in (source, source.with_format("arrow")):
        with pytest.raises(ValueError, match="no column 'body', or more than one; there are id, url, text"):
            form.map(Batches("body"), batched=True)
    with pytest.raises(ValueError, match="a column 'jianti_changed' already"):
        lists.map(Batches("text"), batched=True)
