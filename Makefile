# The two commands a newcomer needs: `make demo` and `make test`. For the daily loop: `make check`.
CARGO ?= cargo
FUZZ_SECONDS ?= 15

# One build for lints, tests, validators and demo. Clippy stands in the compiler's place for Orochi's own crates, so that
# libraries are built once and not a second time for the lints; and no command but `check` selects a package, as that
# would select other features. Without clippy the build goes on without lints.
export RUSTC_WORKSPACE_WRAPPER ?= $(shell command -v clippy-driver)

# Cargo shows the warnings of a crate that is built already again, so none is missed.
no_warning = 2>&1 | tee /dev/stderr | (! grep -Eq '^(warning|error)')
# Crates with changes that are not committed.
changed = $(shell { git diff --name-only HEAD; git ls-files --others --exclude-standard; } | \
	sed -n 's|^crates/\([^/]*\)/.*|\1|p' | sort -u)

program = $$($(CARGO) metadata --format-version 1 --no-deps --offline | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/orochi

.PHONY: demo test check build lint docs deny spell format validate fuzz bench fmt release

# The development profile: it builds in a third of release's time and the demo's data is small.
demo:
	$(CARGO) build --bin orochi
	demo/run.sh "$(program)"

test: format lint docs
	$(CARGO) test --workspace --lib --bins --tests --no-fail-fast
	$(MAKE) validate
	fuzz/run $(FUZZ_SECONDS)

# Format, lints and unit tests of the crates with changes that are not committed. `orochi`, which uses all others, is selected with
# them: so every library has the features that it has in `test`, and is not built again.
check: format
	$(if $(changed),$(CARGO) test $(addprefix -p ,$(changed)) -p orochi --lib $(if $(filter orochi,$(changed)),--bin orochi) $(no_warning))

format:
	$(CARGO) fmt --all --check

# All that `test` runs, and the examples; then what comes in from outside.
lint:
	$(CARGO) build --workspace --all-targets $(no_warning)
	@$(MAKE) --no-print-directory deny

# What a comment refers to exists.
docs:
	docs/check

# Licences, sources and what is banned. Known faults as well where their database can be fetched, which is from a git host.
deny:
	@if ! command -v cargo-deny > /dev/null; then \
		echo "skipped: cargo-deny is not installed: cargo install --locked cargo-deny" >&2; \
	elif $(CARGO) deny fetch db > /dev/null 2>&1; then \
		$(CARGO) deny --log-level error check; \
	else \
		echo "skipped: known faults of crates, because their database cannot be fetched" >&2; \
		$(CARGO) deny --log-level error --offline check bans licenses sources; \
	fi

# Which words are no misspelling is in .codespellrc.
spell:
	@command -v codespell > /dev/null || { echo "codespell is not installed: pipx install codespell" >&2; exit 1; }
	codespell

# Every export format, read by an independent reader of it; installs them once under target/ (Python 3.11 and PyPI).
validate:
	$(CARGO) build --bin orochi
	crates/orochi-evidence/validators/run "$(program)"

fmt:
	$(CARGO) fmt --all

# `make fuzz FUZZ_SECONDS=3600` is an hour a target.
fuzz:
	fuzz/run $(FUZZ_SECONDS)

# Without clippy, which keeps the compiler from some of its work.
release: export RUSTC_WORKSPACE_WRAPPER =
release:
	$(CARGO) build --release --bin orochi

# Side by side with DuckDB; figures go to docs/benchmarks.md by hand, with the machine they were measured on.
bench: release
	benches/run.sh
