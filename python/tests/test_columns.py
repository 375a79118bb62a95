"""Tables of pyarrow with a column normalized and its outcomes behind the others."""

import pickle

import pyarrow as pa
import pytest

from jianti.columns import Columns


@pytest.fixture
def table(documents):
    return pa.table({"id": range(len(documents)), "text": documents, "url": [f"圖書/{text}" for text in documents]})


def test_a_table_keeps_its_rows_and_other_columns(n, table):
    outcomes = pa.table(n.outcomes(table["text"]))
    done = Columns()(table)
    told = ["jianti_" + name for name in outcomes.column_names if name != "text"]
    assert done.column_names == [*table.column_names, *told]
    assert done["text"].to_pylist() == outcomes["text"].to_pylist() != table["text"].to_pylist()
    assert done["id"].equals(table["id"]) and done["url"].equals(table["url"])
    for name in told:
        assert done[name].equals(outcomes[name.removeprefix("jianti_")])
    bare = Columns(prefix=None)(table)
    assert bare.schema == table.schema and bare["text"].equals(done["text"])
    batch = Columns()(table.to_batches()[0])
    assert isinstance(batch, pa.RecordBatch) and pa.Table.from_batches([batch]).equals(done.combine_chunks())
    assert pickle.loads(pickle.dumps(Columns()))(table).equals(done)


def test_what_is_wrong_is_said(table):
    with pytest.raises(ValueError, match="no column 'body', or more than one; there are id, text, url"):
        Columns("body")(table)
    with pytest.raises(ValueError, match="no column 'text', or more than one; there are id, text, url, text"):
        Columns()(table.append_column("text", table["url"]))
    with pytest.raises(ValueError, match="a column 'jianti_changed' already: choose another prefix"):
        Columns()(Columns()(table))
    with pytest.raises(TypeError, match="a column of Int64 holds no documents"):
        Columns("id")(table)


@pytest.mark.parametrize("prefix", ["jianti_", None])
def test_as_many_threads_work_as_are_asked_for(n, table, prefix):
    asked = []

    class Spy:
        def array(self, column, *, threads):
            asked.append(threads)
            return n.array(column, threads=threads)

        def outcomes(self, column, *, threads):
            asked.append(threads)
            return n.outcomes(column, threads=threads)

    made = [Columns("text", Spy(), prefix=prefix, threads=threads)(table) for threads in (1, 3, 0)]
    assert asked == [1, 3, 0]
    assert all(done.equals(made[0]) for done in made)
