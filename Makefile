# Each target is one or two lines of plain pip / mkdocs / pytest; README.md gives the same for Windows.
PYTHON ?= python3
# Material announces its successor at every build; whoever builds a handbook cannot do anything about it.
export NO_MKDOCS_2_WARNING := 1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site serve test check clean

site: $(VENV)/site.stamp
	$(BIN)/mkdocs build
	@echo "Open site/index.html (Chinese) or site/en/index.html (English)."

serve: $(VENV)/site.stamp
	$(BIN)/mkdocs serve

test: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy plugins/handbook checks
	$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/site.stamp
	$(BIN)/handbook check

$(VENV)/site.stamp: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is %d.%d (make PYTHON=... names another)" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf site site.new site.old .cache
