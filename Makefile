# Two commands do everything: `make demo` shows the main job, `make test` runs the tests.
# Both make the virtual environment they need; a second run starts at once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
BENCH ?= .venv-bench
OUT ?= out/demo
MINUTES ?= 10
SEGMENTS ?= 1000
ARTICLE ?= seeds/articles/shelling-of-stepanakert.en.md
DATA ?= $(or $(DRAGOMAN_DATA),../data)
UNKNOWN ?= seeds/articles/talks-in-geneva.en.md

.PHONY: demo models test check openapi eval bench bench-api bench-mt serve clean

demo: $(RUNTIME) $(if $(filter 1,$(MODELS)),models)
	@echo "== An article that the memory holds"
	@$(BIN)/dragoman translate $(ARTICLE) --from en --to az --to hy --to ru --out $(OUT) \
		--report $(OUT)/report.html || test $$? -eq 3
	@echo
	@echo "== An article that it does not hold: what is not found stays as it is, and is marked"
	@$(BIN)/dragoman translate $(UNKNOWN) --from en --to az --to hy --to ru --out $(OUT) \
		--report $(OUT)/report-partial.html || test $$? -eq 3

# `make demo MODELS=1` translates with the small models that it installs where there is a network.
models: $(RUNTIME)
	@$(BIN)/dragoman models install recommended || test $$? -eq 4

# One process more than there are cores, since tests of servers and browsers wait now and then.
test: $(DEVELOPMENT)
	@$(BIN)/python -m pytest -n $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )) --dist worksteal

check: $(DEVELOPMENT)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/dragoman glossary validate glossaries
	@$(BIN)/dragoman glossary format --check glossaries
	@$(BIN)/python -m api.openapi --check

# The description of the API, after its routes or models have changed.
openapi: $(RUNTIME)
	@$(BIN)/python -m api.openapi > api/openapi.json.new && mv api/openapi.json.new api/openapi.json

# Quality, measured on what is here: our articles and cases, and the translations in DATA/flores-dev where it lies beside.
eval: $(DEVELOPMENT)
	@$(BIN)/dragoman eval --suite seeds --suite tests/cases/quality.jsonl --suite tests/cases/bulletins.jsonl \
		$(if $(wildcard $(DATA)/flores-dev),--suite $(DATA)/flores-dev) --report docs/quality.md

bench: $(BENCH)/.installed
	@$(BENCH)/bin/python -m pytest tests/benchmarks --ignore tests/benchmarks/test_firefox.py \
		--benchmark-only --benchmark-disable-gc -p no:randomly --benchmark-columns=min --benchmark-json=$(BENCH)/results.json
	@$(BENCH)/bin/python tests/benchmarks/table.py $(BENCH)/results.json

# The server against a bare route, and against LibreTranslate where LIBRETRANSLATE names the python that has it.
bench-api: $(DEVELOPMENT)
	@$(BIN)/python tests/benchmarks/bench_api.py --minutes $(MINUTES) \
		$(if $(LIBRETRANSLATE),--libretranslate $(LIBRETRANSLATE))

# Against Argos Translate and, where there is Node, Marian as WebAssembly. The former gets an environment of its own in
# build/bench-mt, about a gigabyte; SEGMENTS=100 is quicker than the thousand sentences that are measured otherwise.
bench-mt: $(DEVELOPMENT)
	@$(BIN)/python tests/benchmarks/bench_mt.py --segments $(SEGMENTS)
	@! command -v npm >/dev/null || npm install --silent --no-save --prefix $(VENV) @browsermt/bergamot-translator@0.4.9
	@DRAGOMAN_NODE_MODULES=$(VENV)/node_modules $(BIN)/python -m pytest tests/benchmarks/test_firefox.py \
		--benchmark-only --benchmark-disable-gc -p no:randomly -s

serve: $(RUNTIME)
	@$(BIN)/dragoman serve

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --upgrade "pip>=25.1"

$(RUNTIME): pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install -qq --editable .
	@touch $@

$(DEVELOPMENT): pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install -qq --editable . --group dev
	@touch $@ $(RUNTIME)

$(BENCH)/.installed: pyproject.toml
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install -qq --upgrade "pip>=25.1"
	@$(BENCH)/bin/python -m pip install -qq --editable . --group dev --group bench
	@$(BENCH)/bin/python -m pip install -qq PyICU || \
		echo "PyICU can't be built here (it needs libicu-dev and pkg-config): ICU is left out"
	@touch $@

clean:
	rm -rf $(VENV) $(BENCH) out build dist
