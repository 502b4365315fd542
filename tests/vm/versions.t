#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# versions.t - from Linux 6.1 to 6.12, to 7.3 and back to 6.1, each hop proved
. "$(dirname "$0")/lib.sh"

for version in 6.1 6.12 7.3; do
	[ -r "$top/build/guest/x86_64-$version/boot.img" ] || {
		echo "1..0 # SKIP not all kernels are built: make guest ARCH=x86_64 KERNEL='6.1 6.12 7.3'"
		exit 0
	}
done
plan 5
scenario 0 versions
holds "all hops are ok and proved" 'length > 0 and all(.[]; .verdict == "ok" and .proved)'
holds "each led to the kernel that was asked for" 'map({index, build}) | unique == [
	{index: 0, build: "x86_64-6.12"}, {index: 1, build: "x86_64-7.3"}, {index: 2, build: "x86_64-6.1"}]'
whole_to_the_end
