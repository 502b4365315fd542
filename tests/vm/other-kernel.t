#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# other-kernel.t - every way that loads a kernel boots another one than the one that runs: with PAE from one without, and back
. "$(dirname "$0")/lib.sh"

plan 3
cat >"$tmp/other.yaml" <<END
name: other-kernel
title: From one kernel to another
ways: [{way: lobos}, {way: bootimg}, {way: tkm}, {way: kexec}]
chain: {machines: 1, reboots: 2, warmups: 0, kernels: [i386-pae, i386]}
END
scenario 0 "$tmp/other.yaml"
holds "all are ok and proved" 'length == 8 and all(.[]; .verdict == "ok" and .proved)'
holds "each way was in the other kernel, and then in the first" "
	all(.[] | select(.index == 0); .kernel == \"$(cat "$top/build/kernels/i386-pae/release")\") and
	all(.[] | select(.index == 1); .kernel == \"$(cat "$top/build/kernels/i386/release")\")"
