# Two commands do everything: 'make demo' and 'make test'. Both set up .venv first, once.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test shared lint types contracts bench docs clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 demo"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $(STAMP)

demo: $(STAMP)
	$(BIN)/voc run configs/demo.toml
	$(BIN)/voc verify
	@echo "Open the report in a browser: $$($(BIN)/voc report configs/demo.toml)"

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Needs the data that VOC_SHARED names (default ../shared).
shared: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m shared

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m benchmarks

docs: $(STAMP)
	$(BIN)/python -m docs.generate

clean:
	rm -rf .voc reports/run-* .mypy_cache .ruff_cache .pytest_cache
