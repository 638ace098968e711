# One word a task. Each target does the set-up that it needs; a second run installs nothing.

PYTHON ?= python3
# HOST only from make's own command line, for a shell's HOST is another thing; ACOBOT_HOST and ACOBOT_PORT are acobot's.
ADDRESS := $(if $(filter command%,$(origin HOST)),--host $(HOST)) $(if $(filter command% environment%,$(origin PORT)),--port $(PORT))
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
EVALUATE_STAMP := $(VENV)/.installed-evaluate
SERVE_STAMP := $(VENV)/.installed-serve
TOOLS := artefacts/tools
TOOLS_STAMP := $(TOOLS)/.installed
LOCK := requirements-serve.lock
QUESTIONS := $(addprefix tests/evaluation/,questions.jsonl more-questions.jsonl public.jsonl more-public.jsonl third-public.jsonl fourth-public.jsonl fifth-public.jsonl sixth-public.jsonl unread-public.jsonl second-unread-public.jsonl third-unread-public.jsonl fourth-unread-public.jsonl fifth-unread-public.jsonl conversations.jsonl more-conversations.jsonl third-conversations.jsonl)
OTHER_SUBJECTS := other-subject branch-line
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-warn-script-location --constraint constraints.txt

export HF_HUB_OFFLINE ?= 1
export TOKENIZERS_PARALLELISM ?= false

.PHONY: help serve index test test-load test-long check lint types evaluate bench soak train picture lock audit sbom install install-serve install-dev install-evaluate clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

serve: install  ## build the index if needed, and serve the chat on http://127.0.0.1:8000 (HOST=… PORT=…)
	@test -f index/current && test -z "$$(find sources -newer index/current | head -n 1)" \
	  || { $(BIN)/acobot index && touch index/current; }
	@$(BIN)/acobot serve $(ADDRESS)

index: install  ## build the index of sources/
	@$(BIN)/acobot index

test: install-dev  ## all tests but those that take minutes
	@$(BIN)/python -m pytest -m "not long" --numprocesses auto --dist loadfile

test-load: install-dev  ## the tests that take minutes: crashes, constant load, large indexes, the sources' own questions
	@$(BIN)/python -m pytest -m "long and not whole" tests/integration tests/load

test-long: test-load  ## these, and an hour of all the sources' own questions, made-up files and requests, and texts of a megabyte
	@$(BIN)/python -m pytest -m "whole or long" tests/unit tests/integration/test_asks.py --numprocesses auto --dist worksteal

check: install-dev lint types test  ## lint, types and tests; CI runs test-load as well

lint: install-dev  ## ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: install-dev  ## mypy --strict
	@$(BIN)/mypy

evaluate: install-evaluate index  ## how good the answers are, on tests/evaluation/; runs are kept in artefacts/evaluations/
	@$(BIN)/acobot evaluate $(QUESTIONS) --floors tests/evaluation/floors.json
	@set -e; for one in $(OTHER_SUBJECTS); do \
		ACOBOT_MODELS=index/models $(BIN)/acobot index --sources tests/evaluation/$$one/sources --index artefacts/$$one; \
		ACOBOT_MODELS=index/models $(BIN)/acobot evaluate tests/evaluation/$$one/$$one.jsonl --index artefacts/$$one --floors tests/evaluation/floors.json; \
	done

bench: install-dev  ## how fast and large it is beside the usual forty lines, as ratios; runs are kept in artefacts/bench/
	@$(BIN)/python -m tests.bench

soak: install-dev  ## a server under load for MINUTES (30) while things go wrong in turns; runs are kept in artefacts/soak/
	@$(BIN)/python -m tests.load.soak

train: install  ## make the reader anew: DATA=folder, and OUT=folder (see training/README.md)
	@$(BIN)/python -m training.reader $(DATA) $(or $(OUT),artefacts/reader)

picture: install-dev  ## the README's picture of the page, and those of every state in artefacts/pictures/
	@ACOBOT_REQUIRE_BROWSER=1 $(BIN)/python -m pytest -q tests/browser -k 'picture or every_look'
	@cp artefacts/pictures/readme.png docs/answer.png

# uv does not read pip's settings, so it is told of the index that they name, if any.
lock: $(TOOLS_STAMP)  ## the hashes of all that serving installs, into requirements-serve.lock
	@index="$${PIP_INDEX_URL:-$$($(TOOLS)/bin/python -m pip config get global.index-url 2>/dev/null || true)}"; \
	  $${index:+env UV_DEFAULT_INDEX="$$index"} $(TOOLS)/bin/uv pip compile requirements-serve.txt --quiet --no-deps \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 --output-file $(TOOLS)/lock >/dev/null
	@{ sed -n 1p $(LOCK); cat $(TOOLS)/lock; } > $(TOOLS)/new && mv $(TOOLS)/new $(LOCK)

audit: $(TOOLS_STAMP)  ## looks what serving installs up in the list of known faults (asks a service on the internet)
	@$(TOOLS)/bin/pip-audit --strict --require-hashes --disable-pip --requirement $(LOCK) \
	  || { echo "make audit: something is faulty, or could not be looked up; the lines above say which" >&2; exit 1; }

sbom: $(TOOLS_STAMP)  ## a bill of materials of what is installed in .venv (CycloneDX), into artefacts/sbom.json
	@$(TOOLS)/bin/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml --output-reproducible \
	  --validate --output-file artefacts/sbom.new && mv artefacts/sbom.new artefacts/sbom.json
	@echo "artefacts/sbom.json"

install: $(RUN_STAMP)  ## what building and serving need, into .venv

install-serve: $(SERVE_STAMP)  ## what serving alone needs, a fifth of it, into a .venv that has nothing yet

install-dev: $(DEV_STAMP)

install-evaluate: $(EVALUATE_STAMP)

# The stamp is written last, so that an install that broke off is done again.
$(RUN_STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "acobot needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing into $(VENV) (some minutes the first time)…"
	@rm -f $(RUN_STAMP) $(DEV_STAMP) $(EVALUATE_STAMP) $(SERVE_STAMP)
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) torch==2.13.0
	@$(PIP) --editable .
	@touch $@

# Nothing that exports a model: the index, and the exported model in it, come from where `make index` ran. Only what is
# used is compiled, when it is first used.
$(SERVE_STAMP): $(LOCK) pyproject.toml
	@test ! -e $(RUN_STAMP) || { echo "$(VENV) has all that building needs already; nothing was changed" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --no-deps --no-compile --require-hashes --requirement $(LOCK)
	@$(PIP) --no-deps --no-compile --editable .
	@touch $@

$(TOOLS_STAMP): requirements-tools.txt
	@$(PYTHON) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --requirement requirements-tools.txt
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@$(PIP) --editable '.[dev]'
	@touch $@

$(EVALUATE_STAMP): $(RUN_STAMP)
	@$(PIP) --editable '.[evaluate]'
	@touch $@

clean:  ## remove everything that was installed or built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis artefacts
	find index -mindepth 1 ! -name README.md -delete
