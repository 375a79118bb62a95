"""What the tests share. ``JIANTI_PROGRAM`` is the native program; ``JIANTI_TEXTS`` the folder of real texts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import jianti

DATA = Path(__file__).parents[2] / "tests" / "data"

# Traditional, mixed, damaged, simplified, in other languages, nothing.
DOCUMENTS = [
    "圖書館裏靜悄悄。",
    "王乾先生回到漁村，学校还在: 校門口掛著那口銅鐘，牆上寫著\"开學(xué)典禮\". 沒有人回答?：ｏL從窗口吹进來。",
    "今天的天氣,真好!我們去河邊散步……\n晚上再見.",
    "这里已经是简体中文，一个字也不用改。",
    "図書館は静かです。本を読みましょう。",
    "Plain English, with a comma.",
    "",
    "鍥句功棣嗛噷鐨勪功",
    '<p title="頭髮">頭<b>髮</b></p>',
    '{"title": "圖書", "url": "https://example.org/圖書"}',
    "表\t裡\r\n面\u0000麵",
    "𠀀𪚥 關於 😀 emoji",
]


@pytest.fixture(scope="session")
def n():
    return jianti.Normalizer()


@pytest.fixture(scope="session")
def documents():
    return list(DOCUMENTS)


@pytest.fixture(scope="session")
def command():
    """The command that the wheel installed beside this Python."""
    return str(Path(sys.executable).with_name("jianti"))


@pytest.fixture(scope="session")
def program():
    path = os.environ.get("JIANTI_PROGRAM")
    if not path:
        pytest.skip("JIANTI_PROGRAM does not name the native program")
    return path


@pytest.fixture(scope="session")
def convert(program):
    """Has the program convert columns of a Parquet file, with more options; returns the result's path."""

    def convert(source, fields, *options):
        target = source.with_name(f"out.{source.name}")
        target.unlink(missing_ok=True)
        named = [argument for field in fields for argument in ("--field", field)]
        arguments = [program, "-q", "--no-sync", str(source), "-o", str(target), *named, *options]
        done = subprocess.run(arguments, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        return target

    return convert


@pytest.fixture(scope="session")
def texts():
    path = os.environ.get("JIANTI_TEXTS")
    if not path:
        pytest.skip("JIANTI_TEXTS does not name the folder of real texts")
    return sorted(Path(path).glob("*.txt"))
