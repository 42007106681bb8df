"""A process of its own for files that need a parser: it has bounds on memory and time, and no network.

A parser that hangs, eats memory or crashes takes only this process with it; the next document gets a new one. The worker
is started once and reads one document after another, so that its libraries are loaded once.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, ClassVar

from pipeline.ingest.files import IngestError
from pipeline.ingest.layout import Read
from pipeline.ingest.limits import MEMORY_BYTES

_STARTING_SECONDS = 30
_FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.bind",
    "socket.sendto",
    "urllib.Request",
)


class Worker:
    """The worker process of this process.

    Every process that reads documents has one of its own: one that was forked must not talk to its parent's.
    """

    _workers: ClassVar[dict[int, Worker]] = {}

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.ingest.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        theirs.close()
        self._connection = Connection(ours.detach())
        self._answered = False

    @classmethod
    def read(cls, reader: str, raw: bytes, seconds: float) -> Read:
        """Has a file read.

        Args:
            reader: a key of :data:`~pipeline.ingest.readers.READERS`.
            raw: the file.
            seconds: how long that may take.

        Raises:
            IngestError: the file cannot be used, or takes too long or too much memory.
        """
        worker = cls._workers.get(os.getpid())
        if worker is None:
            worker = cls._workers[os.getpid()] = cls()
        return worker._ask(reader, raw, seconds)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @classmethod
    def running(cls) -> list[Worker]:
        """The worker of this process, where it has started."""
        worker = cls._workers.get(os.getpid())
        return [worker] if worker else []

    def _ask(self, reader: str, raw: bytes, seconds: float) -> Read:
        try:
            self._connection.send((reader, raw))
            if not self._connection.poll(seconds if self._answered else seconds + _STARTING_SECONDS):
                self.stop()
                raise IngestError(f"reading it takes more than {seconds:g} s; split the document, or save it anew")
            answer = self._connection.recv()
            self._answered = True
        except (EOFError, OSError):
            self.stop()
            raise IngestError("reading it broke the reader; the file is damaged, save the document anew") from None
        if isinstance(answer, Read):
            return answer
        if answer is None:
            self.stop()
            raise IngestError(f"reading it takes more than {MEMORY_BYTES // 2**30} GiB of memory; split the document")
        raise IngestError(str(answer))

    def stop(self) -> None:
        """Ends the worker and what it started."""
        self._workers.pop(os.getpid(), None)
        self._connection.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _forbid_network(event: str, _: Any) -> None:
    if event in _FORBIDDEN:
        raise PermissionError("a reader of documents has no network")


def main() -> None:
    """What the worker does: reads one file after another, until nobody asks any more."""
    import resource

    from pipeline.ingest.readers import READERS

    sys.addaudithook(_forbid_network)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(int(sys.argv[1]))
    while True:
        try:
            reader, raw = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Any = READERS[reader](raw)
        except IngestError as error:
            answer = str(error)
        except MemoryError:
            answer = None
        except Exception as error:  # parsers raise errors of every kind; the document must fail, not the worker
            answer = f"cannot be read ({type(error).__name__}); save the document anew"
        connection.send(answer)


if __name__ == "__main__":
    main()
