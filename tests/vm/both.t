#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# both.t - a run by both clocks that is interrupted between them goes on with the exact one
. "$(dirname "$0")/lib.sh"

plan 8
cat >"$tmp/both.yaml" <<END
name: both
title: One machine by each clock
ways: [{way: lobos}]
chain: {machines: 1, reboots: 1, warmups: 0}
clock: both
exact: {machines: 1, reboots: 1, warmups: 0}
END

: >"$tmp/output"
"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$tmp/both.yaml" >"$tmp/output" 2>&1 </dev/null &
pid=$!
while ! grep -q '^by the exact clock now: 1 machine' "$tmp/output" && kill -0 $pid 2>/dev/null; do
	sleep 0.1
done
kill -INT $pid
status=0
wait $pid || status=$?
[ $status = 130 ] && grep -q '1 of 2 samples: interrupted' "$tmp/output"
result $? "an interrupt in the exact part ends with 130 and keeps the other one" "$tmp/output"

scenario 0 "$tmp/both.yaml"
grep -q 'continuing run .*: 1 of 2 samples are there' "$tmp/output"
result $? "the same command goes on" "$tmp/output"
holds "each clock has its one reboot, proved, with a machine of its own" \
	'map([.clock, .machine > 0, .verdict, .proved]) == [["wall", false, "ok", true], ["virtual", true, "ok", true]]'
# shellcheck disable=SC2016
holds "only the exact one has instructions, of each phase, and no doubt of the host" \
	'(.[0] | .latency_instructions == null and .phases_instructions == {}) and
	(.[1] | .latency_instructions == ([.phases_instructions[]] | add)) and (.[1].doubts - ["resumed"] == [])'
grep -q 'million instructions from request to ready. By' "$run/report.md" &&
	grep -q '^\*Not exact:\* lobos (a reboot came up on 1 machine only, exact figures need 3)\.' "$run/report.md"
result $? "the report begins with the exact clock, and says that one machine is not exact" "$run/report.md"
[ -s "$run/figures/instructions.png" ] && [ -s "$run/figures/phases.png" ]
result $? "each clock has its figure of the phases" "$tmp/output"
grep -q 'million instructions' "$tmp/output" && grep -q '^lobos .* s *$' "$tmp/output"
result $? "the end of the run has a line for each clock" "$tmp/output"
