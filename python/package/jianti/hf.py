"""Hugging Face datasets: a function for ``Dataset.map``. Needs pyarrow, which datasets brings along."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from .columns import Columns


class Batches(Columns):
    """Normalizes a column of a dataset: ``dataset.with_format("arrow").map(Batches("text"), batched=True)``.

    Takes batches as Arrow tables, or as mappings of lists (without ``with_format``), and returns the same kind, with the
    column normalized and the outcomes' columns. Its arguments are those of ``Columns``, and it raises the same. Equal arguments
    give an equal fingerprint, so that what was done already is read from the cache of datasets.
    """

    def __call__(self, batch: Any) -> Any:
        if not isinstance(batch, Mapping):
            return super().__call__(batch)
        texts = pa.array(batch.get(self.column, []), pa.large_string())
        # Of the others the names count, and they are not read.
        others = pa.nulls(len(texts))
        done = super().__call__(pa.table({name: texts if name == self.column else others for name in batch}))
        return done.select([self.column, *done.column_names[len(batch) :]]).to_pydict()
