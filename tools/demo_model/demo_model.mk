# The demo model: `make demo-model` rebuilds it from nothing, `make demo-model-eval` measures it.
# Needs the `demo-model` extra, and espeak-ng and flite with their shared libraries.
# DEMO_MODEL_BEGIN=practice/demo/model goes on from the weights that are there instead.

DEMO_MODEL_PYTHON ?= .venv/bin/python
DEMO_MODEL_BUILD ?= build/demo-model
DEMO_MODEL_MINUTES ?= 83
DEMO_MODEL_HOURS ?= 48
DEMO_MODEL_BEGIN ?=
DEMO_MODEL_FOLDER ?= practice/demo/model
DEMO_MODELS ?= $(DEMO_MODEL_FOLDER)

.PHONY: demo-model demo-model-eval

demo-model: ## train the demo model again, from nothing
	$(DEMO_MODEL_PYTHON) -m tools.demo_model.corpus $(DEMO_MODEL_BUILD)/corpus --hours $(DEMO_MODEL_HOURS)
	OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=1000 $(DEMO_MODEL_PYTHON) -m tools.demo_model.train $(DEMO_MODEL_BUILD) \
		--minutes $(DEMO_MODEL_MINUTES) $(if $(DEMO_MODEL_BEGIN),--begin-from $(DEMO_MODEL_BEGIN))
	$(DEMO_MODEL_PYTHON) -m tools.demo_model.export $(DEMO_MODEL_BUILD) $(DEMO_MODEL_FOLDER)

demo-model-eval: ## measure the demo model (DEMO_MODELS names others)
	$(DEMO_MODEL_PYTHON) -m tools.demo_model.evaluate $(DEMO_MODELS)
