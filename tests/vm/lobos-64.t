#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# lobos-64.t - LOBOS on x86_64: to where the kernel was linked, to above 4 GiB, with a RAM disk there; and what it must refuse
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 17
cat >"$tmp/linked.yaml" <<'END'
name: linked
title: To where the kernel was linked
ways: [{way: lobos}]
machine: {arch: x86_64}
chain: {machines: 1, reboots: 3, warmups: 0}
END
scenario 0 "$tmp/linked.yaml"
holds "three reboots, all ok and proved, with the whole log" 'length == 3 and all(.[]; .verdict == "ok" and .proved and .log_kept)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
whole_to_the_end

cat >"$tmp/moved.yaml" <<'END'
name: moved
title: To another place, a RAM disk too
ways: [{way: lobos, options: [ramdisk]}]
machine: {arch: x86_64, memory_mib: 6144, cpus: 2}
chain: {machines: 1, reboots: 3, warmups: 0}
before: |
  echo 1 >/sys/module/lobos/parameters/test_move
  dd if=/dev/zero of=/ramdisk bs=1024 count=1234
  sed -n 's/^ *\([0-9a-f]*\)-.* : Kernel code$/\nkernel at \1/p' /proc/iomem
END
scenario 0 "$tmp/moved.yaml"
holds "three reboots, all ok and proved, with the whole log" 'length == 3 and all(.[]; .verdict == "ok" and .proved and .log_kept)'
console="$run/consoles/lobos-ramdisk-m0.console"
tr -d '\r' <"$console" | sed -n 's/^kernel at //p' >"$tmp/places"
[ "$(head -n 1 "$tmp/places")" = 01000000 ] && [ "$(grep -c '^[1-9a-f][0-9a-f]\{8\}$' "$tmp/places")" = 2 ]
result $? "from 16 MiB to above 4 GiB, and from there" "$tmp/places"
[ "$(grep -c 'RAMDISK: \[mem 0x[1-9a-f][0-9a-f]\{8\}-' "$console")" = 3 ]
result $? "so does the RAM disk" "$console"
whole_to_the_end

offered lobos images "bad-images lobos" "arch: x86_64"
offered lobos calls "bad-lobos" "arch: x86_64"
