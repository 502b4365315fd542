#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# versions.t - by every way that loads a kernel from Linux 6.1 to 6.12, to 7.3 and back to 6.1, and on i386 to 6.12 and back
. "$(dirname "$0")/lib.sh"

for kernel in x86_64-6.1 x86_64-6.12 x86_64-7.3 i386-6.1 i386-6.12; do
	[ -r "$top/build/guest/$kernel/boot.img" ] || {
		echo "1..0 # SKIP $kernel is not built: make guest ARCH=${kernel%-*} KERNEL=${kernel##*-}"
		exit 0
	}
done
plan 14

# log_of_each: two tests. LOBOS kept the log in each hop, and what the new kernel shows is the log of the kernel before it.
log_of_each() {
	holds "LOBOS keeps the whole log in each hop" 'map(select(.way == "lobos")) |
		length > 0 and all(.[]; .log_kept and (.doubts | any(. == "log_incomplete") | not))'
	cat "$run"/consoles/lobos-m*.console | tr -d '\r' | grep -a -o 'Linux version .*' | sed '$d' >"$tmp/before"
	cat "$run"/consoles/lobos-m*.data | grep -a -o 'Linux version .*' | diff "$tmp/before" - >"$tmp/diff" && [ -s "$tmp/before" ]
	result $? "each log is of the kernel before" "$tmp/diff"
}

scenario 0 versions
holds "x86_64: all hops are ok and proved" 'length == 18 and all(.[]; .verdict == "ok" and .proved)'
holds "x86_64: each led to the kernel that was asked for" 'map({index, build}) | unique | sort_by(.index) == [
	{index: 0, build: "x86_64-6.12"}, {index: 1, build: "x86_64-7.3"}, {index: 2, build: "x86_64-6.1"}]'
log_of_each
whole_to_the_end
cat >"$tmp/versions.yaml" <<END
name: versions-i386
title: From one version of Linux to another, and back
ways: [{way: lobos}, {way: bootimg}, {way: tkm}, {way: kexec}]
machine: {kernel: i386-6.1}
chain: {reboots: 2, warmups: 0, kernels: [i386-6.12, i386-6.1]}
END
scenario 0 "$tmp/versions.yaml"
holds "i386: all hops are ok and proved" 'length == 8 and all(.[]; .verdict == "ok" and .proved)'
holds "i386: each led to the kernel that was asked for" 'map({index, build}) | unique | sort_by(.index) == [
	{index: 0, build: "i386-6.12"}, {index: 1, build: "i386-6.1"}]'
log_of_each
whole_to_the_end
