# Everything a developer runs. `make` alone says what there is.

# rustup puts its programs here; a shell that is not a login shell may not know.
export PATH := $(PATH):$(or $(CARGO_HOME),$(HOME)/.cargo)/bin
# LOCKED=--locked: fail instead of changing Cargo.lock, as .ci/run does.
export LOCKED
# How long `make fuzz` works on each parser.
FUZZ_SECONDS ?= 600

.DEFAULT_GOAL := help
.PHONY: help run test check bench sizes fuzz

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: ## build it and open the app on http://localhost:8040
	@scripts/install-missing
	cargo run $(LOCKED) --release

test: ## every test, native, wasm and in a browser, nothing skipped
	@scripts/install-missing browser
	@scripts/test

check: ## formatting, lints and documentation, warnings refused
	@scripts/install-missing
	cargo fmt --all --check
	SUPPLE_SKIP_WASM=1 cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings
	SUPPLE_SKIP_WASM=1 RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --workspace --no-deps

bench: ## time per plan beside an exact solver, and instruction counts under valgrind
	@scripts/install-missing bench
	cargo bench $(LOCKED) -p supple-bench --features highs
	scripts/instructions

sizes: ## how much a phone fetches, and how long it waits, on a slow connection
	@scripts/install-missing browser
	cargo build $(LOCKED) --release -p supple
	node scripts/sizes.mjs

fuzz: ## new inputs for the properties, every parser for FUZZ_SECONDS=600 each (needs a nightly compiler)
	@scripts/install-missing fuzz
	PROPTEST_CASES=100000 cargo test $(LOCKED) -p supple-core --test it properties::
	@set -e; for target in $$(cargo +nightly fuzz list); do \
	    echo "== fuzz $$target for $(FUZZ_SECONDS) s"; \
	    mkdir -p fuzz/target/found/$$target; \
	    cargo +nightly fuzz run $$target fuzz/target/found/$$target fuzz/corpus/$$target -- \
	        -dict=fuzz/dictionaries/$$target.dict -max_total_time=$(FUZZ_SECONDS); \
	done
