#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# soak.t - long chains side by side, interrupted and continued: nothing lost, nothing twice, and what they show is printed
. "$(dirname "$0")/lib.sh"

plan 6
# soak: begins or continues it
soak() {
	exec "$lobosbench" --state "$tmp/state" --results "$tmp/results" soak lobos -n 20 --kernel x86_64 >"$tmp/output" 2>&1 </dev/null
}

soak &
first=$!
while ! grep -q '^3/' "$tmp/output" && kill -0 $first 2>/dev/null; do
	sleep 0.2
done
kill -INT $first
status=0
wait $first || status=$?
[ $status = 130 ]
result $? "Ctrl-C ends it with status 130" "$tmp/output"

status=0
(soak) || status=$?
[ $status = 0 ]
result $? "the same command ends with status 0" "$tmp/output"
run="$tmp/results/latest"
[ "$(sqlite3 "$tmp/results/lobosbench.db" "SELECT count(*) FROM run")" = 1 ]
result $? "it continued the run" "$tmp/output"
holds "20 counted reboots, all ok and proved" '[.[] | select(.warmup | not)] | length == 20 and all(.[]; .verdict == "ok" and .proved)'
holds "LOBOS costs no memory" 'map(.memory_kib) | unique | length == 1'
grep -q '^| lobos | 20 of 20 | *100 % |' "$tmp/output" && grep -q 'No way has less memory with each reboot' "$tmp/output" &&
	grep -q '^| lobos | 20 of 20 | *100 % |' "$run/report.md"
result $? "what the chains show is printed, and in the report" "$tmp/output"
