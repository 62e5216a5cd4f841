# The two commands a newcomer needs: `make demo` and `make test`.
CARGO ?= cargo
FUZZ_SECONDS ?= 60

.PHONY: demo test lint validate fuzz bench fmt release

# The development profile: it builds in a third of release's time and the demo's data is small.
demo:
	$(CARGO) build -p orochi
	demo/run.sh "$$($(CARGO) metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/orochi"

test: lint
	$(CARGO) test --workspace --no-fail-fast
	$(MAKE) validate
	fuzz/run $(FUZZ_SECONDS)

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings

# Every export format, read by an independent reader of it; installs them once under target/ (Python 3.11 and PyPI).
validate:
	$(CARGO) build -p orochi
	crates/orochi-evidence/validators/run "$$($(CARGO) metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/orochi"

fmt:
	$(CARGO) fmt --all

fuzz:
	fuzz/run $(FUZZ_SECONDS)

release:
	$(CARGO) build --release -p orochi

# Side by side with DuckDB; figures go to docs/benchmarks.md by hand, with the machine they were measured on.
bench: release
	benches/run.sh
