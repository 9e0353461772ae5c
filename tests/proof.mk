# Proof by hand: what is too long for every commit.
COUNT ?= 1000000

.PHONY: fuzz

fuzz: dev ## read 1,000,000 inputs that are nearly right, an hour or two (COUNT=...)
	$(BIN)/python -m tests.fuzz $(COUNT)
