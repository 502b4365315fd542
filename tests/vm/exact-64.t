#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# exact-64.t - by the virtual clock five reboots of x86_64 repeat each other, by every way, and LOBOS is the fastest
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 24

# The exact clock has no UEFI: its firmware has no driver for SD cards.
cat >"$tmp/exact.yaml" <<'END'
name: exact-64
title: Five machines a way that must agree
machine: {arch: x86_64}
chain: {machines: 5, reboots: 2, warmups: 1}
clock: virtual
hints: [known-machine, quiet, strict-aml]
ways:
  - {way: lobos, plain: true}
  - {way: bootimg, plain: true}
  - {way: bootimg, image: vmlinux, plain: true}
  - {way: tkm, plain: true}
  - {way: kexec, plain: true}
  - {way: kexec, options: [file], plain: true}
  - {way: kexec, image: vmlinux, options: [no-checks], plain: true}
  - {way: bios, plain: true}
  - {way: lobos}
  - {way: bootimg, image: vmlinux}
  - {way: tkm}
  - {way: kexec, image: vmlinux, options: [no-checks]}
END

scenario 0 "$tmp/exact.yaml"
holds "each way has five counted reboots that were proved" \
	'map(select(.warmup == false and .verdict == "ok" and .proved)) | group_by([.way, .variant]) | map(length) == [range(12) | 5]'
holds "all of a way have the same time and the same instructions in each phase" \
	'map(select(.verdict == "ok") | {way, variant, warmup, latency_ns, latency_instructions, phases_ns,
		phases_instructions}) | unique | length == 24'
[ "$(grep -c ': exact\.' "$run/report.md")" = 12 ]
result $? "the report calls all of them exact" "$run/report.md"
whole_to_the_end

# Of a class, LOBOS and the least of the others; kexec is the vmlinux without checks.
classes='map(select(.warmup == false)) | def least: map(.latency_instructions) | min;
	def class($hinted): map(select((.hints != []) == $hinted)) | {lobos: map(select(.way == "lobos")) | least,
		others: map(select(.way != "lobos")) | least, kexec: map(select(.variant | startswith("vmlinux no-checks"))) | least};'
holds "without hints LOBOS executes the least, 0.97 of the next at most" "$classes"' class(false) | .lobos <= 0.97 * .others'
holds "so it does with hints: 90 million at most, and 0.85 of the fastest kexec at most" \
	"$classes"' class(true) | .lobos < .others and .lobos <= 90000000 and .lobos <= 0.85 * .kexec'

for way in lobos bootimg tkm kexec kexec-file kexec-vmlinux-no-checks bios; do
	jq -e '(.phases | length > 3) and all(.phases[]; .counted >= .clock and .counted - .clock <= .page_faults + 16)' \
		"$run/profile/$way.json" >"$tmp/jq" 2>&1
	result $? "$way: each phase has as many instructions as the clock counts, page faults aside" "$tmp/jq"
	jq -e '.paths | .calls > 1000000 and .odd * 100000 < .calls and .cut == 0' "$run/profile/$way.json" >"$tmp/jq" 2>&1
	result $? "$way: of a million calls less than ten do not fit, and none is cut" "$tmp/jq"
done
jq -e '[.phases[].functions[].function] | contains(["__x64_sys_lobos", "start_kernel", "lobos (program)"])' \
	"$run/profile/lobos.json" >"$tmp/jq" 2>&1
result $? "functions of the kernel and programs have their names" "$tmp/jq"
jq -e '[.phases[].functions[].function] | any(test("^tkm_.* \\[tkm\\]$"))' "$run/profile/tkm.json" >"$tmp/jq" 2>&1
result $? "so do those of modules" "$tmp/jq"
