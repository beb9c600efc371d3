# Two commands do everything: `make serve` and `make test`. The rest serves them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AUDIT := .venv-audit
IN_AUDIT := PATH=$(AUDIT)/bin:$$PATH $(AUDIT)/bin/python
CONTENT ?= content
INDEX ?= .index
WORKERS ?= auto
PYTEST := pytest --numprocesses $(WORKERS) --dist worksteal
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

unexport PYTHONDONTWRITEBYTECODE # what is compiled is kept: the tests start many processes

.DEFAULT_GOAL := help
.PHONY: help serve test all-tests test-live cluster quick quick-tests checks types style pictures bench bench-scale fuzz judge torture audit licences sbom lock messages clean browser

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

serve: $(VENV)/serve ## set everything up, build the index, serve the site
	$(BIN)/kb serve --content $(CONTENT) --index $(INDEX) $(ARGS)

# mypy takes one core for a while, as the tests do at the beginning and at the end: they run side by side.
test: style browser ## set everything up, then run all checks and tests
	@$(MAKE) --no-print-directory --jobs types all-tests

# Coverage pauses for what covers nothing further: see tests/traced.py.
all-tests: $(VENV)/test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m $(PYTEST) -m "not live" $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	@echo "Left out: the tests of the OpenSearch engine on a real cluster. They need a JDK of 21 or newer and Maven: make test-live"

# In one process, since its tests share one cluster and some of them kill nodes. Of the engine, coverage is measured,
# with the tests that need no cluster; not where ARGS choose some.
COVER_LIVE := $(BIN)/coverage run --append --rcfile=tests/cluster/coverage.toml -m pytest
test-live: $(VENV)/test browser ## test the OpenSearch engine on a cluster of three nodes, which it starts and ends (JDK 21, Maven)
	@mkdir -p build
	@rm -f build/coverage-live
	KB_LIVE=1 HYPOTHESIS_PROFILE=quick timeout -s INT 600 $(COVER_LIVE) -m live $(ARGS)
ifndef ARGS
	KB_LIVE=1 HYPOTHESIS_PROFILE=quick $(COVER_LIVE) -m "not live" tests/index/engines/opensearch
	$(BIN)/coverage report --rcfile=tests/cluster/coverage.toml
endif

cluster: $(VENV)/test ## start an OpenSearch cluster of three nodes on this machine, until Ctrl-C
	$(BIN)/python -m tests.cluster.start

quick: style ## the checks and all tests but the slow ones, in a minute or two
	@$(MAKE) --no-print-directory --jobs types quick-tests

quick-tests: $(VENV)/test
	HYPOTHESIS_PROFILE=quick $(BIN)/python -m $(PYTEST) -m "not slow and not live" $(ARGS)

checks: $(VENV)/test
	@$(MAKE) --no-print-directory --jobs types style

types: $(VENV)/test
	$(BIN)/mypy

style: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

pictures: $(VENV)/test browser ## take the pictures anew that pages are compared with; look at what changed before you keep them
	$(BIN)/python -m tests.web.looks

bench: $(VENV)/bench ## time everything beside other engines; COLLECTIONS="DIR ..." in place of what ships
	$(BIN)/python -m tests.bench $(COLLECTIONS) $(ARGS)
	$(BIN)/python -m tests.bench.importing
	$(BIN)/python -m tests.bench.theme_suggestions
	$(BIN)/python -m tests.newcomer.walk

bench-scale: $(VENV)/bench ## time both engines over COLLECTIONS, and over them ten times with changed words (JDK 21, Maven)
	$(BIN)/python -m tests.bench.scale $(COLLECTIONS) $(ARGS)

fuzz: $(VENV)/test ## give a million hostile inputs to every reader, in a quarter of an hour; ARGS="--inputs N READER"
	$(BIN)/python -m tests.fuzz $(ARGS)

judge: $(VENV)/bench ## measure ranking beside bm25s; JUDGED="DIR ..." names judged collections
	$(BIN)/python -m tests.bench.judging $(JUDGED)

torture: $(VENV)/test browser ## try for an hour to make it lose, mix up or deny anything; ARGS=--sample for ten minutes
	$(BIN)/python -m tests.torture $(ARGS)

# The tools have an environment of their own, so that they are not among what they look at.
audit: $(VENV)/test $(AUDIT)/installed ## look for security advisories about all dependencies, and check their licences
	$(IN_AUDIT) -m tests.audit.licences --check $(BIN)/python $(AUDIT)/bin/python
	$(IN_AUDIT) -m tests.audit.advisories

licences: $(VENV)/test $(VENV)/bench $(AUDIT)/installed ## list the licences of all dependencies anew
	$(IN_AUDIT) -m tests.audit.licences $(BIN)/python $(AUDIT)/bin/python

sbom: $(AUDIT)/installed ## write build/sbom.cdx.json, a CycloneDX list of what the program depends on
	$(IN_AUDIT) -m tests.audit.sbom build/sbom.cdx.json

# A virtual environment, even where the system's Python came without the parts that make one.
$(VENV)/bin/python $(AUDIT)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	  else echo "Python's venv module is missing; install it, on Debian: apt-get install python3-venv" >&2; exit 1; fi; }
	$(PYTHON) -m venv $(@:/bin/python=)

$(VENV)/serve: $(VENV)/bin/python requirements.lock requirements-build.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock --requirement requirements-build.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test: $(VENV)/serve tests/requirements.lock
	$(PIP) install --require-hashes --requirement tests/requirements.lock
	@touch $@

$(VENV)/bench: $(VENV)/serve tests/bench/requirements.lock
	$(PIP) install --require-hashes --requirement tests/bench/requirements.lock
	@touch $@

$(AUDIT)/installed: $(AUDIT)/bin/python tests/audit/requirements.lock
	$(AUDIT)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	  --requirement tests/audit/requirements.lock
	@touch $@

browser:
	@$(BIN)/python tests/browser.py

LOCK := uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --no-emit-index-url

lock: ## write the requirements locks anew from pyproject.toml (needs uv)
	$(LOCK) --extra import --output-file requirements.lock pyproject.toml
	$(LOCK) --constraint requirements.lock --group build --output-file requirements-build.lock
	$(LOCK) --constraint requirements-build.lock --extra import --extra eval --extra opensearch --extra test \
	  --output-file tests/requirements.lock pyproject.toml
	$(LOCK) --constraint tests/requirements.lock --extra import --extra opensearch \
	  --output-file index/engines/opensearch/requirements.lock pyproject.toml
	$(LOCK) --constraint tests/requirements.lock --group audit --output-file tests/audit/requirements.lock
	$(LOCK) --constraint tests/requirements.lock --extra import --extra eval --output-file tests/judged/requirements.lock pyproject.toml
	$(LOCK) --constraint tests/requirements.lock --extra import --extra eval --extra opensearch --extra bench \
	  --output-file tests/bench/requirements.lock pyproject.toml

messages: $(VENV)/test ## bring the catalogues of interface languages in step with pages, scripts and messages
	@mkdir -p build
	PYTHONPATH=. $(BIN)/pybabel -q extract --no-wrap --sort-by-file --add-location=file --mapping-file web/translations/babel.cfg --output-file build/messages.pot .
	$(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	  --input-file build/messages.pot --output-dir web/translations

clean: ## remove what was made here
	rm -rf $(VENV) $(AUDIT) $(INDEX) dist build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
