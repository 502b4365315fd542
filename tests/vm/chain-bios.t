#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-bios.t - reboots through firmware, boot sector and boot loader, each proved
. "$(dirname "$0")/lib.sh"

plan 5
scenario 0 bench --way bios --machines 1 --reboots 2
holds "all ok and proved" 'length == 2 and all(.[]; .verdict == "ok" and .proved)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "firmware, boot loader and decompression were seen" 'all(.[].phases_ns; .firmware > 0 and .bootloader > 0 and .decompress > 0)'
holds "no log comes over a reset" 'all(.[]; .log_kept | not)'
