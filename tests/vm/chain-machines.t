#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-machines.t - LOBOS on machines of other kinds: two CPUs, pages of 4 KiB only, PAE
. "$(dirname "$0")/lib.sh"
plan 6
for kind in smp nopse pae; do
	scenario 0 $kind --way lobos --machines 1 --reboots 2
	holds "$kind: all ok, proved, with the whole log" 'length == 2 and all(.[]; .verdict == "ok" and .proved and .log_kept)'
done
