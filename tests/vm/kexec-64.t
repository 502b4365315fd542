#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# kexec-64.t - kexec on x86_64 by both of its system calls, beside the reboot through the BIOS; what they refuse
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 19
# chain NAME WHAT COUNT MACHINE WAY...: five tests. Three reboots by each WAY, COUNT in all, of such a MACHINE.
chain() {
	name=$1 what=$2 count=$3
	printf 'name: %s\ntitle: kexec on %s\nmachine: {arch: x86_64, %s}\nchain: {reboots: 3, warmups: 0}\nways:\n' \
		"$1" "$2" "$4" >"$tmp/$1.yaml"
	shift 4
	printf '  - {%s}\n' "$@" >>"$tmp/$name.yaml"
	[ -z "$before" ] || echo "before: $before" >>"$tmp/$name.yaml"
	scenario 0 "$tmp/$name.yaml"
	holds "$what: all ok and proved" "length == $count and all(.[]; .verdict == \"ok\" and .proved)"
	holds "$what: the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
	whole_to_the_end
}
before=
file='way: kexec, options: [file]'
chain two "two CPUs" 12 "cpus: 2" 'way: bios' 'way: kexec' 'way: kexec, image: vmlinux, options: [no-checks]' "$file"
holds "a bzImage is decompressed, a vmlinux is not" 'all(.[]; (.variant != "vmlinux no-checks") == (.phases_ns | has("decompress")))'
before='bad-images kexec levels; bad-images kexec-file levels'
chain large "five levels of page tables and 6 GiB" 6 "cpu_model: max, memory_mib: 6144, chipset: q35" 'way: kexec' "$file"
# kexec-tools does not look whether a kernel knows of them.
cat "$run"/consoles/*.console | tr -d '\r' >"$tmp/console"
grep '^bad four-levels ' "$tmp/console" | sort | uniq -c | tr -s ' \n' ' ' >"$tmp/levels"
[ "$(cat "$tmp/levels")" = ' 6 bad four-levels 0 6 bad four-levels 253 ' ]
result $? "of both calls, kexec_file_load refuses an image for four levels" "$tmp/levels"
grep -q 'bzImage cannot handle 5-level paging mode' "$tmp/console"
result $? "and the log says why" "$tmp/console"

offered kexec images "bad-images kexec" "arch: x86_64"
cat >"$tmp/file.yaml" <<END
name: bad-images-kexec-file
title: Bad images for kexec_file_load, then a good reboot
ways: [{$file}]
machine: {arch: x86_64}
chain: {reboots: 1, warmups: 0}
before: bad-images kexec-file
END
scenario 0 "$tmp/file.yaml"
holds "kexec_file_load: the reboot after the bad images is ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
tr -d '\r' <"$run/consoles/kexec-file-m0.console" | sed -n 's/^bad \([a-z-]* [0-9]*\)$/\1/p' | diff "$top/tests/golden/bad-images-kexec-file" - >"$tmp/diff"
result $? "kexec_file_load: each is refused with its own status" "$tmp/diff"
