# On a fresh machine: make demo, make run, make test. See README.md.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CHROMIUM ?= /usr/bin/chromium
SPECTRAL := build/spectral/node_modules/.bin/spectral

.PHONY: help install demo run check lint-api browser test test-all screenshots usability
.PHONY: notebooks bench bench-service bench-all clean
help: ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | sort

install: $(VENV)/ready ## Set up everything in .venv
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
	  || { echo "Steget needs Python 3.11 to 3.14: make PYTHON=python3.12 install"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "No venv: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

demo: install ## Plan the MIA county scenario and show the plan
	$(BIN)/steget demo

run: install ## Start the service on the MIA county scenario; addresses and accounts are printed
	$(BIN)/steget serve --demo

check: install ## Format, lint, types, import floors, dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

lint-api: install $(SPECTRAL) ## The API's document against the national REST API profile (needs npm)
	SPECTRAL=$(SPECTRAL) $(BIN)/pytest -q tests/house/lint_api.py
$(SPECTRAL):
	@command -v npm >/dev/null || { echo "make lint-api needs npm: on Debian, apt install npm"; exit 1; }
	@npm install --prefix build/spectral --no-save --no-package-lock --no-audit --no-fund \
	  --ignore-scripts --loglevel=error @stoplight/spectral-cli@6.16.3

browser: ## Debian's Chromium and a font, for the tests of the pages (needs root)
	@test -x "$(CHROMIUM)" || .ci/browser
	@test -x "$(CHROMIUM)" || { echo "No Chromium at $(CHROMIUM): make CHROMIUM=where/it/is"; exit 1; }

test: install ## The fast tests
	$(BIN)/pytest -n auto --dist loadfile

test-all: install ## Every test but the timings, with the coverage of matcher
	$(BIN)/pytest -m "not bench" -n auto --dist loadfile --cov --cov-report=term-missing:skip-covered

screenshots: install ## The pictures of docs/screens, of each main page (needs make browser)
	$(BIN)/python -m tests.pages.screenshots

usability: install ## The table of docs/usability.md: every task, walked with a keyboard
	$(BIN)/python -m tests.pages.usability

notebooks: install ## The notebooks, run and as pages, in build/notebooks
	$(BIN)/python -m nbconvert --to html --execute --output-dir build/notebooks notebooks/*.ipynb

bench: install ## The figures of docs/performance.md, up to 3,000 people (15 minutes)
	$(BIN)/pytest -m "bench and not slow" -s tests/benchmarks --ignore=tests/benchmarks/test_service.py

bench-service: install ## Those of the service, on SQLite and PostgreSQL (an hour)
	$(BIN)/pytest -m bench -s tests/benchmarks/test_service.py

bench-all: install ## Those of 30,000 people, each way to plan with ten minutes (two hours)
	$(BIN)/pytest -m "bench and slow" -s tests/benchmarks

clean: ## Remove what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
