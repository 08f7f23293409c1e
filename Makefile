# Two commands do everything: 'make demo' and 'make test'. Both set up .venv first, once.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

# Bytecode is kept: each of the many processes would compile the engine and its tests anew, and read what the code uses.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test shared lint types contracts dependencies coverage versions hooks bench docs clean

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

# From Python 3.12 on the interpreter itself tells which lines are reached, which costs next to nothing.
test: $(STAMP)
	$(if $(COVERAGE),COVERAGE_CORE=$$($(BIN)/python -c 'import sys; print("sysmon" if sys.version_info >= (3, 12) else "ctrace")')) \
	$(BIN)/python -m pytest -n 2 --dist loadfile $(if $(COVERAGE),--cov --cov-report=term --cov-fail-under=$(COVERED))

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

dependencies: $(STAMP)
	$(BIN)/deptry voc_engine

# The floor lies a little under what is reached: it is raised when more is, and never lowered.
COVERED ?= 97
coverage:
	$(MAKE) test COVERAGE=1

# The suite on each Python that is there, on PATH or with pyenv, in an environment of its own; constraints.txt was made for
# 3.11, and holds on 3.12 and 3.13. What pyenv puts on PATH may be there and not run.
VERSIONS ?= 3.11 3.12 3.13
versions:
	@for version in $(VERSIONS); do \
	  for python in python$$version "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$version.*/bin/python$$version; do \
	    "$$python" -c "" 2>/dev/null && break; python=; \
	  done; \
	  test -n "$$python" || { echo "python$$version is not there: left out"; continue; }; \
	  echo "$$python"; \
	  test -x .venv-$$version/bin/python || "$$python" -m venv .venv-$$version || exit 1; \
	  .venv-$$version/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch || exit 1; \
	  .venv-$$version/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]" || exit 1; \
	  .venv-$$version/bin/python -m pytest -n 2 --dist loadfile || exit 1; \
	done

hooks: $(STAMP)
	$(BIN)/pre-commit install

bench: $(STAMP)
	$(BIN)/python -m benchmarks

docs: $(STAMP)
	$(BIN)/python -m docs.generate

clean:
	rm -rf .voc reports/run-* .mypy_cache .ruff_cache .pytest_cache .coverage
