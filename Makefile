# Study-visit route planner. `make help` lists what there is.
SHELL := bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUPPLY_STAMP := .supply/.stamp
RUN_STAMP := $(VENV)/.run-stamp
DEV_STAMP := $(VENV)/.dev-stamp
S3_STAMP := .s3/.stamp
ASSETS := static/vendor/.stamp
DEV_ASSETS := node_modules/.dev-stamp
SCRIPTS := static/dist/manifest.json
# The quick tests keep their files in memory where there is room, so that SQLite waits for no disk.
ROOM := $(shell [ "$$(df --output=avail -k /dev/shm 2>/dev/null | tail -1)" -gt 4000000 ] 2>/dev/null && echo TMPDIR=/dev/shm)
# Compiled once, for all workers and servers. As many as the cores of CI: each more imports all of it once more.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal -p tests.kit.spent
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard planner/translations/*/LC_MESSAGES/messages.po))

.DEFAULT_GOAL := help

.PHONY: help
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: run
run: setup ## Set up what is missing and serve on http://127.0.0.1:8000 (PORT, HOST; TOWN=none: without a town)
	@exec $(BIN)/gunicorn wsgi:app

.PHONY: setup
setup: files ## Everything `make run` needs, without serving
	@$(BIN)/flask --app wsgi setup $(if $(filter none,$(TOWN)),--without-town)

.PHONY: town
export PLACE FILE
town: files ## Any town: make town PLACE="Krems, Austria", or FILE=krems.osm.pbf
	@$(BIN)/flask --app wsgi town make $${FILE:+--file "$$FILE"} $${PLACE:+"$$PLACE"}

.PHONY: files
files: tools $(RUN_STAMP) $(ASSETS) $(SCRIPTS) $(CATALOGUES) ## What the program itself needs, without data: for an image

.PHONY: installed
installed: tools $(RUN_STAMP) $(ASSETS)

.PHONY: tools
tools:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11-3.13 (Debian: apt install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing: apt install python3-venv"; exit 1; }
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js (Debian: apt install npm)"; exit 1; }

$(VENV)/bin/python:
	@echo "virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(VENV)/bin/python
	@echo "Python packages (a minute or two the first time)"
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt | sed -un 's/^Collecting \([^ ;]*\).*/  \1/p; s/^\(Installing collected\).*/  installing/p'
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	@echo "Python packages for tests and checks"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	@touch $@

$(S3_STAMP): requirements-s3.txt
	@echo "an S3 on loopback for tests"
	@$(PYTHON) -m venv .s3
	@.s3/bin/python -m pip install --disable-pip-version-check --quiet -r requirements-s3.txt
	@touch $@

$(ASSETS): package-lock.json
	@echo "front-end assets into static/vendor"
	@npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@mkdir -p static/vendor/leaflet/images
	@cp node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css static/vendor/leaflet/
	@cp node_modules/leaflet/dist/images/* static/vendor/leaflet/images/
	@cp node_modules/sortablejs/Sortable.min.js static/vendor/
	@touch $@

$(DEV_ASSETS): $(ASSETS)
	@echo "front-end tools for tests and checks"
	@npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p static/vendor/test
	@cp node_modules/axe-core/axe.min.js static/vendor/test/
	@touch $@

$(SCRIPTS): static/look.json $(shell find static/js static/css -name '*.*js' -o -name '*.css') | $(ASSETS)
	@npm run --silent build

%.mo: %.po | $(RUN_STAMP)
	@$(BIN)/pybabel --quiet compile -i $< -o $@

.PHONY: test
test: tools $(DEV_STAMP) $(DEV_ASSETS) $(SCRIPTS) $(CATALOGUES) ## Tests with small samples
	@npm run --silent test
	@$(ROOM) $(PYTEST) -m "not full and not slow and not dear"

.PHONY: test-postgres
test-postgres: tools $(DEV_STAMP) $(DEV_ASSETS) $(SCRIPTS) $(CATALOGUES) ## What keeps something, over a PostgreSQL of its own
	@$(ROOM) $(BIN)/python -m tests.on_postgres env $(PYTEST) -m "stored and not full and not slow and not dear"

.PHONY: test-all
test-all: tools $(DEV_STAMP) $(S3_STAMP) $(DEV_ASSETS) $(SCRIPTS) $(CATALOGUES) ## Tests with the full counts, then all that keeps something over PostgreSQL
	@npm run --silent test
	@PLANNER_FULL=1 $(PYTEST)
	@$(BIN)/python -m tests.on_postgres env $(PYTEST) -m stored

.PHONY: test-groups
test-groups: tools $(DEV_STAMP) $(DEV_ASSETS) $(SCRIPTS) $(CATALOGUES) ## Browser tests against two groups of workers that fail in turn (needs nginx)
	@command -v nginx >/dev/null || { echo "nginx is missing: apt install nginx-light"; exit 1; }
	@PLANNER_TEST_GROUPS=1 $(BIN)/python -m tests.on_postgres $(BIN)/python -m pytest -n 0 -s tests/browser -m "not full"

.PHONY: test-deps
test-deps: tools $(DEV_STAMP) $(SCRIPTS) $(CATALOGUES) ## Tests with the oldest and newest packages, and another Python (needs uv)
	@$(BIN)/python -m tests.try_versions

.PHONY: bench
bench: tools $(DEV_STAMP) $(DEV_ASSETS) $(SCRIPTS) $(CATALOGUES) ## Measure how fast it is, into docs/bench.md
	@$(BIN)/python -m tests.bench

.PHONY: soak
soak: tools $(DEV_STAMP) $(CATALOGUES) ## Kill a service 100 times while it is worked with: is anything lost?
	@$(ROOM) $(BIN)/python -m tests.soak

.PHONY: mutants
mutants: tools $(DEV_STAMP) $(DEV_ASSETS) $(SCRIPTS) $(CATALOGUES) ## Put 40 small faults in, one at a time: which do tests catch?
	@$(BIN)/python -m tests.mutants reach
	@$(BIN)/python -m tests.mutants run tests/mutants/faults.json

.PHONY: lint
lint: $(DEV_STAMP) $(DEV_ASSETS) ## ruff, mypy, who imports whom, djlint, eslint, stylelint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint --lint --quiet templates
	@npm run --silent lint

.PHONY: screenshots
screenshots: $(DEV_STAMP) ## The README's pictures, from a service of their own
	@$(BIN)/python -m tests.screenshots

.PHONY: format
format: $(DEV_STAMP) ## Let ruff format and mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: messages
messages: $(DEV_STAMP) ## Collect texts to translate into the .po files
	@$(BIN)/pybabel --quiet extract -F babel.cfg -k ngettext:1,2 -k _ --no-location --sort-output -o .messages.pot .
	@$(BIN)/pybabel --quiet update -i .messages.pot -d planner/translations --no-fuzzy-matching --ignore-obsolete -w 110
	@rm .messages.pot

$(SUPPLY_STAMP): requirements-supply.txt
	@echo "what looks at our components, in .supply"
	@$(PYTHON) -m venv .supply
	@.supply/bin/python -m pip install --disable-pip-version-check --quiet -r requirements-supply.txt
	@touch $@

.PHONY: audit
audit: tools $(RUN_STAMP) $(SUPPLY_STAMP) ## Ask for known faults of what is installed, where somebody answers
	@$(BIN)/python -m tests.supply.audit

.PHONY: components
components: tools $(RUN_STAMP) $(SUPPLY_STAMP) ## List what the program is made of, with licences (docs/components.md)
	@$(BIN)/python -m tests.supply.components

.PHONY: requirements
requirements: ## Pin the requirements anew (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --generate-hashes --custom-compile-command "make requirements" requirements.in -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --generate-hashes --custom-compile-command "make requirements" requirements-dev.in -o requirements-dev.txt
	@uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --generate-hashes --custom-compile-command "make requirements" requirements-elevation.in -o requirements-elevation.txt
	@uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --generate-hashes --custom-compile-command "make requirements" requirements-supply.in -o requirements-supply.txt
	@uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --generate-hashes --custom-compile-command "make requirements" requirements-s3.in -o requirements-s3.txt

.PHONY: clean
clean: ## Remove what was installed and built, not your data
	@rm -rf $(VENV) .deps .supply .s3 sbom node_modules static/vendor static/dist planner/translations/*/LC_MESSAGES/*.mo
