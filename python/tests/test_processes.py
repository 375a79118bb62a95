"""Processes that are forked, and calls that are interrupted."""

import gzip
import multiprocessing
import os
import signal
import subprocess
import sys
import threading

import pyarrow as pa
import pytest

import jianti

LINE = "圖書館裏靜悄悄，沒有人說話。會(huì)議\n"
ROWS = [LINE * 20] * 2000
PACKED = gzip.compress((LINE * 60_000).encode(), compresslevel=1)  # large enough for threads, if there were any


def work(n):
    table = pa.table(n.outcomes(pa.array(ROWS), threads=4))
    packed, outcome = n.bytes(PACKED, name="a.txt.gz")
    return table["text"][-1].as_py(), sum(table["gloss"].to_pylist()), len(gzip.decompress(packed)), outcome.repairs


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_forked_after_threads_have_run_does_not_hang(n):
    expected = work(n)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(work, [n] * 4).get(timeout=120) == [expected] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_forked_while_threads_run_does_not_hang(n):
    expected = work(n)
    ended = threading.Event()

    def busy():
        while not ended.is_set():
            n.outcomes(pa.array(ROWS[:200]), threads=4)

    thread = threading.Thread(target=busy)
    thread.start()
    try:
        with multiprocessing.get_context("fork").Pool(2) as pool:
            assert pool.map_async(work, [n] * 2).get(timeout=120) == [expected] * 2
    finally:
        ended.set()
        thread.join()


def test_spawned_processes_take_it_along(n):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply_async(n, ["圖書館"]).get(timeout=120) == "图书馆"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
@pytest.mark.parametrize("threads", [1, 3])
def test_bulk_can_be_interrupted(threads):
    # Without an interruption it would work for many minutes.
    code = f"""
import pyarrow as pa, jianti
print("begun", flush=True)
column = pa.chunked_array([pa.array([{LINE!r} * 2000] * 100)] * 1000)
jianti.Normalizer().outcomes(column, threads={threads})
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        threading.Timer(1, process.send_signal, [signal.SIGINT]).start()
        errors = process.communicate(timeout=60)[1]
    assert b"KeyboardInterrupt" in errors and process.returncode in (1, -signal.SIGINT)


def test_importing_does_not_import_what_is_heavy():
    code = "import sys, jianti; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pyarrow", "numpy", "pandas", "polars", "asyncio", "dataclasses", "inspect"} & set(modules)
