# Every target sets up what it needs: a virtual environment in .venv with exactly what
# requirements.lock names, hashes checked, and the command `xiangwen` for this checkout.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
# Newest last: the version that is tested first comes first.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
    "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
    && command -v "$$name" && break; done)
# Stamps are named by content, so a checkout that only touches a file sets up nothing anew.
LOCKED := $(VENV)/.locked-$(shell cksum < requirements.lock | cut -d ' ' -f 1)
INSTALLED := $(VENV)/.installed-$(shell cksum < pyproject.toml | cut -d ' ' -f 1)
FORM := conversations/forms/rural_labour.md
KEPT := build/forms/.kept-$(shell cat requirements.lock $(FORM) | cksum | cut -d ' ' -f 1)

.PHONY: run test soak bench lock check install clean

run: install
	@exec $(VENV)/bin/xiangwen serve

# Tests wait for disks, databases and processes half of their time: one more of them than cores.
test: check
	$(VENV)/bin/python -m pytest --numprocesses $$(( $$(nproc) + 1 )) --dist worksteal

soak: install
	$(VENV)/bin/python -m pytest -m soak

bench: install
	$(VENV)/bin/python -m bench

check: install
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

install: $(INSTALLED) $(KEPT)

# The first start need not compile the questionnaire: that takes most of a second.
$(KEPT): $(INSTALLED) $(FORM)
	@rm -rf build/forms
	$(VENV)/bin/xiangwen form keep $(FORM)
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml
	@rm -f $(VENV)/.installed-*
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    --no-build-isolation --editable .
	@touch $@

$(LOCKED): requirements.lock
	@test -n "$(PYTHON)" || { echo "xiangwen needs Python 3.11 or newer, and none is on the PATH:" \
	    "apt-get install python3 python3-venv, or set PYTHON=/path/of/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual" \
	    "environments: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    --no-deps --only-binary :all: --requirement requirements.lock
	@touch $@

# Resolves anew what pyproject.toml asks for, in a virtual environment that is thrown away.
lock:
	@test -n "$(PYTHON)" || { echo "make lock needs Python 3.11 or newer" >&2; exit 1; }
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	"$(PYTHON)" -m venv "$$folder" && "$$folder/bin/pip" install --quiet uv && \
	"$$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --extra dev --no-header --no-emit-index-url --no-emit-find-links \
	    --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) *.egg-info build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
