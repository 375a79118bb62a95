"""What the pages say in code runs."""

import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["README.md", "README_zh-CN.md"])
def test_the_readme_can_be_followed(page, tmp_path, documents, n):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [block for block in blocks if "jianti.Normalizer()" in block]
    source = pa.table({"id": range(len(documents)), "text": documents})
    parquet.write_table(source, tmp_path / "corpus.parquet")
    subprocess.run([sys.executable, "-c", block], cwd=tmp_path, check=True)
    done = parquet.read_table(tmp_path / "simplified.parquet")
    assert done["id"].to_pylist() == source["id"].to_pylist()
    assert done["text"].to_pylist() == [n(text) for text in documents]


def test_the_page_shows_what_explain_prints():
    import jianti

    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    text, shown = re.search(r'>>> print\(jianti.explain\("(.*?)"\)\)\n(.*?)…', page, re.DOTALL).groups()
    assert str(jianti.explain(text)).startswith(shown.rstrip("\n"))


def test_the_page_lists_every_column():
    import jianti

    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    table = pa.table(jianti.Normalizer().outcomes(pa.array(["書"])))
    for name in table.column_names:
        assert f"`{name}`" in page
