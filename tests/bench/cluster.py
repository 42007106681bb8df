"""A cluster on paper: how long ten million documents would take, by cores and by what a task reads.

``python tests/bench/cluster.py SECONDS_A_MEGABYTE`` prints the tables of ``docs/scale.md``. What one core does with a
megabyte is measured (``make bench``); the rest stands in :class:`Cluster`, each figure with where it comes from.

The archive is read a slice after the other, each a run of its own. One scheduler hands documents to cores: what it needs
for a task is what no number of cores makes shorter. A core reads from a store that all share, works, and sends its tables
to the one process that writes them. A core that is lost takes what it has just read with it, which another then does again.
"""

from __future__ import annotations

import heapq
import math
import random
import sys
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Cluster:
    """What a cluster is made of."""

    seconds_a_megabyte: float
    """Of one core, all tables; measured."""
    cores: int = 64
    slices: int = 100
    documents: int = 100_000
    """Of a slice."""
    task_kilobytes: float = 100.0
    """Of documents that follow each other, read by one task: ``_TASK_BYTES`` of the engine. A longer one is a task alone."""
    mean_kilobytes: float = 9.0
    """3,000 characters of UTF-8: between a news item and a plan."""
    spread: float = 1.3
    """The standard deviation of the logarithm of the size: one document in a hundred has ten times the mean."""
    scheduler_seconds: float = 0.0036
    """For two tasks, one that reads and one that tells of it: 20,000 empty tasks took 1.8 ms each on two busy cores.
    Dask's documentation says about a millisecond: https://docs.dask.org/en/stable/best-practices.html"""
    store_megabytes: float = 1_000.0
    """That the store gives in a second, to all together."""
    writer_megabytes: float = 200.0
    """Of tables that one process lays one behind the other in a second: one disk."""
    written: float = 3.6
    """Bytes of tables, in all formats, for a byte of text; measured on 37 work reports."""
    start_seconds: float = 3.0
    """Until a worker has loaded rules and dictionary; measured."""
    lost_an_hour: float = 0.05
    """The share of cores that an hour takes away, as spot machines do."""


@dataclass(frozen=True)
class Outcome:
    """What a run comes to."""

    hours: float
    core_hours: float
    busy: float
    """The share of the cores' time in which they extract."""
    again: int
    """Partitions done again."""


def simulate(cluster: Cluster, seed: int = 7) -> Outcome:
    """Runs one slice through the cluster, event by event; all slices are like it."""
    chance = random.Random(seed)
    tasks = _tasks(cluster, chance)
    free = [cluster.start_seconds] * cluster.cores
    scheduler = store = useful = end = 0.0
    again = 0
    while tasks:
        core = heapq.heappop(free)
        megabytes = tasks.pop()
        seconds = megabytes * cluster.seconds_a_megabyte
        scheduler = max(scheduler, core) + cluster.scheduler_seconds
        store = max(store, scheduler) + megabytes / cluster.store_megabytes
        lost = chance.expovariate(cluster.lost_an_hour / 3_600) if cluster.lost_an_hour else math.inf
        if lost < seconds:
            tasks.append(megabytes)
            again += 1
            heapq.heappush(free, store + lost + cluster.start_seconds)
            continue
        useful += seconds
        end = max(end, store + seconds)
        heapq.heappush(free, store + seconds)
    end += cluster.documents * cluster.mean_kilobytes / 1_000 * cluster.written / cluster.writer_megabytes
    hours = end * cluster.slices / 3_600
    return Outcome(hours, hours * cluster.cores, useful / (end * cluster.cores), again * cluster.slices)


def _tasks(cluster: Cluster, chance: random.Random) -> list[float]:
    """The megabytes of each task. The sizes of documents are log-normal."""
    centre = math.log(cluster.mean_kilobytes) - cluster.spread**2 / 2
    tasks = [0.0]
    for _ in range(cluster.documents):
        megabytes = chance.lognormvariate(centre, cluster.spread) / 1_000
        if tasks[-1] and tasks[-1] + megabytes > cluster.task_kilobytes / 1_000:
            tasks.append(0.0)
        tasks[-1] += megabytes
    return tasks


def main(seconds_a_megabyte: float) -> None:
    """Prints the tables."""
    base = Cluster(seconds_a_megabyte)
    print("| cores | hours | core hours | cores at work |\n|---:|---:|---:|---:|")
    for cores in (2, 8, 16, 64, 256):
        _row(f"{cores:,}", replace(base, cores=cores))
    print("\n| 64 cores | hours | core hours | cores at work |\n|---|---:|---:|---:|")
    own = replace(base, writer_megabytes=64 * 200.0)
    for what, cluster in {
        "as above": base,
        "one document a task": replace(base, task_kilobytes=0.0),
        "1 MB a task": replace(base, task_kilobytes=1_000.0),
        "workers write their own tables": own,
        "the same, and the store gives 100 MB/s": replace(own, store_megabytes=100.0),
        "as above, but half of the cores lost an hour": replace(base, lost_an_hour=0.5),
    }.items():
        _row(what, cluster)


def _row(what: str, cluster: Cluster) -> None:
    found = simulate(cluster)
    print(f"| {what} | {found.hours:.1f} | {found.core_hours:,.0f} | {found.busy:.0%} |")


if __name__ == "__main__":
    main(float(sys.argv[1]))
