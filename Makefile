# The verbs of the project. `make run` and `make test` need nothing but Debian 12 and the Swift toolchain.
SHELL := /bin/bash
PACKAGES := libsqlite3-dev libssl-dev libsndfile1-dev libsoxr-dev zlib1g-dev pkg-config
DATA ?= ./fairvoice-data
# Speech corpora for the tests that want them; the suite passes without.
export FAIRVOICE_TEST_DATA ?= $(wildcard $(abspath ../shared/data))

.PHONY: setup build run test lint check format bench-ledger bench-http bench-audio audio-agreement crash storm power-loss bit-flips full-disk syscalls tus payout-files books \
	simulator simulate simulate-mutants

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
	@swift test -c release 2>&1 | tee .build/test.log; status=$${PIPESTATUS[0]}; \
	if [ $$status != 0 ]; then echo "What failed:"; grep -E "error:|✘ .* recorded an issue" .build/test.log; fi; exit $$status

# Durable money requests through HTTP beside libsqlite3 alone.
bench-ledger: build
	python3 Benchmarks/ledger/run.py

# CPU per request beside nginx; needs nginx and wrk from apt.
bench-http: build
	python3 Benchmarks/http/run.py

# CPU seconds for an hour of speech; with AUDIO_PEERS=PYTHON beside Praat and librosa, which that interpreter must have.
bench-audio: build
	swift build -c release --product fairvoice-audio-bench
	python3 Benchmarks/audio/run.py

# Values of the voice against known truth at many more random cases than `test` takes (FACTOR times as many), with their figures.
.PHONY: truth
FACTOR ?= 10
truth: setup
	@set -o pipefail; FAIRVOICE_TRUTH_FACTOR=$(FACTOR) swift test -c release --filter "AcousticsTests.*Truth|FormantGlide" 2>&1 \
	  | grep -E "^truth:|error:|✘|Test run"

# Readers beside libsndfile, loudness beside ffmpeg, features beside the same speech encoded otherwise; AUDIO_PEERS as above.
audio-agreement: build
	swift build -c release --product fairvoice-audio-bench
	$(or $(AUDIO_PEERS),python3) Benchmarks/audio/agreement.py

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# 1,000 random credit transfers against the schema of ISO 20022, which FAIRVOICE_TEST_DATA must hold; SEED chooses others.
payout-files: setup
	test -f "$(FAIRVOICE_TEST_DATA)/iso20022/pain.001.001.09.xsd" && command -v xmllint
	PAYOUT_FILES=1000 SEED=$(or $(SEED),1) swift test -c release --filter PaymentFileSchemaTests

# What CI runs: format lint, build with warnings as errors, tests.
check: setup lint test

# Fault runs against the release build (Tests/Faults/README.md): loopback only, a summary line, exit code 1 on any loss.
CYCLES ?= 1000
SEED ?= 1
FAULTS = python3 Tests/Faults

crash:
	$(FAULTS)/crash.py $(CYCLES) $(SEED)

storm:
	$(FAULTS)/storm.py $(SEED)

STATES ?= 10000
power-loss:
	$(FAULTS)/power_loss.py $(STATES) $(SEED)

FLIPS ?= 1000
bit-flips:
	$(FAULTS)/bit_flips.py $(FLIPS) $(SEED)

full-disk:
	$(FAULTS)/full_disk.py $(SEED)

syscalls:
	$(FAULTS)/syscalls.py $(SEED)

# Needs tuspy from PyPI.
UPLOADS ?= 300
tus:
	$(FAULTS)/tus.py $(UPLOADS) $(SEED)

# Random books of a million transactions, verified, exported, and added up again by hledger, ledger and beancount.
COUNT ?= 1000000
BEANCOUNT ?= $(COUNT)
books: setup
	rm -rf .build/books && mkdir -p .build/books
	FAIRVOICE_BOOKS_COUNT=$(COUNT) FAIRVOICE_BOOKS_SEED=$(SEED) FAIRVOICE_BOOKS_FOLDER=$(CURDIR)/.build/books \
	  swift test -c release --filter BooksAtScaleTests
	scripts/compare-journals.py .build/books --beancount-head $(BEANCOUNT)

# Many clients, a clock, faults and crashes against a small model (docs/decisions/0011): a process a seed, JOBS at a time.
# One failing seed again: make simulate SEED=… SEEDS=1 OPERATIONS=…
SEEDS ?= 200
OPERATIONS ?= 10000
JOBS ?= $(shell nproc)
SIMULATOR = .build/release/fairvoice-simulator

simulator: setup
	swift build -c release --product fairvoice-simulator

simulate: simulator
	$(SIMULATOR) seeds --seed $(SEED) --seeds $(SEEDS) --operations $(OPERATIONS) --jobs $(JOBS) $(if $(MUTANT),--mutant $(MUTANT))

# Breaks the program in every known way; each must be noticed.
simulate-mutants: simulator
	$(SIMULATOR) mutants --seed $(SEED) --jobs $(JOBS)

# The model that the program ships with, and its card: fitted on EmoDB and CREMA-D alone, the same bytes each time.
.PHONY: model
SPEECH = $(FAIRVOICE_TEST_DATA)/speech
EMODB = F. Burkhardt, A. Paeschke, M. Rolfes, W. Sendlmeier, B. Weiss: A database of German emotional speech, Interspeech 2005
CREMA_D = H. Cao, D. G. Cooper, M. K. Keutmann, R. C. Gur, A. Nenkova, R. Verma: CREMA-D: Crowd-sourced emotional multimodal \
  actors dataset, IEEE Transactions on Affective Computing 5(4), 2014; contains information from CREMA-D, which is made \
  available under the Open Database License (ODbL) 1.0
model: build
	.build/release/fairvoice model train --out Models/default.json \
	  --data $(SPEECH)/emodb/labels.tsv --licence CC0-1.0 --citation "$(strip $(EMODB))" \
	  --data $(SPEECH)/crema-d/labels.tsv --licence "ODbL-1.0 and DbCL-1.0" --citation "$(strip $(CREMA_D))"
	.build/release/fairvoice model card Models/default.json > Public/model-card.html
	swift build -c release --product fairvoice

# The bars of recognised emotion on speakers that were not heard in training; exit code 1 where one is missed.
.PHONY: bench-emotion
bench-emotion: build
	python3 Benchmarks/emotion/run.py $(SPEECH)

# The server behind nginx, Caddy and HAProxy (apt-get install nginx-light caddy haproxy); those that are missing are skipped.
.PHONY: proxies
proxies: build
	scripts/proxies.py

# 80 recordings drawn by SEED, re-encoded, made noisy, faster and slower, found again among a million prints (decision 0015); needs ffmpeg.
.PHONY: prints
PRINTS = .build/prints
prints: build
	test -d "$(SPEECH)/emodb/wav" && command -v ffmpeg
	rm -rf $(PRINTS)
	python3 Benchmarks/prints/copies.py $(SPEECH)/emodb/wav $(PRINTS) --seed $(SEED)
	.build/release/fairvoice prints $(SPEECH)/emodb/wav $(PRINTS) --seed $(SEED)

# libFuzzer with AddressSanitizer over what reads bytes (Fuzzing/): RUNS inputs a target, of up to LENGTH bytes. A finding stops its
# target, and its input stays in Fuzzing/.build/findings; once more: Fuzzing/.build/release/fuzz TARGET FILE
.PHONY: fuzzer fuzz fuzz-audio
RUNS ?= 1000000
# Signals of a tenth of a second to some, a few hundred a second.
SAMPLES_RUNS ?= 10000
fuzzer: setup
	swift build --package-path Fuzzing -c release --product fuzz

fuzz: fuzzer
	Fuzzing/run.sh $(RUNS) head chunked multipart fields json

fuzz-audio: fuzzer
	Fuzzing/run.sh $(RUNS) wav
	Fuzzing/run.sh $(SAMPLES_RUNS) features quality

# All of FAIRVOICE_TEST_DATA/malformed, and MUTATIONS damaged files, through `fairvoice analyse`: no crash, 1 s of CPU, 64 MB.
.PHONY: malformed
MUTATIONS ?= 10000
malformed: build
	python3 Fuzzing/malformed.py $(MUTATIONS) $(SEED) $(FAIRVOICE_TEST_DATA)

# SIGTERM under load, again and again, at a passed socket: every request that was written whole is answered. OVER=tls for TLS.
.PHONY: restarts churn sslyze
RESTARTS ?= 1000
CLIENTS ?= 48
restarts: build
	python3 Benchmarks/http/restarts.py $(RESTARTS) $(SEED) $(CLIENTS) $(OVER)

# Connections that end in twelve ways, polite and not: descriptors and memory before and after. OVER as above.
CONNECTIONS ?= 1000000
THREADS ?= 16
churn: build
	python3 Benchmarks/http/churn.py $(CONNECTIONS) $(SEED) $(THREADS) $(OVER)

# Mozilla's intermediate profile, checked by sslyze from PyPI.
sslyze: build
	scripts/sslyze.sh

# Large bodies beside cat, openssl and nginx; memory for idle connections; an ordinary client beside slowhttptest's slow ones.
.PHONY: bench-bodies bench-idle bench-slow
bench-bodies: build
	python3 Benchmarks/http/bodies.py

bench-idle: build
	python3 Benchmarks/http/idle.py

bench-slow: build
	python3 Benchmarks/http/slow.py

# Facet counts and pages over a million recordings through HTTP (decision 0017); needs wrk.
.PHONY: bench-catalogue
RECORDINGS ?= 1000000
bench-catalogue: build
	python3 Benchmarks/catalogue/run.py --recordings $(RECORDINGS)
