"""An answer of many rows, block by block: for any tool that reads Arrow, or for a file, never all at once."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lgbm.errors import ProfileError
from lgbm.messages import tables as say
from lgbm.population.library import pa, parquet
from lgbm.population.tables.sources import TEXTS
from lgbm.population.tables.whole import whole_file


class Streaming(ABC):
    """Record batches of one schema, worked out when they are asked for."""

    __slots__ = ()

    @property
    @abstractmethod
    def schema(self) -> Any:
        """The schema of the answer."""

    @abstractmethod
    def batches(self) -> Iterator[Any]:
        """The answer, a record batch after the other."""

    def to_arrow(self) -> Any:
        """The whole answer as a `pyarrow.Table`: as `batches`."""
        return pa.Table.from_batches(list(self.batches()), schema=self.schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The answer for whatever reads Arrow streams: Polars, DuckDB, pandas."""
        reader = pa.RecordBatchReader.from_batches(self.schema, self.batches())
        return reader.__arrow_c_stream__(requested_schema)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the answer to a Parquet file. It stands there under its name once it is whole, and not before.

        Raises `ProfileError` where it cannot be written, or its name is one of a CSV file.
        """
        if Path(path).suffix.lower() in TEXTS:
            raise ProfileError([say.not_written(str(path), "it is written as Parquet, and its name is of a CSV file")])
        with whole_file(path) as part, parquet.ParquetWriter(part, self.schema, write_page_checksum=True) as writer:
            for batch in self.batches():
                writer.write_batch(batch)
