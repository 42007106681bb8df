"""pyarrow, and tables as bytes. Whoever needs it imports it from here and only then: loading it takes a while.

It gets the memory of the C library: the allocator that it chooses itself keeps what is freed, 75 MB over 3,700 documents.
Arrow asks for the name of another one when it is loaded, and its Parquet writer listens to nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

__all__ = ["pa", "pc", "pj", "pq", "streamed", "unstreamed"]


def streamed(parts: Sequence[pa.Table]) -> bytes:
    """Tables of one schema, one below the other, as a compressed Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, parts[0].schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
        for part in parts:
            stream.write_table(part)
    return bytes(sink.getvalue())


def unstreamed(streams: Iterable[bytes]) -> pa.Table:
    """The tables of such streams as one."""
    return pa.concat_tables([pa.ipc.open_stream(stream).read_all() for stream in streams])
