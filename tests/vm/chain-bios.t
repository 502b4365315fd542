#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-bios.t - reboots through firmware, boot sector and boot loader, each proved
. "$(dirname "$0")/lib.sh"

plan 6
scenario 0 bench --way bios --machines 1 --reboots 2
holds "all ok and proved" 'length == 2 and all(.[]; .verdict == "ok" and .proved)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "firmware, boot loader and decompression were seen" 'all(.[].phases_ns; .firmware > 0 and .bootloader > 0 and .decompress > 0)'
[ "$(sqlite3 "$tmp/results/lobosbench.db" "SELECT min(json_extract(provenance, '\$.starts[0].reset_lateness_ns.p99')) > 0 AND
	(SELECT min(s.clock_error_ns) FROM sample s) >= max(json_extract(provenance, '\$.starts[0].reset_lateness_ns.p99')) FROM run")" = 1 ]
result $? "the error of libvirt's event of a reset was measured, and is that of the samples" "$tmp/output"
holds "no log comes over a reset" 'all(.[]; .log_kept | not)'
