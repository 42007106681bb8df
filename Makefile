# Every target sets up .venv itself, once, and again when what it holds has changed.

PYTHON ?= $(shell for python in python3 python3.12 python3.11 python3.13; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: help extract check test lint rules-check screenshots bench benchmark-report clean
.DEFAULT_GOAL := help

help: ## Say what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

extract: $(STAMP) ## Read corpus/ and write the tables to outputs/
	@$(BIN)/zhibiao extract

check: extract ## Hold the tables against corpus/gold and write outputs/report.html
	@$(BIN)/zhibiao check

test: $(STAMP) ## Run the tests
	@$(BIN)/pytest

lint: $(STAMP) ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

rules-check: $(STAMP) ## Check rules/ and run the examples beside the rules
	@$(BIN)/zhibiao rules check

screenshots: $(STAMP) ## Make the pictures of the READMEs anew (needs chromium and a Chinese font)
	@$(BIN)/python tests/screenshots.py

# Of TEXTS, a folder of UTF-8 .txt files, jieba, spaCy and JioNLP read the same; JioNLP has an environment of its own.
TEXTS ?= corpus
PEERS := .venv/peers

bench: $(STAMP) $(PEERS)/.ready ## Measure what extraction costs, beside others, into outputs/bench/ (TEXTS=folder)
	@$(BIN)/python -m compileall -q pipeline
	@$(BIN)/python tests/bench/bench.py $(TEXTS) --peers $(PEERS)/bin/python

$(PEERS)/.ready: tests/bench/peers.lock | $(STAMP)
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/peers.lock
	@touch $@

benchmark-report: $(STAMP) ## Measure how quick the report is at 10,000 rows (needs chromium)
	@$(BIN)/python tests/benchmark_report.py

clean: ## Take away .venv, caches and outputs
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
	@find outputs -mindepth 1 ! -name .gitkeep -delete
	@find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

# setuptools comes first, from the lock file: it builds the one dependency that has no wheel, and this package.
$(STAMP): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo 'Python 3.11, 3.12 or 3.13 with its venv module is needed; name yours: make PYTHON=/path/to/python3.11' >&2; exit 2; fi
	@echo 'Setting up .venv ...'
	@$(PYTHON) -m venv --clear .venv
	@awk '/^setuptools==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/setuptools.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/setuptools.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@$(BIN)/python -m compileall -q pipeline
	@touch $@
