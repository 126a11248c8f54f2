# One way to install, one way to run, one way to test. `make help` lists it all.
STACK ?= staging
PYTHON := .venv/bin/python
LOCAL := $(PYTHON) -m local
.DEFAULT_GOAL := help
.PHONY: help install up preview status down destroy test check format bench

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "STACK=staging (the default) or STACK=prod chooses the stack: make up STACK=prod"

install: .venv/.installed ## make .venv from poetry.lock

.venv/.installed: poetry.lock pyproject.toml
	@scripts/install_dependencies.sh

up: .venv/.installed ## bring the platform up in the AWS account on this machine
	@$(LOCAL) up --stack $(STACK)

preview: .venv/.installed ## show what `make up` would change; changes nothing
	@$(LOCAL) preview --stack $(STACK)

status: .venv/.installed ## show what runs
	@$(LOCAL) status --stack $(STACK)

destroy: .venv/.installed ## run `pulumi destroy`, which protected resources refuse
	@$(LOCAL) destroy --stack $(STACK)

down: .venv/.installed ## stop the accounts on this machine and remove their state
	@$(LOCAL) down

test: .venv/.installed ## run all tests
	@$(PYTHON) -m pytest -n auto --no-loadscope-reorder

check: .venv/.installed ## format, lint, types, imports, stack files, workflows
	@$(PYTHON) -m black --check --quiet . || { echo "run: make format"; exit 1; }
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) -m stacks.check
	@$(PYTHON) -m scripts.check_workflows

format: .venv/.installed ## let black and ruff rewrite what they can
	@$(PYTHON) -m black --quiet .
	@$(PYTHON) -m ruff check --quiet --fix .

bench: .venv/.installed ## print the figures of benchmarks/
	@$(PYTHON) -m benchmarks
