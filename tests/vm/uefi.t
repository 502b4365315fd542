#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# uefi.t - reboots of a UEFI machine through its own firmware, three in a row, each proved
. "$(dirname "$0")/lib.sh"

[ -r "$top/build/guest/x86_64/boot-uefi.img" ] || {
	echo "1..0 # SKIP no kernel of 64 bits is built: make guest ARCH=x86_64"
	exit 0
}
plan 8
cat >"$tmp/uefi.yaml" <<END
name: uefi
title: The ordinary reboot of a UEFI machine
ways: [{way: uefi}]
machine: {arch: x86_64, chipset: q35, firmware: uefi, cpus: 2, memory_mib: 512}
chain: {machines: 1, reboots: 3}
END
scenario 0 "$tmp/uefi.yaml"
holds "all ok and proved, each with one reset" 'length == 3 and
	all(.[]; .verdict == "ok" and .proved and (.doubts | any(. == "reset_again") | not))'
holds "each sample says what machine it is of" 'all(.[]; .arch == "x86_64" and (.build | startswith("x86_64-")) and .firmware == "uefi" and
	.chipset == "q35" and .cpus == 2 and .memory_mib == 512)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "firmware and boot loader were seen" 'all(.[].phases_ns; .firmware > 0 and .bootloader > 0)'
"$lobosbench" --results "$tmp/results" show latest/uefi/0/2 >"$tmp/shown" 2>&1 &&
	grep -q 'SEC, PEI, DXE, BDS to its console' "$tmp/shown"
result $? "the firmware's time has parts" "$tmp/shown"
whole_to_the_end
