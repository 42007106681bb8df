"""``python -m pipeline`` is the command ``zhibiao``."""

from pipeline.cli import main

main(prog_name="zhibiao")
