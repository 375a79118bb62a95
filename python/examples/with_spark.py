"""Spark: a column of a DataFrame, with the outcomes as columns. pip install ./python pyspark pyarrow pandas; Java 17 or later"""

import os
import sys
import tempfile
from pathlib import Path

from corpus import write_jsonl
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

import jianti
import jianti.spark

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers of the environment that this runs in
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")

with tempfile.TemporaryDirectory() as folder:
    frame = spark.read.json(str(write_jsonl(Path(folder) / "in.jsonl", 5000)))
    done = jianti.spark.normalize(frame, "text", jianti.Normalizer())
    done.write.parquet(f"{folder}/out")

    done = spark.read.parquet(f"{folder}/out")
    done.groupBy("jianti_script").agg(f.count("*"), f.sum("jianti_gloss"), f.count("jianti_error")).show()
    assert done.count() == 5000 and done.select("id").distinct().count() == 5000

spark.stop()
