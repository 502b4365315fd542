#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# exact.t - by the virtual clock reboots repeat each other, and a loop of known length is found to the instruction
. "$(dirname "$0")/lib.sh"
plan 16

# Loops on top of one that both sides have: then nothing else differs, not even the length of the command line.
# With it the rest of the reboot varies by up to 69000 instructions (results/README.md). compare ignores 110000,
# so the larger loop is well above that and the smaller one below it.
spin=258000
little=13000
least=100000

cat >"$tmp/exact.yaml" <<END
name: exact
title: Three machines a way that must agree
ways: [{way: lobos}, {way: bios}]
chain: {machines: 3, reboots: 2, warmups: 1}
clock: virtual
END
for length in $least $((least + little)) $((least + spin)); do
	cat >"$tmp/spin-$length.yaml" <<END
name: spin
title: One machine with a loop of $length instructions in its hand-off
ways: [{way: lobos}]
chain: {machines: 1, reboots: 2, warmups: 1}
clock: virtual
fault: {kind: spin, at: no_return, instructions: $length}
END
done

scenario 0 "$tmp/exact.yaml"
holds "each way has three counted reboots that were proved" \
	'map(select(.warmup == false and .verdict == "ok" and .proved)) | group_by(.way) | map(length) == [3, 3]'
holds "all of a way have the same time and the same instructions in each phase" \
	'map(select(.warmup == false and .verdict == "ok") | {way, latency_ns, latency_instructions, phases_ns,
		phases_instructions}) | unique | length == 2'
# shellcheck disable=SC2016
holds "no time is shorter than the instructions executed in it" \
	'all(.[] | select(.verdict == "ok"); .phases_instructions as $i | .phases_ns | to_entries |
		all(.value >= 8 * $i[.key] and $i[.key] > 0))'
[ "$(grep -c ': exact\.' "$run/report.md")" = 2 ]
result $? "the report calls both exact" "$run/report.md"
[ "$(ls "$run/profile" 2>&1)" = "$(printf 'bios.json\nlobos.json')" ] && ! ls "$run"/consoles/*.profile >"$tmp/left" 2>&1
result $? "the functions of each way are kept, and the traces are not" "$tmp/left"
whole_to_the_end

# spun LOOP STATUS NAME: three tests. compare ends with STATUS for a kernel with LOOP more instructions, and finds the loop.
spun() {
	scenario 0 "$tmp/spin-$((least + $1)).yaml"
	spinning=$(jq -rs '.[0].run' "$run/samples.jsonl")
	"$lobosbench" --results "$tmp/results" compare "$plain:lobos" "$spinning:lobos" --format json >"$tmp/compared" 2>"$tmp/words"
	[ $? = "$2" ]
	result $? "$3" "$tmp/compared"
	# Nothing waits in the hand-off: ahead of a wait the loop would be in part instead of it.
	jq -e --argjson spin "$1" '.. | .phases? // empty | .[] | select(.phase == "handoff") |
		.instructions.typical == $spin and .ns.typical == 8 * $spin' "$tmp/compared" >"$tmp/jq" 2>&1
	result $? "the hand-off is longer by $1, to the instruction and the nanosecond" "$tmp/compared"
}

scenario 0 "$tmp/spin-$least.yaml"
plain=$(jq -rs '.[0].run' "$run/samples.jsonl")
spun $spin 1 "compare says that the spinning kernel is worse"
jq -e --argjson spin $spin '.. | .functions? // empty | .[0] | .function == "reboot_mark" and .instructions == $spin' \
	"$tmp/compared" >"$tmp/jq" 2>&1
result $? "the function that spins is named, with its instructions" "$tmp/compared"
spun $little 0 "a loop within the resolution of a comparison is no difference"
