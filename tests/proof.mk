# Proof by hand: what is too long, or too far away, for every commit.
COUNT ?= 100000
KILLS ?= 8
AUDIT := build/audit/bin

.PHONY: faults fuzz sbom audit

faults: dev system ## kill, fill and break things far more often than the tests do (KILLS=... a stage)
	FAULT_KILLS=$(KILLS) FAULT_DISKS=100 $(BIN)/python -m pytest tests/faults tests/cli/test_privacy.py

fuzz: dev ## read 100,000 inputs that are nearly right, a quarter of an hour (COUNT=1000000 before a release)
	$(BIN)/python -m tests.fuzz $(COUNT)

$(AUDIT)/python: pyproject.toml constraints.txt
	$(PYTHON) -m venv build/audit
	$@ -m pip install --quiet --disable-pip-version-check --constraint constraints.txt cyclonedx-bom pip-audit

sbom: dev $(AUDIT)/python ## write what comes with the program as a CycloneDX document
	rm -rf build/sbom && $(PYTHON) -m venv --without-pip build/sbom
	$(BIN)/pip --python build/sbom/bin/python install --quiet --disable-pip-version-check --constraint constraints.txt .
	$(AUDIT)/cyclonedx-py environment build/sbom --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json

audit: dev $(AUDIT)/python ## ask PyPI for known weaknesses of what is installed (needs the network)
	$(AUDIT)/pip-audit --disable-pip --no-deps --requirement constraints.txt
