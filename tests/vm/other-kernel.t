#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# other-kernel.t - every way that loads a kernel boots another one than the one that runs: with PAE from one without
. "$(dirname "$0")/lib.sh"

plan 4
checkout=$tmp/checkout
partition=1048576	# first byte of the boot disk's partition: guest/boot_disk.sh

# A checkout whose machines start with the one kernel and whose ways load the other.
(
	set -e
	mkdir -p "$checkout/build/kernels/i386" "$checkout/build/guest/i386" "$checkout/build/guest/root-i386"
	cp -R "$top/impls" "$top/scenarios" "$top/report" "$checkout/"
	cp "$top/build/kernels/i386-pae/release" "$checkout/build/kernels/i386/"
	cp "$top/build/guest/root-i386/root.img" "$checkout/build/guest/root-i386/"
	cp --sparse=always "$top/build/guest/i386/boot.img" "$checkout/build/guest/i386/"
	for image in bzImage vmlinux.lobos; do
		debugfs -w -R "write $top/build/kernels/i386-pae/$image other-$image" \
			"$checkout/build/guest/i386/boot.img?offset=$partition"
	done
	sed -i 's|path: /boot/|path: /boot/other-|' "$checkout"/impls/lobos/impl.yaml "$checkout"/impls/baselines/*/impl.yaml
) >"$tmp/made" 2>&1
result $? "a boot disk with a second kernel is made" "$tmp/made"
cat >"$tmp/other.yaml" <<END
name: other-kernel
title: From one kernel to another
ways: [{way: lobos}, {way: bootimg}, {way: tkm}, {way: kexec}]
chain: {machines: 1, reboots: 1, warmups: 0}
END
scenario 0 "$tmp/other.yaml" --top "$checkout"
holds "all four are in the other kernel, proved" \
	"length == 4 and all(.[]; .verdict == \"ok\" and .proved and .kernel == \"$(cat "$top/build/kernels/i386-pae/release")\")"
holds "which is not the one that was running" "all(.[]; .kernel != \"$(cat "$top/build/kernels/i386/release")\")"
