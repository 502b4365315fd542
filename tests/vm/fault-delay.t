#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# fault-delay.t - a delay of 250 ms is found in the phase it was put into, and in no other short one
. "$(dirname "$0")/lib.sh"
plan 6

# delays: the time from the mark services_stopped (4) to fault_over (49) of each reboot, in ns, from the raw bytes of the
# marks line (three a mark) and the stamps of its chunks
delays() {
	{
		jq -r 'select(.line == "marks") | "chunk \(.offset) \(.length) \(.ns)"' "$1.stamps"
		od -An -v -tu1 -w3 "$1.marks" | sed 's/^/mark /'
	} | awk '
		$1 == "chunk" { for (i = 0; i < $3; i++) at[$2 + i] = $4 }
		$1 == "mark" && $2 == 49 && before == 4 { print at[n] - since }
		$1 == "mark" { before = $2; since = at[n]; n += 3 }'
}

cat >"$tmp/plain.yaml" <<END
name: plain
title: No delay
ways: [{way: kexec}]
chain: {machines: 1, reboots: 6, warmups: 1}
END
{
	sed 's/plain/delayed/; s/No delay/250 ms between services stopped and devices shut down/' "$tmp/plain.yaml"
	echo 'fault: {kind: delay, at: services_stopped, ms: 250}'
} >"$tmp/delayed.yaml"

scenario 0 "$tmp/plain.yaml"
longest=$(jq -s '[.[].phases_ns.quiesce] | max' "$run/samples.jsonl")
scenario 0 "$tmp/delayed.yaml"
delays "$run/consoles/kexec-m0" >"$tmp/delays"
echo "# longest quiesce without the delay: $longest ns; the delays: $(paste -s -d ' ' "$tmp/delays") ns"
# What else runs on the host can only lengthen a delay: the shortest tells how exact the clock is.
[ "$(wc -l <"$tmp/delays")" = 5 ] && sort -n "$tmp/delays" | awk 'NR == 1 { exit !($1 >= 249e6 && $1 <= 255e6) }'
result $? "the delay of 250 ms is timed within 5 ms" "$tmp/delays"
holds "it is in quiesce, whose phase is longer by it" \
	'[.[] | select(.warmup | not) | .phases_ns.quiesce] | length == 5 and all(.[]; . >= 250000000)'
holds "every sample says that a fault was put in" 'all(.[]; .doubts | index("fault_injected"))'
"$lobosbench" --state "$tmp/state" --results "$tmp/results" show 12 >"$tmp/shown" 2>&1 && grep -q quiesce "$tmp/shown"
result $? "show lists the phase" "$tmp/shown"
