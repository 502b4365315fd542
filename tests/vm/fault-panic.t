#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# fault-panic.t - a kernel that panics is reported as such, with the phase, the tail of its console and a reset behind it
. "$(dirname "$0")/lib.sh"
plan 6
scenario 1 panic
holds "panicked, not counted as a reading" 'length >= 1 and all(.[]; .verdict == "panicked" and .latency_ns == null)'
"$lobosbench" --state "$tmp/state" --results "$tmp/results" show 1 >"$tmp/shown" 2>&1
grep -q 'panicked' "$tmp/shown" && grep -q 'Kernel panic - not syncing' "$tmp/shown"
result $? "show prints the panic from the console" "$tmp/shown"
grep -q 'panicked' "$run/report.md"
result $? "so does the report" "$run/report.md"

cat >"$tmp/reset.yaml" <<'END'
name: panic-reset
title: A kernel that panics and resets the machine
ways: [{way: lobos}]
chain: {machines: 1, reboots: 1, warmups: 0}
command_line: console=ttyS0 root=PARTUUID=6c6f626f-01 ro panic=-1
fault: {kind: panic, at: initcalls}
END
scenario 1 "$tmp/reset.yaml"
sqlite3 "$tmp/results/lobosbench.db" "SELECT verdict, phase, proved, reason FROM sample WHERE scenario = 'panic-reset'" |
	sort -u >"$tmp/verdict"
[ "$(cat "$tmp/verdict")" = "panicked|kernel|0|A kernel panicked in kernel, and then the machine was reset." ]
result $? "a reset behind the panic is named, and the phase is that of the panic" "$tmp/verdict"
