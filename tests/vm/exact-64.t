#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# exact-64.t - by the virtual clock five reboots of x86_64 repeat each other, by every way; each instruction has its function
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
ways='lobos bootimg tkm kexec bios'
plan 18

{
	printf 'name: exact-64\ntitle: Five machines a way that must agree\nmachine: {arch: x86_64}\n'
	printf 'chain: {machines: 5, reboots: 2, warmups: 1}\nclock: virtual\nways:\n'
	# shellcheck disable=SC2086
	printf '  - {way: %s}\n' $ways
} >"$tmp/exact.yaml"

scenario 0 "$tmp/exact.yaml"
holds "each way has five counted reboots that were proved" \
	'map(select(.warmup == false and .verdict == "ok" and .proved)) | group_by(.way) | map(length) == [5, 5, 5, 5, 5]'
holds "all of a way have the same time and the same instructions in each phase" \
	'map(select(.warmup == false and .verdict == "ok") | {way, latency_ns, latency_instructions, phases_ns,
		phases_instructions}) | unique | length == 5'
[ "$(grep -c ': exact\.' "$run/report.md")" = 5 ]
result $? "the report calls all of them exact" "$run/report.md"
whole_to_the_end

for way in $ways; do
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
