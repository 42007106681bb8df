"""Draws how time and memory grow with the number of documents: ``python plot.py bench.json bench.svg``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt


def draw(figures: Path, picture: Path) -> None:
    """Writes the picture."""
    found = json.loads(figures.read_text(encoding="utf-8"))
    counts = [int(count) for count in found["growth"]]
    costs = list(found["growth"].values())
    figure, (time, memory) = plt.subplots(1, 2, figsize=(9, 3.4))
    seconds = [cost["processor"] for cost in costs]
    time.loglog(counts, seconds, marker="o", label="measured, start-up included")
    time.loglog(counts, [seconds[-1] / counts[-1] * count for count in counts], "--", color="grey", label="in proportion")
    time.set(title="One core", xlabel="documents", ylabel="processor seconds")
    time.legend(frameon=False)
    peaks = [cost["peak_mb"] for cost in costs]
    memory.semilogx(counts, peaks, marker="o")
    memory.set(title="Memory", xlabel="documents", ylabel="peak MB", ylim=(0, 1.1 * max(peaks)))
    for axes in (time, memory):
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    figure.text(0.01, 0.01, f"{found['date']}, {found['machine']}", fontsize=6, color="grey")
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    figure.savefig(picture)


if __name__ == "__main__":
    draw(*map(Path, sys.argv[1:]))
