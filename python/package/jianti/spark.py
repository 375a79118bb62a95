"""Spark: a DataFrame with a column normalized. Needs pyspark and pyarrow."""

from typing import Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import BinaryType, StringType, StructType

from . import Normalizer
from .columns import Columns


def normalize(
    frame: DataFrame,
    column: str = "text",
    normalizer: Optional[Normalizer] = None,
    *,
    prefix: Optional[str] = "jianti_",
) -> DataFrame:
    """Normalizes a column of strings or binary of a DataFrame, and returns the DataFrame with the outcomes as columns.

    The outcomes' columns are behind the others, their names behind ``prefix`` (None for no such columns). Every row stays,
    in its partition and order; a document that cannot be normalized stays as it is, with its ``jianti_error``. Nothing runs
    before Spark needs a result. The other columns must be of types that Spark hands to ``mapInArrow``.

    Raises ValueError if there is no such column, or more than one, or if a column has the name of an outcome, and TypeError
    if the column is not of strings or binary.
    """
    columns = Columns(column, normalizer, prefix=prefix)
    # What is wrong, and what the columns will be, is told by a table of these names without rows.
    names = frame.schema.names
    empty = columns(pa.Table.from_arrays([pa.array([], pa.string())] * len(names), names=names))
    kind = frame.schema[column].dataType
    if not isinstance(kind, (StringType, BinaryType)):
        raise TypeError(f"the column {column!r} is of {kind.simpleString()}, not of strings or binary")
    told = from_arrow_schema(empty.schema).fields[len(names) :]
    for field in told:
        field.nullable = True
    schema = StructType([*frame.schema.fields, *told])
    return frame.mapInArrow(_Batches(columns), schema)


class _Batches:
    """What ``mapInArrow`` calls. Of a class, so that it is pickled by its name and arguments."""

    def __init__(self, columns):
        self.columns = columns

    def __call__(self, batches):
        yield from map(self.columns, batches)
