#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bootimg-64.t - bootimg on x86_64: out of long mode from 4 and from 5 levels of page tables, with memory above 4 GiB; what it refuses
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 20
# chain NAME WHAT MACHINE: six tests. Three reboots of such a MACHINE.
chain() {
	cat >"$tmp/$1.yaml" <<END
name: $1
title: bootimg on $2
ways: [{way: bootimg}]
machine: {arch: x86_64, $3}
chain: {machines: 1, reboots: 3, warmups: 0}
END
	scenario 0 "$tmp/$1.yaml"
	holds "$2: all ok and proved" 'length == 3 and all(.[]; .verdict == "ok" and .proved)'
	holds "$2: the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
	holds "$2: the image is decompressed by its own stub, without firmware" \
		'all(.[].phases_ns; .decompress > 0 and (has("firmware") or has("bootloader") | not))'
	whole_to_the_end
}
chain small "two CPUs" "cpus: 2"
chain large "five levels of page tables and 6 GiB" "cpu_model: max, memory_mib: 6144"

# Every kernel of 64 bits begins with paging on.
cat >"$tmp/vmlinux.yaml" <<'END'
name: vmlinux
title: An image that bootimg cannot enter
ways: [{way: bootimg, image: vmlinux}]
machine: {arch: x86_64}
chain: {machines: 1, reboots: 1, warmups: 0}
END
scenario 1 "$tmp/vmlinux.yaml"
holds "a vmlinux is refused" 'length == 1 and all(.[]; .verdict == "refused")'

offered bootimg images "bad-images bootimg" "arch: x86_64"
offered bootimg calls "bad-calls bootimg" "arch: x86_64"
