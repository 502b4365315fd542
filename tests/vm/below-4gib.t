#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# below-4gib.t - nearly all free memory lies above 4 GiB: bootimg and Two Kernel Monte refuse what has no room below, LOBOS takes
# it; then a kernel that has room below is booted
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 8
# refuses WAY COMMAND REASON: four tests. The second kernel has 128 MiB below 4 GiB; a RAM disk of 80 MiB and its copy do not fit.
refuses() {
	cat >"$tmp/$1.yaml" <<END
name: below-4gib
title: Memory above 4 GiB is of no use for $1
ways: [{way: $1}]
machine: {arch: x86_64, memory_mib: 6144}
chain: {machines: 1, reboots: 2, warmups: 0}
command_line: console=ttyS0 root=PARTUUID=6c6f626f-01 rootwait ro panic=0 memmap=2944M\$0x8000000
before: |
  if grep -q memmap /proc/cmdline; then
    dd if=/dev/zero of=/ramdisk bs=1024k count=0 seek=80
    $2
    status=\$?
    echo; echo "below $1 \$status"
    lobos --load --initrd /ramdisk /boot/vmlinux.lobos
    status=\$?
    echo; echo "below lobos \$status"
    lobos --unload
  fi
END
	scenario 0 "$tmp/$1.yaml"
	holds "$1: both reboots are ok and proved" 'length == 2 and all(.[]; .verdict == "ok" and .proved)'
	console="$run/consoles/$1-m0.console"
	grep -q "$1: refused (error 12): $3" "$console"
	result $? "$1: it refuses what has no room below 4 GiB, with gigabytes free above" "$console"
	[ "$(tr -d '\r' <"$console" | grep '^below ' | tr '\n' ' ')" = "below $1 12 below lobos 0 " ]
	result $? "$1: the system goes on, and LOBOS can take the same" "$console"
}
# shellcheck disable=SC2016
refuses bootimg 'bootimg -i /ramdisk /boot/bzImage' 'no [0-9]* KiB in one piece, of [2-9][0-9]\{6\} KiB free'
refuses tkm 'insmod /boot/modules/tkm.ko; monte -i /ramdisk /boot/bzImage' 'no memory below 4 GiB for pages above it'
