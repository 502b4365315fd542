#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ramdisk.t - LOBOS, bootimg and TKM hand a RAM disk on, and the new kernel finds the whole of it
. "$(dirname "$0")/lib.sh"
plan 9

# An archive without a file in it, of 1234 KiB, which the new kernel unpacks to nothing.
ramdisk() {
	cat >"$tmp/$1.yaml" <<END
name: ramdisk-$1
title: $1 with a RAM disk
ways: [{way: $1, options: [ramdisk]}]
chain: {machines: 1, reboots: 1, warmups: 0}
before: dd if=/dev/zero of=/ramdisk bs=1024 count=1234
END
	scenario 0 "$tmp/$1.yaml"
	holds "$1: ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
	console="$run/consoles/$1-ramdisk-m0.console"
	[ "$(grep -c 'RAMDISK: \[mem' "$console")" = 1 ] && grep -Eq 'Freeing initrd memory: 123[46]K' "$console"
	result $? "$1: the new kernel has it, the old one had none" "$console"
}

ramdisk lobos
ramdisk bootimg
ramdisk tkm
