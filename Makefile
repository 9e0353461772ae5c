.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
APT_PACKAGES := libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils espeak-ng flite strace tmux chromium

include $(wildcard tools/demo_model/demo_model.mk) tests/proof.mk

.PHONY: types-elsewhere house docs constraints bench bench-findings help demo test check format lint types imports tests dev system screenshots clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/.developing: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/.installed

demo: .venv/.installed ## record, transcribe, measure and review the sample answer
	@$(BIN)/practice demo

dev: .venv/.developing ## install what development needs into .venv

system: ## install the Debian packages that the tests need
	@missing=$$(dpkg-query -W -f='$${Package} $${Status}\n' $(APT_PACKAGES) 2>/dev/null | awk '/ok installed/ {print $$1}' | sort > .venv/.have; \
	  printf '%s\n' $(APT_PACKAGES) | sort | comm -23 - .venv/.have | tr '\n' ' '); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "The tests need more: sudo apt-get install $$missing" >&2; fi; \
	fi

tests: # every test, nothing else
	$(BIN)/python -m pytest -n 2 --dist worksteal

test: dev system tests ## install what the tests need and run every test

format: dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

types-elsewhere: dev # what runs on other systems, as a type checker there sees it; caches of their own keep it quick
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 practice tools tests/unit
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin practice

imports: dev
	$(BIN)/lint-imports

check: lint types types-elsewhere imports test ## everything that must pass before a commit lands

house: dev ## print how the code is built, in figures
	$(BIN)/python -m tools.house

docs: dev ## write what docs/ has from the code: rooms, measures, reference, tables of the guide
	$(BIN)/python -m tools.architecture_page
	$(BIN)/python -m tools.measures_page
	$(BIN)/python -m tools.reference_page

constraints: ## renew constraints.txt from what is newest now (needs the network)
	rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	build/constraints/bin/python -m pip install --quiet --disable-pip-version-check '.[dev,bench]' cyclonedx-bom pip-audit
	{ sed '/^[^#]/,$$d' constraints.txt; build/constraints/bin/python -m pip freeze --exclude interview-practice \
	  | LC_ALL=C sort -f; } > build/constraints.txt
	! grep -E '://|@ ' build/constraints.txt
	mv build/constraints.txt constraints.txt

screenshots: dev system ## draw the pictures of README and docs
	$(BIN)/python -m tools.screenshots

bench: dev system ## measure speed, memory and lost samples (two hours); tables, benchmarks/results and docs/speed.svg
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks.start_up
	$(BIN)/python -m benchmarks.signal_analysis
	$(BIN)/python -m benchmarks.after_stop --pace 10
	$(BIN)/python -m benchmarks.after_stop --size base --minutes 5 --pace 3.5
	$(BIN)/python -m benchmarks.after_stop --size small --minutes 2 --pace 1.3
	$(BIN)/python -m benchmarks.time_left
	$(BIN)/python -m benchmarks.charts
	$(BIN)/python -m benchmarks.true_size
	$(BIN)/python -m benchmarks.whole_file
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.terminal_app
	$(BIN)/python -m benchmarks.samples_lost 1800

bench-findings: .venv/.developing ## print how well fillers, pauses and pace are found on labelled speech
	$(BIN)/python -m benchmarks.findings

clean: ## remove what was built here
	rm -rf .venv build dist
