#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-lobos.t - three reboots by LOBOS, each proved, each with the whole log of the kernel before
. "$(dirname "$0")/lib.sh"

plan 8
scenario 0 bench --kernel i386 --clock wall --way lobos --machines 1 --reboots 3
holds "three reboots, all ok and proved" 'length == 3 and all(.[]; .verdict == "ok" and .proved)'
holds "the first is a warm-up and the others count" '[.[].warmup] == [true, false, false]'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "neither firmware nor decompression" 'all(.[]; (.phases_ns | has("firmware") or has("bootloader") or has("decompress")) | not)'
holds "every log is kept" 'all(.[]; .log_kept)'
whole_to_the_end
