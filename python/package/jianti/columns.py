"""A table with a column normalized and its outcomes beside it: what the engines have in common. Needs pyarrow."""

from typing import Optional, TypeVar

import pyarrow as pa

from . import Normalizer

Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


class Columns:
    """Normalizes one column of pyarrow tables and record batches.

    Called with a table or a record batch it returns the same with ``column`` normalized (same type, same place) and, behind
    the others, the columns of outcomes, their names behind ``prefix``: ``jianti_error``, ``jianti_changed`` and so on. Rows
    stay in their order; none is lost or added. A document that cannot be normalized stays as it is, with its
    ``jianti_error``. It pickles as its arguments.

    A call raises ValueError if there is no such column, or more than one, or if a column has the name of an outcome, and
    TypeError for a column of a type that holds no documents.

    column
        The column's name.
    normalizer
        The Normalizer; default options if None.
    prefix
        What the names of outcome columns begin with; None for no such columns.
    threads
        How many threads work on a call, 0 for one per processor; engines with processes of their own need 1.
    """

    def __init__(
        self,
        column: str = "text",
        normalizer: Optional[Normalizer] = None,
        *,
        prefix: Optional[str] = "jianti_",
        threads: int = 1,
    ) -> None:
        self.column = column
        self.normalizer = normalizer or Normalizer()
        self.prefix = prefix
        self.threads = threads

    def __call__(self, table: Rows) -> Rows:
        place = table.schema.get_field_index(self.column)
        if place < 0:
            names = ", ".join(table.schema.names)
            raise ValueError(f"there is no column {self.column!r}, or more than one; there are {names}")
        column = table.column(place)
        field = table.schema.field(place)
        if self.prefix is None:
            done = pa.chunked_array(self.normalizer.array(column, threads=self.threads))
            return self._like(table, self._replaced(table, place, field, done, []))
        outcomes = pa.table(self.normalizer.outcomes(column, threads=self.threads))
        told = [
            (self.prefix + name, outcomes.column(name))
            for name in outcomes.column_names
            if name != "text"
        ]
        there = sorted(set(table.schema.names) & {name for name, _ in told})
        if there:
            raise ValueError(f"there is a column {there[0]!r} already: choose another prefix")
        done = outcomes.column("text")
        return self._like(table, self._replaced(table, place, field, done, told))

    @staticmethod
    def _replaced(table, place, field, done, told):
        if isinstance(table, pa.RecordBatch):
            table = pa.Table.from_batches([table])
        # Of a dictionary the outcomes have the plain text.
        table = table.set_column(place, field.with_type(done.type), done)
        for name, column in told:
            table = table.append_column(name, column)
        return table

    @staticmethod
    def _like(table, done):
        if not isinstance(table, pa.RecordBatch):
            return done
        batches = done.combine_chunks().to_batches()
        return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=done.schema)
