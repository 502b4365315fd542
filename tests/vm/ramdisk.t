#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ramdisk.t - each way but the firmware hands a RAM disk on, and the new kernel finds the whole of it
. "$(dirname "$0")/lib.sh"
plan 15

# ramdisk WAY IMAGE VARIANT: an archive without a file in it, of 1234 KiB, which the new kernel unpacks to nothing.
ramdisk() {
	cat >"$tmp/$1.yaml" <<END
name: ramdisk-$1
title: $1 with a RAM disk
ways: [{way: $1, image: $2, options: [ramdisk]}]
chain: {machines: 1, reboots: 1, warmups: 0}
before: dd if=/dev/zero of=/ramdisk bs=1024 count=1234
END
	scenario 0 "$tmp/$1.yaml"
	holds "$1 $2: ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
	console="$run/consoles/$1-$3ramdisk-m0.console"
	[ "$(grep -c 'RAMDISK: \[mem' "$console")" = 1 ] && grep -Eq 'Freeing initrd memory: 123[46]K' "$console"
	result $? "$1 $2: the new kernel has it, the old one had none" "$console"
}

ramdisk lobos flat
ramdisk bootimg bzImage
ramdisk tkm bzImage
ramdisk kexec bzImage
ramdisk kexec vmlinux vmlinux-
