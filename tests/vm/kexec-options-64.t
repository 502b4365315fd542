#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# kexec-options-64.t - the options of kexec on x86_64: a RAM disk, loading ahead, a log that survives, each by both calls; real mode
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 6
cat >"$tmp/options.yaml" <<'END'
name: options
title: Options of kexec on x86_64
ways:
  - {way: kexec, options: [ramdisk]}
  - {way: kexec, options: [file, ramdisk]}
  - {way: kexec, options: [loaded]}
  - {way: kexec, options: [file, loaded]}
  - {way: kexec, options: [ramoops, ecc]}
  - {way: kexec, options: [file, ramoops]}
  - {way: kexec, options: [real-mode]}
machine: {arch: x86_64}
chain: {machines: 1, reboots: 2, warmups: 0}
before: dd if=/dev/zero of=/ramdisk bs=1024 count=1234
END
scenario 0 "$tmp/options.yaml"
holds "two reboots each, all ok and proved" 'length == 14 and all(.[]; .verdict == "ok" and .proved)'
holds "what is loaded ahead is not loaded while users wait" '
	all(.[]; (.variant | contains("loaded")) != (.phases_ns | has("load")))'
holds "the log is kept from the second reboot on" '
	map(select(.variant | contains("ramoops"))) | group_by(.variant) | length == 2 and all(.[]; map(.log_kept) == [false, true])'
grep -c 'Freeing initrd memory: 123[46]K' "$run"/consoles/*.console | sed 's,.*/,,; s/-m0\.console//' | grep -v ':0$' >"$tmp/found"
printf '%s\n' kexec-file-ramdisk:2 kexec-ramdisk:2 | cmp -s - "$tmp/found"
result $? "each new kernel has the RAM disk" "$tmp/found"
grep -c 'Starting the kernel in real mode' "$run"/consoles/*.console | sed 's,.*/,,; s/-m0\.console//' | grep -v ':0$' >"$tmp/asked"
[ "$(cat "$tmp/asked")" = kexec-real-mode:2 ]
result $? "the kernel's set-up code was started in real mode" "$tmp/asked"
