PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input

.PHONY: install demo test check bench evaluate picture manifest lock clean
.DELETE_ON_ERROR:

install: $(VENV)/.run  ## what `trueline run` needs, in .venv

demo: $(VENV)/.run  ## a made-up company with six played weeks, on 127.0.0.1
	$(BIN)/trueline demo

test: $(VENV)/.dev  ## every test
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.dev  ## what CI asks: lint, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(MAKE) test

bench: $(VENV)/.dev  ## measurements, each beside a reference
	$(BIN)/python -m pytest -m bench -s tests/benchmarks

evaluate: $(VENV)/.dev  ## every detector on made-up organisations, against its targets
	$(BIN)/python -m tests.evaluation

picture: $(VENV)/.dev  ## take the README's picture again
	$(BIN)/python -m tests.bot.page.readme_picture

manifest: $(VENV)/.run  ## manifest.yml as the code has it
	cd / && $(CURDIR)/$(BIN)/trueline manifest > $(CURDIR)/manifest.yml

lock: $(VENV)/.dev  ## pin and hash what pyproject.toml asks for
	$(PIP) install uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml requirements/build.in --extra postgres -o requirements/run.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml requirements/build.in --extra dev -c requirements/run.txt -o requirements/dev.txt

LOCK := --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --quiet --upgrade

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Trueline needs Python 3.11 or newer. Name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
