#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# exact-64.t - by the virtual clock five reboots of x86_64 repeat each other, by every way; LOBOS executes the fewest instructions;
# each instruction has its function
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
# Thirteen variants: each way, and what it can be asked for; four of them once more with every hint that they can be given.
variants=13
plan $((9 + 2 * variants))

cat >"$tmp/exact.yaml" <<'END'
name: exact-64
title: Five machines of each variant that must agree
machine: {arch: x86_64}
chain: {machines: 5, reboots: 2, warmups: 1}
clock: virtual
hints: [known-machine, quiet, strict-aml]
ways:
  - {way: lobos, plain: true}
  - {way: lobos, options: [loaded], plain: true}
  - {way: bootimg, plain: true}
  - {way: tkm, plain: true}
  - {way: tkm, options: [skip-setup], plain: true}
  - {way: kexec, plain: true}
  - {way: kexec, options: [file], plain: true}
  - {way: kexec, image: vmlinux, options: [no-checks], plain: true}
  - {way: bios, plain: true}
  - {way: lobos}
  - {way: lobos, options: [loaded]}
  - {way: kexec, image: vmlinux, options: [no-checks]}
  - {way: kexec, image: vmlinux, options: [no-checks, loaded]}
END

counted='map(select(.warmup == false and .verdict == "ok" and .proved))'
scenario 0 "$tmp/exact.yaml"
holds "each variant has five counted reboots that were proved" "$counted | group_by([.way, .variant]) |
	length == $variants and all(.[]; length == 5)"
holds "all of a variant have the same time and the same instructions in each phase" "$counted |
	map({way, variant, latency_ns, latency_instructions, phases_ns, phases_instructions}) | unique | length == $variants"
holds "LOBOS has the fewest instructions, plain and with hints" "$counted |
	group_by(.hints == []) | length == 2 and all(.[]; min_by(.latency_instructions).way == \"lobos\" and
		([.[] | select(.way == \"lobos\") | .latency_instructions] | max) <
		([.[] | select(.way != \"lobos\") | .latency_instructions] | min))"
[ "$(grep -c ': exact\.' "$run/report.md")" = $variants ]
result $? "the report calls all of them exact" "$run/report.md"
whole_to_the_end

for profile in "$run"/profile/*.json; do
	way=$(basename "$profile" .json)
	jq -e '(.phases | length > 3) and all(.phases[]; .counted >= .clock and .counted - .clock <= .page_faults + 16)' \
		"$profile" >"$tmp/jq" 2>&1
	result $? "$way: each phase has as many instructions as the clock counts, page faults aside" "$tmp/jq"
	jq -e '.paths | .calls > 1000000 and .odd * 100000 < .calls and .cut == 0' "$profile" >"$tmp/jq" 2>&1
	result $? "$way: of a million calls less than ten do not fit, and none is cut" "$tmp/jq"
done
jq -e '[.phases[].functions[].function] | contains(["__x64_sys_lobos", "start_kernel", "lobos (program)"])' \
	"$run/profile/lobos.json" >"$tmp/jq" 2>&1
result $? "functions of the kernel and programs have their names" "$tmp/jq"
jq -e '[.phases[].functions[].function] | any(test("^tkm_.* \\[tkm\\]$"))' "$run/profile/tkm.json" >"$tmp/jq" 2>&1
result $? "so do those of modules" "$tmp/jq"
