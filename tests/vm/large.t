#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# large.t - LOBOS on x86_64 with eight CPUs, 6 GiB, five levels of page tables, SMEP and SMAP: ten reboots in a row, and
# before each an image that can use four levels only is refused
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 7
cat >"$tmp/large.yaml" <<'END'
name: large
title: Eight CPUs, 6 GiB and five levels of page tables
ways: [{way: lobos}]
machine: {arch: x86_64, chipset: q35, cpus: 8, memory_mib: 6144, cpu_model: max}
chain: {machines: 1, reboots: 10, warmups: 0}
before: bad-lobos levels
END
scenario 0 "$tmp/large.yaml"
holds "ten reboots, all ok and proved" 'length == 10 and all(.[]; .verdict == "ok" and .proved)'
holds "every log is kept" 'all(.[]; .log_kept)'
console="$run/consoles/lobos-m0.console"
[ "$(tr -d '\r' <"$console" | grep -c '^call four-levels 95$')" = 10 ]
result $? "an image for four levels is refused before each" "$console"
grep -q 'lobos: refused (error 95): .* can use 4 levels of page tables, this machine uses 5' "$console"
result $? "and the log says why" "$console"
whole_to_the_end
