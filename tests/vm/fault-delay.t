#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# fault-delay.t - a delay of 250 ms is found in the phase it was put into, and in no other short one
. "$(dirname "$0")/lib.sh"
plan 6

# quiesce and handoff are short without the delay, so that its length shows to the millisecond.
cat >"$tmp/plain.yaml" <<END
name: plain
title: No delay
ways: [{way: kexec}]
chain: {machines: 1, reboots: 4, warmups: 1}
END
{
	sed 's/plain/delayed/; s/No delay/250 ms between services stopped and devices shut down/' "$tmp/plain.yaml"
	echo 'fault: {kind: delay, at: services_stopped, ms: 250}'
} >"$tmp/delayed.yaml"

scenario 0 "$tmp/plain.yaml"
plain=$(jq -s '[.[] | select(.warmup | not) | .phases_ns.quiesce] | sort | .[1]' "$run/samples.jsonl")
plain_handoff=$(jq -s '[.[] | select(.warmup | not) | .phases_ns.handoff] | sort | .[1]' "$run/samples.jsonl")
scenario 0 "$tmp/delayed.yaml"
echo "# quiesce without the delay: median $plain ns"
holds "each quiesce is longer by 250 ms, within 5 ms" \
	"[.[] | select(.warmup | not) | .phases_ns.quiesce - $plain - 250000000] | length == 3 and all(.[]; fabs <= 5000000)"
holds "the handoff is not longer by as much" \
	"[.[] | select(.warmup | not) | .phases_ns.handoff - $plain_handoff] | sort | .[1] < 125000000"
holds "every sample says that a fault was put in" 'all(.[]; .doubts | index("fault_injected"))'
"$lobosbench" --state "$tmp/state" --results "$tmp/results" show 6 >"$tmp/shown" 2>&1 && grep -q quiesce "$tmp/shown"
result $? "show lists the phase" "$tmp/shown"
