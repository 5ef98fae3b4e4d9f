# Everything here makes its own environment in .venv; nothing needs root, a service or a setting.
# What each target does: `make help`.

SHELL   := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON  ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV    := .venv
BIN     := $(VENV)/bin
UV      := uv==0.13.9
SHOWCAUSE := $(BIN)/showcause

.DEFAULT_GOAL := help
.PHONY: help demo test check bench train docs serve lock clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@tools/environment "$(PYTHON)" $(VENV) "$(UV)" requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml
	@tools/environment "$(PYTHON)" $(VENV) "$(UV)" requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements-bench.lock pyproject.toml
	@tools/environment "$(PYTHON)" $(VENV) "$(UV)" requirements-bench.lock
	@touch $@ $(VENV)/dev.stamp $(VENV)/run.stamp

$(VENV)/train.stamp: requirements-train.lock train/network.txt pyproject.toml
	@tools/environment "$(PYTHON)" $(VENV) "$(UV)" requirements-train.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r train/network.txt
	@touch $@ $(VENV)/dev.stamp $(VENV)/run.stamp

demo: $(VENV)/run.stamp  ## build the sample matter in demo/ and run it to its proof
	@$(SHOWCAUSE) demo demo

test: $(VENV)/dev.stamp  ## run the tests (installs a browser first where it can)
	@tools/browser
	@$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/dev.stamp  ## lint, types, the floors of the house, packs, corpus, reference
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@for pack in $$(find src/showcause/laws -name '*.toml'); do $(SHOWCAUSE) law check $$pack || exit 1; done
	@$(BIN)/python tests/corpus/check_corpus.py | tail -1
	@$(BIN)/python corpus/check.py | tail -1 && $(BIN)/python corpus/manuals.py --faults
	@$(BIN)/python docs/generate.py --check

bench: $(VENV)/bench.stamp  ## speed and memory against named peers, as ratios (takes half an hour)
	@$(BIN)/python bench/run.py

train: $(VENV)/train.stamp  ## make the weights of the learned judge (CONTRACTNLI=its folder; about six hours on two cores)
	@tools/minilm train/out/minilm
	@$(BIN)/python train/linear.py
	@$(BIN)/python train/learn.py first --stage ways --epochs 1 --rate 1e-4
	@$(BIN)/python train/learn.py third --stage all --after first --epochs 1 --rate 1e-4
	@$(BIN)/python train/learn.py hard --stage hard --after third --epochs 1 --rate 1e-4
	@$(BIN)/python train/learn.py laws --stage laws --after hard --epochs 1 --rate 1e-4
	@$(BIN)/python train/mix.py main --of hard laws --share 0.5
	@$(BIN)/python train/learn.py again --stage hard --after main --epochs 2 --rate 1e-4 --seed 2
	@$(BIN)/python train/learn.py more --stage hard --after again --epochs 2 --rate 1e-4 --seed 3
	@$(BIN)/python train/learn.py wide --stage wide --after more --epochs 1 --rate 1e-4 --seed 11
	@$(BIN)/python train/mix.py any --of more wide --share 0.5
	@$(BIN)/python train/learn.py first-own --stage own --after main --epochs 3 --rate 1.6e-4
	@$(BIN)/python train/learn.py own --stage own --after first-own --epochs 2 --rate 1.2e-4 --seed 2
	@$(BIN)/python train/learn.py first-status --stage status --after more --epochs 3 --rate 1.6e-4
	@$(BIN)/python train/learn.py status --stage status --after first-status --epochs 3 --rate 1.2e-4 --seed 2
	@$(BIN)/python train/learn.py spans --stage spans --after main --epochs 2 --steps 2400 --batch 16 --rate 1e-4
	@for made in any:any own:laws status:status spans:agreements; do $(BIN)/python train/export.py $${made%:*} --as $${made#*:} || exit 1; done
	@$(BIN)/python train/stack.py

docs: $(VENV)/dev.stamp  ## write docs/reference and the tour of the README from the code
	@$(BIN)/python docs/generate.py && $(BIN)/python docs/tour.py && $(BIN)/python docs/howto.py

serve: $(VENV)/dev.stamp  ## the sample matter in the browser, on this machine alone
	@test -d demo/.showcause || $(SHOWCAUSE) demo demo
	@$(SHOWCAUSE) -m demo serve

lock: $(VENV)/dev.stamp  ## write the lock files anew
	@tools/lock

clean:  ## remove what was made
	rm -rf $(VENV) demo build dist site bench/out
