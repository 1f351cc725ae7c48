# The commands for people and CI. Needs Python 3.11 or 3.12, a C compiler and make.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help install run test chaos cluster conformance fuzz phone console console-check console-dev console-test console-screenshots console-picture lint layout format bench image docs schema migrations lock clean clean-data

# Compiled modules are stored even where the environment says otherwise: each process would compile all code again.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
DATA := $(or $(VAR_DIR),var)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# A Python command that exists may still fail to run (version managers' shims), or lack headers or pip.
PYTHON_FITS := import ensurepip, os, ssl, sys, sysconfig, venv; \
	header = os.path.join(sysconfig.get_path("include"), "Python.h"); \
	sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 13) and os.path.exists(header)))
# Each worker starts its own services, and waits for them half of the time, so four keep two cores busy;
# WORKERS= runs everything in one process.
WORKERS := --numprocesses 4 --dist worksteal
# `requirements.lock` is what production needs, and what the image has; the others contain it.
LOCKS := requirements-build.lock requirements.lock requirements-embedded.lock
# Hashes and versions only: the machine that installs chooses the package index.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header $(LOCKFLAGS)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Start everything, with a seeded demo (PORT, HOST, DATABASE_URL, REDIS_URL; ARGS=--no-demo)
	@exec $(BIN)/leadgate run --die-with-parent $(ARGS)

install: $(VENV)/.run ## Install the `leadgate` command into .venv without starting anything

test: $(VENV)/.dev ## Run all tests but those in a browser (ARGS="-k name" selects tests)
	@$(BIN)/python -m pytest $(WORKERS) --ignore tests/clients/console/chromium $(ARGS)

conformance: $(VENV)/.dev ## Test the API with third-party tools, and its clients in a browser (needs Node and Chromium)
	@$(BIN)/python -m tests.conformance

fuzz: $(VENV)/.dev ## Send random requests to find errors (FUZZ_EXAMPLES per operation and user, FUZZ_SEED)
	@$(BIN)/python -m tests.fuzz

chaos: $(VENV)/.dev ## Run the outage tests, which take minutes (ARGS="-k name" selects tests)
	@$(BIN)/python -m pytest -m chaos tests/chaos $(ARGS)

cluster: $(VENV)/.dev .cluster/installed ## Break a whole installation under load (ARGS="--event all", ARGS=--keep; needs Debian's packages)
	@$(BIN)/python -m tests.cluster $(ARGS)

phone: $(VENV)/.dev ## Call by SIP phones through Asterisk, which is unpacked into var/asterisk if it is missing (optional)
	@$(BIN)/python -m tests.phone

CONSOLE := clients/console
NPM := cd $(CONSOLE) && npm
NODE_FITS := const [major, minor] = process.versions.node.split('.'); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)

console: $(VENV)/.dev $(CONSOLE)/node_modules/.package-lock.json ## Build the console from its sources into clients/console/built (needs Node 20.19 or newer)
	@$(NPM) run --silent build
	@$(BIN)/python -m clients.console.manifest --write

console-check: $(VENV)/.dev $(CONSOLE)/node_modules/.package-lock.json ## Test its functions, build the console elsewhere, and compare it byte for byte with the committed files
	@$(BIN)/python -m clients.console.manifest
	@$(NPM) run --silent test
	@rm -rf build/console
	@cd $(CONSOLE) && CONSOLE_OUT="$(CURDIR)/build/console" npm run --silent build
	@$(BIN)/python -m clients.console.manifest --write build/console
	@diff -r build/console $(CONSOLE)/built && echo 'The committed files of the console are those that its sources build.'

console-dev: $(CONSOLE)/node_modules/.package-lock.json ## Serve the console from its sources, beside a running server (LEADGATE=http://127.0.0.1:8000)
	@$(NPM) run --silent relay && npm run dev

# Each worker has a server and a browser. With a server that runs already, there is one.
CONSOLE_WORKERS = $(if $(CONSOLE_SERVER),,--numprocesses 2 --dist worksteal)

console-test: $(VENV)/.dev ## Test the console in Chromium (CHROMIUM=/path, ARGS="-k name"; apt-get install chromium)
	@$(BIN)/python -m pytest $(CONSOLE_WORKERS) tests/clients/console/chromium $(ARGS)

console-screenshots: $(VENV)/.dev ## Write pictures of each screen of the console to build/screenshots
	@$(BIN)/python -m tests.clients.console.chromium.screenshots $(ARGS)

console-picture: $(VENV)/.dev ## Write the picture with which README.md begins, docs/console.webp
	@$(BIN)/python -m tests.clients.console.chromium.picture

$(CONSOLE)/node_modules/.package-lock.json: $(CONSOLE)/package-lock.json
	@node -e "$(NODE_FITS)" 2>/dev/null || { echo 'Building the console needs Node 20.19 or newer with npm (the committed files do not).' >&2; exit 1; }
	@$(NPM) ci --loglevel=error
	@touch $@

lint: $(VENV)/.dev ## Check style, types, layers, and the committed schema, tables of rules and built files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/leadgate schema --check
	$(BIN)/python -m clients.console.manifest
	$(BIN)/leadgate rules matrix placement --check
	$(BIN)/leadgate rules matrix complaint_placement --check

layout: $(VENV)/.dev ## Print the packages of each layer, their imports and levels
	@$(BIN)/python -m tests.layout

format: $(VENV)/.dev ## Reformat the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Run the benchmarks on this machine
	@$(BIN)/python -m bench --write $(ARGS)

# The first of these that works here.
ENGINE = $(firstword $(shell for engine in docker podman buildah; do $$engine info >/dev/null 2>&1 && echo $$engine; done))
IMAGE := leadgate

image: ## Build the container image (IMAGE=name, ENGINE=docker, podman or buildah, ARGS=options)
	@test -n "$(ENGINE)" || { echo 'Neither docker, podman nor buildah works here.' >&2; exit 1; }
	@# The other format has no health check.
	$(ENGINE) build $(if $(filter docker,$(notdir $(ENGINE))),,--format docker) -f deploy/Dockerfile -t $(IMAGE) $(ARGS) .

docs: $(VENV)/.dev ## Build the API reference in build/docs (open index.html)
	@$(BIN)/python -m schema.reference

schema: $(VENV)/.run ## Write the GraphQL schema to schema/schema.graphql
	@$(BIN)/leadgate schema --write

migrations: $(VENV)/.run ## Generate a migration from the models (ARGS="--name what_it_does")
	@$(BIN)/tortoise makemigrations $(ARGS)

lock: $(VENV)/.dev ## Update the lock files from pyproject.toml (LOCKFLAGS=--upgrade for newer versions)
	echo 'setuptools>=77' | $(COMPILE) --output-file requirements-build.lock -
	printf 'patroni[etcd3]>=4.1.5,<5\npsycopg[binary]>=3.3\n' | $(COMPILE) --output-file deploy/patroni.lock -
	$(COMPILE) --constraint requirements-build.lock --output-file requirements.lock pyproject.toml
	$(COMPILE) --constraint requirements-build.lock --constraint requirements.lock --extra embedded \
		--output-file requirements-embedded.lock pyproject.toml
	$(COMPILE) --constraint requirements-build.lock --constraint requirements-embedded.lock --extra embedded \
		--extra dev --output-file requirements-dev.lock pyproject.toml

clean: ## Remove build files, but not the data in var/
	rm -rf $(VENV) .cluster build tests/conformance/build tests/conformance/node_modules bench/mercurius/node_modules clients/node_modules clients/typescript/build clients/typescript/dist clients/typescript/examples/*/dist clients/typescript/examples/relay/__generated__ leadgate.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(CONSOLE)/node_modules $(CONSOLE)/build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-data: ## Remove the data in var/ or VAR_DIR (stop `make run` first)
	@# Links point to data stored elsewhere. If the folder contains other files, they are not removed.
	@for link in "$(DATA)/postgres" "$(DATA)/run"; do if [ -L "$$link" ]; then rm -rf "$$(readlink -f "$$link")"; fi; done
	cd "$(DATA)" 2>/dev/null && rm -rf postgres valkey run log mail secret hash-key metrics services.lock world.json rdap-bootstrap.json || true
	@rmdir "$(DATA)" 2>/dev/null || true

$(VENV)/.run: $(LOCKS) pyproject.toml
	@$(call venv)
	$(call install,requirements-embedded.lock)
	@touch $@

$(VENV)/.dev: $(LOCKS) requirements-dev.lock pyproject.toml
	@$(call venv)
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.run

# The database's user must be able to run this Python, so the system's comes first: others may be in a home.
.cluster/installed: deploy/patroni.lock requirements-build.lock | $(VENV)/.dev
	@rm -rf .cluster
	@echo 'Installing deploy/patroni.lock into .cluster'
	@for candidate in /usr/bin/python3 $(VENV)/bin/python; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			"$$candidate" -m venv --without-pip .cluster && break; \
		fi; \
	done
	@$(PIP) --python .cluster/bin/python install --quiet --require-hashes -r requirements-build.lock
	@$(PIP) --python .cluster/bin/python install --quiet --require-hashes --no-build-isolation -r deploy/patroni.lock
	@touch $@

define install
@echo 'Installing $(1) (the first time takes a minute)'
@$(PIP) install --quiet --require-hashes -r requirements-build.lock
@# The build tools come from the lock files as well, so builds are not isolated.
@$(PIP) install --quiet --require-hashes --no-build-isolation -r $(1)
@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
endef

define venv
if ! $(BIN)/python -c '$(PYTHON_FITS)' >/dev/null 2>&1; then \
	for candidate in $(or $(PYTHON),python3.12 python3.11 python3 python); do \
		if "$$candidate" -c '$(PYTHON_FITS)' >/dev/null 2>&1; then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo 'No Python 3.11 or 3.12 with venv, pip and C headers was found$(if $(PYTHON), under PYTHON=$(PYTHON)).' >&2; \
		echo 'Install one (Debian: python3 python3-venv python3-dev), or specify one: make PYTHON=/path/to/python3.12' >&2; \
		exit 1; \
	fi; \
	rm -rf $(VENV) && "$$found" -m venv $(VENV); \
fi
endef
