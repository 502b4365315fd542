#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# tkm-64.t - Two Kernel Monte on x86_64: from 4 and from 5 levels of page tables to the BIOS, with memory above 4 GiB; what it refuses
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 22
# chain NAME WHAT OPTIONS MACHINE TEST FILTER: five tests. Three reboots of such a MACHINE; the jq FILTER of their phases is a TEST.
chain() {
	cat >"$tmp/$1.yaml" <<END
name: $1
title: Two Kernel Monte on $2
ways: [{way: tkm, options: [$3]}]
machine: {arch: x86_64, $4}
chain: {machines: 1, reboots: 3, warmups: 0}
END
	scenario 0 "$tmp/$1.yaml"
	holds "$2: all ok and proved" 'length == 3 and all(.[]; .verdict == "ok" and .proved)'
	holds "$2: $5" "all(.[].phases_ns; $6)"
	whole_to_the_end
}
chain small "two CPUs" "" "cpus: 2" "the BIOS was called, and no boot loader ran" \
	'.firmware > 0 and (has("bootloader") | not)'
chain large "five levels of page tables and 6 GiB" "" "cpu_model: max, memory_mib: 6144" \
	"the BIOS was called, and no boot loader ran" '.firmware > 0 and (has("bootloader") | not)'
grep -q 'tkm: [1-9][0-9]* pages lie above 4 GiB and are copied' "$run/consoles/tkm-m0.console"
result $? "what lies above 4 GiB is copied" "$run/consoles/tkm-m0.console"
chain protected "one CPU" skip-setup "cpus: 1" "protection stays on, no BIOS is called" 'has("firmware") | not'

offered tkm images "insmod /boot/modules/tkm.ko; bad-images tkm" "arch: x86_64"
offered tkm calls "insmod /boot/modules/tkm.ko; bad-calls tkm" "arch: x86_64"
