"""A cluster on paper: how long ten million documents would take, by cores and size of partitions.

``python tests/bench/cluster.py SECONDS_A_MEGABYTE`` prints the tables of ``docs/scale.md``. What one core does with a
megabyte is measured (``make bench``); the rest stands in :class:`Cluster`, each figure with where it comes from.

One scheduler hands partitions of documents to cores, one after the other: what it needs for each is what no number of
cores makes shorter. A core reads its partition from a store that all share, works, and writes. A core that is lost takes
its partition with it, which is then done again by another.
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
    cores: int = 256
    documents: int = 10_000_000
    partition: int = 500
    """Documents that are handed out together."""
    mean_kilobytes: float = 9.0
    """3,000 characters of UTF-8: between a news item and a plan."""
    spread: float = 1.3
    """The standard deviation of the logarithm of the size: one document in a hundred has ten times the mean."""
    scheduler_seconds: float = 0.001
    """For a task, as Dask's documentation says: https://docs.dask.org/en/stable/best-practices.html ; measured below it."""
    store_megabytes: float = 1_000.0
    """That the store gives and takes in a second, to all together."""
    written: float = 1.5
    """Bytes of tables for a byte of text, uncompressed; measured."""
    start_seconds: float = 20.0
    """Until a worker runs and has loaded rules and dictionary."""
    lost_an_hour: float = 0.01
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
    """Runs all partitions through the cluster, event by event."""
    chance = random.Random(seed)
    tasks = [_seconds(cluster, chance) for _ in range(math.ceil(cluster.documents / cluster.partition))]
    transfer = cluster.partition * cluster.mean_kilobytes / 1_000 * (1 + cluster.written) / cluster.store_megabytes
    free = [cluster.start_seconds] * cluster.cores
    scheduler = store = useful = end = 0.0
    again = 0
    while tasks:
        core = heapq.heappop(free)
        seconds = tasks.pop()
        scheduler = max(scheduler, core) + cluster.scheduler_seconds
        store = max(store, scheduler) + transfer
        lost = chance.expovariate(cluster.lost_an_hour / 3_600) if cluster.lost_an_hour else math.inf
        if lost < seconds:
            tasks.append(seconds)
            again += 1
            heapq.heappush(free, store + lost + cluster.start_seconds)
            continue
        done = store + seconds
        useful += seconds
        end = max(end, done)
        heapq.heappush(free, done)
    return Outcome(end / 3_600, end * cluster.cores / 3_600, useful / (end * cluster.cores), again)


def _seconds(cluster: Cluster, chance: random.Random) -> float:
    """What a partition takes: the sizes of its documents are log-normal; many together are all but normal."""
    centre = math.log(cluster.mean_kilobytes) - cluster.spread**2 / 2
    if cluster.partition <= 100:
        kilobytes = sum(chance.lognormvariate(centre, cluster.spread) for _ in range(cluster.partition))
    else:
        deviation = cluster.mean_kilobytes * math.sqrt(math.exp(cluster.spread**2) - 1)
        kilobytes = chance.gauss(cluster.partition * cluster.mean_kilobytes, deviation * math.sqrt(cluster.partition))
    return max(kilobytes, 0.0) / 1_000 * cluster.seconds_a_megabyte


def main(seconds_a_megabyte: float) -> None:
    """Prints the tables."""
    base = Cluster(seconds_a_megabyte)
    print("| cores | hours | core hours | cores at work | partitions done again |\n|---:|---:|---:|---:|---:|")
    for cores in (2, 16, 64, 256, 1_024, 4_096):
        found = simulate(replace(base, cores=cores))
        print(f"| {cores:,} | {found.hours:.2f} | {found.core_hours:,.0f} | {found.busy:.0%} | {found.again} |")
    print("\n| documents a partition, 256 cores | hours | cores at work | partitions done again |\n|---:|---:|---:|---:|")
    for partition in (5, 50, 500, 5_000, 50_000):
        found = simulate(replace(base, partition=partition))
        print(f"| {partition:,} | {found.hours:.2f} | {found.busy:.0%} | {found.again} |")
    print("\n| 1,024 cores | hours | cores at work |\n|---|---:|---:|")
    for what, cluster in {
        "as above": base,
        "a scheduler ten times as slow": replace(base, scheduler_seconds=0.01),
        "a store of 100 MB/s": replace(base, store_megabytes=100.0),
        "a fifth of the cores lost an hour": replace(base, lost_an_hour=0.2),
    }.items():
        found = simulate(replace(cluster, cores=1_024))
        print(f"| {what} | {found.hours:.2f} | {found.busy:.0%} |")


if __name__ == "__main__":
    main(float(sys.argv[1]))
