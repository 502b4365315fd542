#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# fault-panic.t - a kernel that panics is reported as such, with the phase and the console's tail
. "$(dirname "$0")/lib.sh"
plan 4
scenario 1 panic
holds "panicked, not counted as a reading" 'length >= 1 and all(.[]; .verdict == "panicked" and .latency_ns == null)'
"$lobosbench" --state "$tmp/state" --results "$tmp/results" show 1 >"$tmp/shown" 2>&1
grep -q 'panicked' "$tmp/shown" && grep -q 'Kernel panic - not syncing' "$tmp/shown"
result $? "show prints the panic from the console" "$tmp/shown"
grep -q 'panicked' "$run/report.md"
result $? "so does the report" "$run/report.md"
