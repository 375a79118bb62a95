"""Ray Data: a function for ``map_batches``. Needs pyarrow."""

from typing import Any

import pyarrow as pa

from .columns import Columns


class Batches(Columns):
    """Normalizes a column of a dataset's batches: ``dataset.map_batches(Batches("text"), batch_format="pyarrow")``.

    Takes batches in any of Ray's formats, of which pyarrow costs least, and returns pyarrow tables: the batch with its column
    normalized and the outcomes' columns behind the others. Its arguments are those of ``Columns``, and it raises the same. A
    worker that dies is replaced by Ray, and its batch done again from the beginning.
    """

    def __call__(self, batch: Any) -> pa.Table:
        if isinstance(batch, dict):
            batch = pa.table({name: pa.array(values) for name, values in batch.items()})
        elif not isinstance(batch, (pa.Table, pa.RecordBatch)):
            batch = pa.Table.from_pandas(batch, preserve_index=False)
        return super().__call__(batch)
