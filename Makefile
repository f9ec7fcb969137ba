# Two commands matter: `make run` opens the desk, `make test` checks everything. Each installs what it lacks.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := build/lock/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command "make lock"

# About half of the time that all tests take: guests' streams, and some of those that wait for a real OBS.
SLOW := $(wildcard tests/test_preview_*.py tests/test_simulated_*.py tests/test_whole_*.py) \
  tests/test_obs_contract.py tests/test_obs_driver.py tests/test_obs_link.py tests/test_obs_provision.py \
  tests/test_clips_on_obs.py tests/test_obs_mixer.py

.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-others check bench screenshots lock install install-test clean

help:  ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14

run: install  ## open the desk in rehearsal on the sample event (ARGS="--lang en --day day2" for more)
	@$(BIN)/studio-console --rehearse $(ARGS)

test: install-test  ## everything that has to hold: style, types, layering, tests (TESTS="tests/test_x.py -k word" for some)
	@$(MAKE) --no-print-directory check
ifdef TESTS
	@$(BIN)/python -m pytest $(TESTS)
else
	@$(MAKE) --no-print-directory --jobs=2 test-slow test-others
endif

# Most of the time is waiting, for a real OBS and for streams to come, freeze and come back: two halves run at once.
test-slow:
	@$(BIN)/python -m pytest $(SLOW)

test-others:
	@$(BIN)/python -m pytest $(SLOW:%=--ignore=%)

check: install-test  ## style, types and layering only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install-test  ## the benchmarks, into build/bench.json (ONLY=name for one)
	@$(BIN)/python -m tests.bench $(ONLY)

screenshots: install-test  ## draw the pictures of the README and the guides from the running program
	@$(BIN)/python -m tests.screenshots

install:  ## what `make run` needs
	@.ci/system run $(PYTHON)
	@.ci/environment $(VENV) requirements.txt $(PYTHON)

install-test:  ## what `make test` needs
	@.ci/system test $(PYTHON)
	@.ci/environment $(VENV) requirements-dev.txt $(PYTHON)

lock:  ## take the newest allowed dependencies into the lock files
	@test -x build/lock/bin/uv || { $(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	$(UV) --upgrade --output-file requirements.txt pyproject.toml .ci/lock.in
	$(UV) --upgrade --output-file requirements-dev.txt --extra test --constraint requirements.txt pyproject.toml .ci/lock.in

clean:  ## remove what was made here, the virtual environment too
	rm -rf build $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
