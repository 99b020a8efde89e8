# The one door to building, checking and releasing. `make` alone lists the targets.

PARTS    = need fmt layout lint generate-check test-race smoke web-check browser
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unreleased)
FUZZTIME ?= 30s
BENCH    ?= .
# The linters have a module of their own, so that go.mod names only what the binary needs.
LINT     = go tool -modfile=internal/lint/go.mod golangci-lint

.PHONY: help test $(PARTS) lint-fix build generate bench fuzz release clean

help: ## List what can be made.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

test: ## Check everything that must hold, part by part, with the time of each.
	@MAKE='$(MAKE)' tools/parts $(PARTS)

need: ## Say in one line which tools this machine lacks; install them on Debian as root.
	@tools/need git go node npm

fmt: ## Check that written Go is formatted.
	@tools/fmt

layout: ## Check import directions and the other rules of the house.
	@go test ./internal/layout

lint: ## Run the linters of .golangci.yml (the first run compiles them: a few minutes).
	@$(LINT) run

lint-fix: ## Let the linters mend what they can.
	@$(LINT) run --fix

generate: ## Write generated code anew.
	go generate ./...

generate-check: ## Check that generated code is what its sources generate.
	@tools/generate-check

test-race: ## Run all tests in random order, under the race detector where there is a C compiler.
	@tools/test-race

smoke: ## Build the static binary, serve with it, ask it a question, interrupt it.
	@tools/smoke

web-check: ## Build the pages and check that web/dist is just that.
	@tools/web-check

browser: ## Open the playground in headless Chromium, without a network where root allows.
	@tools/browser

build: ## Build the static binary ./tarikh.
	CGO_ENABLED=0 go build -trimpath -ldflags "-X main.version=$(VERSION)" -o tarikh ./cmd/tarikh

bench: export GOMAXPROCS ?= $(shell getconf _NPROCESSORS_ONLN)
bench: export BENCH_ROWS ?= 10000
bench: ## Measure (BENCH=regexp chooses; BENCH_ROWS=10000,1000000 sizes, BENCH_DB=folder keeps them, BENCH_SOAK=2m).
	@echo "GOMAXPROCS=$(GOMAXPROCS) $$(go version)"
	@go test -run='^$$' -bench='$(BENCH)' -benchmem -benchtime=1x -timeout=6h ./bench/...
	@go test -run='^$$' -bench='$(BENCH)' -benchmem ./server

fuzz: ## Fuzz every parser for FUZZTIME each (30s).
	@FUZZTIME=$(FUZZTIME) tools/fuzz

release: ## Write release/: static binaries for Linux, macOS and Windows, with checksums.
	@tools/release '$(VERSION)'

clean: ## Remove what the other targets wrote, databases left alone.
	rm -rf release tarikh web/node_modules
