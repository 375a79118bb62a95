"""The command that the wheel installs behaves as the native program."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import jianti
from conftest import DATA

unix = pytest.mark.skipif(sys.platform == "win32", reason="as shells have it elsewhere")


def run(program, *arguments, **options):
    done = subprocess.run([program, *arguments], capture_output=True, **options)
    return done.returncode, done.stdout, done.stderr


def both(command, program, *arguments, **options):
    one, other = run(command, *arguments, **options), run(program, *arguments, **options)
    assert one == other
    return one


def test_the_version_is_the_program_s(command, program):
    code, out, _ = both(command, program, "--version")
    assert code == 0 and out.decode().split() == ["jianti", jianti.__version__]
    module = run(sys.executable, "-m", "jianti", "--version")
    assert module == (0, out, b"")


def test_standard_input_and_exit_codes(command, program, tmp_path):
    text = "圖書館裏靜悄悄。"
    assert both(command, program, input=text.encode()) == (0, "图书馆里静悄悄。".encode(), b"")
    file = tmp_path / "a.txt"
    file.write_text(text)
    assert both(command, program, "-q", "--check", str(file))[0] == 1
    assert both(command, program, "-q", "--diff", str(file))[0] == 1  # as --check has it
    assert both(command, program, "--no-such-option")[0] == 2
    assert both(command, program, str(tmp_path / "none"))[0] == 2
    assert both(command, program, input=b"\xff\xff\x00")[0] == 2


@unix
def test_names_that_are_no_utf8(command, program, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(name)).write_text("圖書")
    assert both(command, program, name)[:2] == (0, "图书".encode())


@unix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams(command, program, tmp_path, closed):
    file = tmp_path / "a.txt"
    file.write_text("圖書館")
    for arguments in (f"{file}", f"-o {tmp_path}/out {file}", ""):
        results = []
        for which in (command, program):
            script = f"exec '{which}' -q --no-sync {arguments} {closed}"
            done = subprocess.run(["sh", "-c", script], capture_output=True, input=b"\xe5\x9c\x96")
            made = sorted(path.read_bytes() for path in tmp_path.glob("out/*"))
            results.append((done.returncode, done.stdout, done.stderr, made))
        assert results[0] == results[1]


@unix
def test_a_reader_that_leaves_is_no_failure(command, program, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("圖書館裏靜悄悄。\n" * 200_000)
    for which in (command, program):
        script = f"{{ '{which}' '{file}'; echo $? >'{tmp_path}/code'; }} | head -c 30"
        done = subprocess.run(["sh", "-c", script], capture_output=True)
        assert done.stdout == "图书馆里静悄悄。\n图书".encode()[:30] and done.stderr == b""
        assert (tmp_path / "code").read_text() == "0\n"


@unix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_a_failure(command, program):
    for which in (command, program):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([which], input="圖書".encode(), stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 2 and b"standard output" in done.stderr


def wait_until_it_listens(process):
    signals = sum(1 << (number - 1) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        time.sleep(5)
        return
    while process.poll() is None:
        caught = int(re.search(r"^SigCgt:\s*(\w+)", status.read_text(), re.MULTILINE)[1], 16)
        if caught & signals == signals:
            return
        time.sleep(0.01)


@unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it(command, program, number):
    codes = []
    for which in (command, program):
        with subprocess.Popen([which], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write("圖書館裏靜悄悄。\n".encode() * 1_000)  # which fits into a pipe, as what comes of it does
            process.stdin.flush()
            wait_until_it_listens(process)
            process.send_signal(number)
            process.wait(timeout=60)  # before its input ends, at which it might be done first
            errors = process.communicate()[1]
        assert b"Traceback" not in errors
        codes.append((process.returncode, errors))
    assert codes[0] == codes[1] and codes[0][0] == 130


@unix
def test_an_interrupted_run_leaves_no_half_written_file(command, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    text = "圖書館裏靜悄悄，沒有人說話。會(huì)議\n" * 20_000
    for number in range(200):
        (source / f"{number}.txt").write_text(text)
    with subprocess.Popen([command, "-q", "-o", tmp_path / "out", source], stderr=subprocess.PIPE) as process:
        while not any((tmp_path / "out").glob("*.txt")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and b"Traceback" not in errors
    whole = len(jianti.Normalizer()(text).encode())
    assert {path.stat().st_size for path in (tmp_path / "out").iterdir()} <= {whole}


def test_documents_of_every_format_are_those_of_the_program(n, program, tmp_path):
    failed = 0
    documents = [path for path in sorted((DATA / "documents").iterdir()) if path.is_file()]
    assert len(documents) > 20
    for path in documents:
        code = subprocess.run([program, "-q", "--no-sync", "-o", tmp_path, path], capture_output=True).returncode
        try:
            result = n.bytes(path.read_bytes(), name=path.name)[0]
        except jianti.Error:
            failed += 1
            assert code == 2 or (tmp_path / path.name).read_bytes() == path.read_bytes()
            continue
        assert code == 0 and result == (tmp_path / path.name).read_bytes(), path
    assert failed < len(documents) / 4


def test_real_texts_are_those_of_the_program(n, program, texts):
    for path in texts:
        done = subprocess.run([program, path], capture_output=True, check=True).stdout
        assert n.bytes(path.read_bytes())[0] == done, path
        assert n(path.read_text(encoding="utf-8")).encode() == done, path
