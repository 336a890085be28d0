# GNU make. `make help` lists what there is.

GO       ?= go
EXE      := $(shell $(GO) env GOEXE)
FUZZTIME ?= 60s
FUZZFLAGS ?=
BENCH    ?=
RUNS     ?= 3
COUNT    ?= 6
TIMEOUT  ?= 30m
GOCODE   := cmd internal themes tools

.DEFAULT_GOAL := site
.PHONY: site build examples dist test test-all fuzz bench benchstat golden clean help

site: build ## make ./vitrine, then this repository's own site and kit (the default)
	./vitrine$(EXE) build

build: ## make ./vitrine
	$(GO) build -o vitrine$(EXE) ./cmd/vitrine

examples: build ## the sites below examples/, each with its kit
	@for dir in examples/*/; do echo "$$dir"; ./vitrine$(EXE) build --site "$$dir" || exit 1; done

dist: ## what is handed out: programs and zips for Windows, macOS and Linux, in dist/ (VERSION=… TARGETS=linux/amd64)
	$(GO) run ./tools/dist -out dist -version "$(VERSION)" $(if $(TARGETS),-targets $(TARGETS))

test: ## go vet, gofmt and every test; what needs a missing tool is skipped and named
	$(GO) vet ./...
	@bad=$$(gofmt -l $(GOCODE)) && if test -n "$$bad"; then echo "gofmt would change:"; echo "$$bad"; exit 1; fi
	$(GO) run ./tools/gotest -timeout $(TIMEOUT) ./...

test-all: ## the tests on every page, of 1,000 and 10,000 businesses too with VITRINE_BENCH, then 60 s of fuzzing per target
	VITRINE_ALL=1 $(MAKE) test TIMEOUT=4h
	$(MAKE) fuzz

fuzz: ## every fuzz target for 60 s (FUZZTIME=5s makes it shorter)
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -run '^$$' -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "fuzz $$p $$f $(FUZZTIME)"; \
	    $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $(FUZZFLAGS) $$p || exit 1; \
	  done; \
	done

bench: build ## the table of ratios; VITRINE_BENCH names the yardstick's folder, BENCH="1000 typst" chooses parts
	$(GO) run ./tools/bench -vitrine ./vitrine$(EXE) -runs $(RUNS) -parts "$(BENCH)" $(if $(DATE),-date $(DATE))

benchstat: ## the inner loops against those of another revision: OLD=HEAD~5, NEW=… (the files as they are)
	@test -n "$(OLD)" || { echo "benchstat: which revision? make benchstat OLD=HEAD~5" >&2; exit 1; }
	$(GO) run ./tools/bench -old "$(OLD)" -new "$(NEW)" -count $(COUNT) -bench "$(or $(BENCHMARKS),.)"

golden: ## write the expected results of tests again (review them as a diff)
	@for p in $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' cmd internal | xargs -r -n1 dirname | sort -u); do \
	  echo "$(GO) test ./$$p -update"; $(GO) test ./$$p -update || exit 1; \
	done

clean: ## remove what `make` made
	rm -rf vitrine vitrine.exe kit dist .vitrine examples/*/public examples/*/kit examples/*/.vitrine
	find public -mindepth 1 ! -name .gitkeep -delete

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
