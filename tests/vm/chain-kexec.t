#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-kexec.t - reboots by kexec, from both image formats, each proved
. "$(dirname "$0")/lib.sh"

plan 9
scenario 0 bench --kernel i386 --clock wall --way kexec --machines 1 --reboots 2
holds "all ok and proved" 'length == 4 and all(.[]; .verdict == "ok" and .proved)'
holds "both image formats ran" '([.[].variant] | unique | length) == 2'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "a bzImage is decompressed" 'all(.[] | select(.variant == ""); .phases_ns.decompress > 0)'
holds "a vmlinux is not" 'all(.[] | select(.variant != ""); .phases_ns | has("decompress") | not)'
holds "what runs ahead is no downtime" 'all(.[]; .downtime_ns == .latency_ns - .phases_ns.load)'
whole_to_the_end
