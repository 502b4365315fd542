#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-tkm.t - reboots by Two Kernel Monte, two CPUs, each by way of the BIOS and of the set-up code
. "$(dirname "$0")/lib.sh"

plan 7
cat >"$tmp/tkm.yaml" <<'END'
name: chain-tkm
title: Two Kernel Monte on two CPUs
ways: [{way: tkm}]
machine: {cpus: 2}
chain: {machines: 1, reboots: 3, warmups: 0}
END
scenario 0 "$tmp/tkm.yaml"
holds "all ok and proved" 'length == 3 and all(.[]; .verdict == "ok" and .proved)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "the BIOS was called, and no boot loader ran" 'all(.[]; .phases_ns.firmware > 0 and (.phases_ns | has("bootloader") | not))'
[ "$(grep -c 'Brought up 1 node, 2 CPUs' "$run/consoles/tkm-m0.console")" = 4 ]
result $? "both CPUs came up each time" "$run/consoles/tkm-m0.console"
whole_to_the_end
