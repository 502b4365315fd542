#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# uefi.t - reboots of a UEFI machine through its firmware and by kexec, three in a row; Two Kernel Monte and bootimg refuse
. "$(dirname "$0")/lib.sh"

[ -r "$top/build/guest/x86_64/boot-uefi.img" ] || {
	echo "1..0 # SKIP no kernel of 64 bits is built: make guest ARCH=x86_64"
	exit 0
}
plan 25

# reboots WAY NUMBER [BEFORE]: the shell text BEFORE is run ahead of each request
reboots() {
	cat >"$tmp/uefi.yaml" <<END
name: uefi
title: Reboots of a UEFI machine
ways: [$1]
machine: {arch: x86_64, chipset: q35, firmware: uefi, cpus: 2, memory_mib: 512}
chain: {machines: 1, reboots: $2, warmups: 0}
END
	[ -z "${3:-}" ] || printf 'before: |\n%s\n' "$3" >>"$tmp/uefi.yaml"
	scenario 0 "$tmp/uefi.yaml"
}

# hops NAME: five tests. Three reboots, each of which leaves the next kernel EFI's runtime services
hops() {
	holds "$1: three reboots, all ok and proved" 'length == 3 and
		all(.[]; .verdict == "ok" and .proved and (.doubts | any(. == "reset_again") | not))'
	# shellcheck disable=SC2016
	holds "$1: each sample says what machine it is of" 'all(.[]; (.build | ltrimstr("x86_64-")) as $version |
		.arch == "x86_64" and (.kernel | startswith($version + ".")) and .firmware == "uefi" and
		.chipset == "q35" and .cpus == 2 and .memory_mib == 512)'
	cat "$run"/consoles/*.data | tr -d '\r' | grep -a '^efi_runtime ' | sort | uniq -c >"$tmp/services"
	[ "$(tr -s ' ' <"$tmp/services")" = ' 7 efi_runtime 1' ]
	result $? "$1: EFI's runtime services are there, ahead of each request and after it" "$tmp/services"
	whole_to_the_end
}

# shellcheck disable=SC2016
reboots '{way: uefi}' 3 '  insmod /boot/modules/tkm.ko
  for option in "" -s; do
    monte $option /boot/bzImage x
    echo "monte $option: $?" >/dev/console
  done
  bootimg /boot/bzImage
  echo "bootimg: $?" >/dev/console'
hops uefi
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "firmware and boot loader were seen" 'all(.[].phases_ns; .firmware > 0 and .bootloader > 0)'
"$lobosbench" --results "$tmp/results" show latest/uefi/0/2 >"$tmp/shown" 2>&1 &&
	grep -q 'SEC, PEI, DXE, BDS to its console' "$tmp/shown"
result $? "the firmware's time has parts" "$tmp/shown"
# Without set-up code it is the program that refuses, ahead of the module.
cat "$run"/consoles/*.console | tr -d '\r' >"$tmp/console"
grep -a '^monte \|^bootimg: [0-9]' "$tmp/console" | LC_ALL=C sort | uniq -c | tr -s ' \n' ' ' >"$tmp/statuses"
[ "$(cat "$tmp/statuses")" = ' 3 bootimg: 95 3 monte -s: 95 3 monte : 19 ' ]
result $? "Two Kernel Monte refuses with ENODEV, bootimg with EOPNOTSUPP, and the system goes on" "$tmp/statuses"
[ "$(grep -ac 'tkm: refused (error 19): this machine was started by EFI' "$tmp/console")" = 3 ]
result $? "it says why" "$tmp/console"

reboots '{way: kexec}' 3
# By a bzImage and with the OVMF of Debian 13, kexec's kernels count 0.4 MiB less memory than the first one, and no less each time.
may_differ=memory
hops 'kexec by kexec_load'
reboots '{way: kexec, options: [file]}' 3
hops 'kexec by kexec_file_load'

# kexec-tools hands on EFI with a bzImage only.
reboots '{way: kexec, image: vmlinux, options: [no-checks]}' 2
holds "what comes up without EFI's runtime services is not whole" 'length == 2 and
	all(.[]; .verdict == "ok" and .differences - ["tsc", "clocksource", "taint", "warnings"] == ["efi_runtime"] and
		(.doubts | any(. == "not_whole")))'
