# The verbs of the project. `make run` and `make test` need nothing but Debian 12 and the Swift toolchain.
SHELL := /bin/bash
PACKAGES := libsqlite3-dev libssl-dev libsndfile1-dev libsoxr-dev pkg-config
DATA ?= ./fairvoice-data
# Speech corpora for the tests that want them; the suite passes without.
export FAIRVOICE_TEST_DATA ?= $(wildcard $(abspath ../shared/data))

.PHONY: setup build run test lint check format books

setup:
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing; \
	fi

build: setup
	swift build -c release --product fairvoice

run: build
	.build/release/fairvoice serve --data $(DATA) --demo

test: setup
	swift build -c release --product fairvoice
	swift test -c release

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# What CI runs: format lint, build with warnings as errors, tests.
check: setup lint test

# Random books of a million transactions, verified, exported, and added up again by hledger, ledger and beancount.
COUNT ?= 1000000
SEED ?= 1592700940
BEANCOUNT ?= $(COUNT)
books: setup
	rm -rf .build/books && mkdir -p .build/books
	FAIRVOICE_BOOKS_COUNT=$(COUNT) FAIRVOICE_BOOKS_SEED=$(SEED) FAIRVOICE_BOOKS_FOLDER=$(CURDIR)/.build/books \
	  swift test -c release --filter BooksAtScaleTests
	scripts/compare-journals.py .build/books --beancount-head $(BEANCOUNT)
