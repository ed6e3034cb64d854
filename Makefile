# Everything is run from here: `make demo` to try Rollcall, `make test` before a commit.

SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?= 8081
PYTEST_ARGS ?=
BENCH_ARGS ?=

# Three at a time, for two processors: some tests wait for a second to pass. A file's tests stay
# together and share what they have prepared. In the order of the files: the few long tests come
# first, the thousands of short ones fill all to the end.
PYTEST = XDG_RUNTIME_DIR="$(CURDIR)/.cache/run" $(BIN)/python -m pytest -n 3 --dist loadfile \
	--no-loadscope-reorder
# Storage, state machines, whole conversations: run once more with their rows on PostgreSQL.
# What tries both databases by itself (locking, serving, operations, migrations) is not here.
PG_TESTS = $(addprefix tests/integration/training/test_,machine.py seats.py) \
	$(addprefix tests/integration/,delivery/test_claim.py broadcasts/test_sending.py) \
	tests/integration/qualifications/test_earning.py tests/conversations/test_main_job.py

.PHONY: help proof install install-test demo test tests test-postgres runtime check format bench screenshots messages pins clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

install: .venv/installed ## .venv with Rollcall and what it needs, pinned by hash

.venv/installed: requirements/runtime.txt pyproject.toml scripts/install
	scripts/install runtime
	@touch $@

install-test: .venv/installed-test ## the same with what tests and checks need

.venv/installed-test: requirements/test.txt pyproject.toml scripts/install
	scripts/install test
	@touch .venv/installed $@

demo: install ## try it: phones in a web page, no token needed
	$(BIN)/rollcall sandbox --port $(PORT)

# The test server's lock lies in the project, so that several users of a machine can test.
# The checks run beside the first tests.
# Where PYTEST_ARGS choose nothing of the second run, there is nothing to say (5).
test: install-test runtime ## checks, every test, and the tests of what is stored on PostgreSQL
	@$(BIN)/python -m scripts.chromium > /dev/null
	@$(BIN)/python -m scripts.node_clients > /dev/null
	@$(MAKE) --no-print-directory --jobs=2 check tests
	@ROLLCALL_TESTS_ON=postgresql $(PYTEST) $(PG_TESTS) $(PYTEST_ARGS) || [ $$? -eq 5 ]

tests: install-test runtime
	@$(PYTEST) $(PYTEST_ARGS)

test-postgres: install-test runtime ## all conversations and integration on PostgreSQL; long
	@ROLLCALL_TESTS_ON=postgresql $(PYTEST) tests/conversations tests/integration $(PYTEST_ARGS)

runtime:
	@mkdir -p .cache/run/python_PostgresServer && chmod 700 .cache/run

check: install-test ## style, types, rooms and catalogues, without running anything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.catalogues check

format: install-test ## lay out the code as `check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## what answers, people, handlers, imports and memory cost, as ratios
	$(BIN)/python -m bench $(BENCH_ARGS)

proof: install-test runtime ## the long proofs, figures into docs/proof.md; PARTS="lossy" SEED=7 for some
	@XDG_RUNTIME_DIR="$(CURDIR)/.cache/run" $(BIN)/python -m scripts.proof \
		$(if $(SEED),--seed $(SEED)) $(PARTS)

screenshots: install-test ## pictures of the sandbox, into docs/screenshots
	$(BIN)/python -m scripts.screenshots

messages: install-test ## bring locales/ in line with the sentences in the code
	$(BIN)/python -m scripts.messages

pins: install-test ## pin pyproject.toml's dependencies anew, with hashes
	scripts/pins

clean: ## remove what was installed and cached; data stays
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf *.egg-info build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
