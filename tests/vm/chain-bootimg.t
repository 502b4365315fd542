#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-bootimg.t - reboots by bootimg, from both image formats, each proved
. "$(dirname "$0")/lib.sh"

plan 8
cat >"$tmp/bootimg.yaml" <<'END'
name: chain-bootimg
title: bootimg from both image formats
ways: [{way: bootimg}, {way: bootimg, image: vmlinux}]
chain: {machines: 1, reboots: 2, warmups: 0}
END
scenario 0 "$tmp/bootimg.yaml"
holds "all ok and proved" 'length == 4 and all(.[]; .verdict == "ok" and .proved)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "no firmware" 'all(.[]; (.phases_ns | has("firmware") or has("bootloader")) | not)'
holds "a bzImage is decompressed, by its own stub" 'all(.[] | select(.variant == ""); .phases_ns.decompress > 0)'
holds "a vmlinux is not" 'all(.[] | select(.variant != ""); .phases_ns | has("decompress") | not)'
whole_to_the_end
