#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# fault-hang.t - a kernel that hangs in early boot is reported as hung, with the phase and the console's tail
. "$(dirname "$0")/lib.sh"
plan 5
scenario 1 hang
holds "hung, not counted as a reading" 'length >= 1 and all(.[]; .verdict == "hung" and .latency_ns == null)'
"$lobosbench" --state "$tmp/state" --results "$tmp/results" show 1 >"$tmp/shown" 2>&1
grep -q 'hung' "$tmp/shown" && grep -q 'kernel' "$tmp/shown" && grep -qE '\[ +[0-9]+\.[0-9]+\]' "$tmp/shown"
result $? "show names the phase and prints the console's tail" "$tmp/shown"
grep -q 'hung' "$run/report.md" && grep -q 'kernel' "$run/report.md"
result $? "so does the report" "$run/report.md"
grep -lE '^[ER]IP=' "$run"/consoles/*.registers >"$tmp/registers"
[ "$(wc -l <"$tmp/registers")" = "$(jq -s length "$run/samples.jsonl")" ] && grep -q 'consoles/lobos-m0.registers' "$run/report.md"
result $? "the registers of each machine are beside its console, and the report names them" "$tmp/registers"
