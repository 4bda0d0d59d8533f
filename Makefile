# Everything there is to do with claimtrack on one machine. `make` alone lists it.

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format messages lock
python := .venv/bin/python

help:  ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 12

run:  ## set up what is missing, load the demonstration, serve on 127.0.0.1:8000 (CLAIMTRACK_PORT=8001 for another port)
	@bin/environment run
	@$(python) bin/serve.py

dev:  ## as run, for those who change the code: reloads, shows the cause of an error
	@bin/environment run
	@CLAIMTRACK_DEBUG=on $(python) bin/serve.py --dev

test:  ## lint, checks, and the whole suite on SQLite and PostgreSQL, in a real Chromium
	@bin/environment test
	@$(python) bin/check.py

lint:  ## what Ruff, the template linter and mypy say
	@bin/environment test
	@$(python) bin/check.py lint

format:  ## bring code and templates into form
	@bin/environment test
	@$(python) bin/check.py format

messages:  ## collect what readers' pages say, bring the translations up to date, compile them
	@bin/environment test
	@$(python) bin/messages.py

lock:  ## pin requirements/*.in with hashes
	@bin/environment test
	@bin/lock
