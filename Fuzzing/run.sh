#!/bin/bash
# Fuzzing/run.sh RUNS TARGET…: that many inputs for each target. New inputs gather in .build/corpus, findings in .build/findings.
set -euo pipefail
cd "$(dirname "$0")"
runs=$1
shift
# Swift's backtraces take minutes under the sanitizer, and symbols are not wanted for each finding; a small quarantine keeps the
# caches warm. What hangs hangs for ever: a process that waits for a core must not count as one.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=${ASAN_OPTIONS:-symbolize=0:quarantine_size_mb=4:malloc_context_size=0}
status=0
for target in "$@"; do
  mkdir -p ".build/corpus/$target" .build/findings
  log=.build/findings/$target.log
  echo "$target: $runs runs"
  if nice -n 19 .build/release/fuzz "$target" -runs="$runs" -max_len="${LENGTH:-256}" -timeout=25 -detect_leaks=0 \
    -artifact_prefix=".build/findings/$target-" -print_final_stats=1 ".build/corpus/$target" "Corpus/$target" >"$log" 2>&1; then
    grep -aE 'stat::(number_of_executed_units|average_exec_per_sec)' "$log"
  else
    grep -aE 'Fatal error|ERROR|SUMMARY|Test unit written' "$log" || tail -5 "$log"
    status=1
  fi
done
exit $status
