#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# profile.t - each instruction of a reboot under its call path: sums, paths, names, and a loop found by its function
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
plan 30

# profile STATUS ARGUMENT...: run it
profile() {
	expected=$1
	shift
	status=0
	"$lobosbench" --state "$tmp/state" --results "$tmp/results" profile "$@" >"$tmp/table" 2>"$tmp/errors" \
		</dev/null || status=$?
	cat "$tmp/errors" "$tmp/table" >"$tmp/output"
	[ "$status" = "$expected" ]
	result $? "profile $* ends with exit status $expected" "$tmp/output"
}

# shows NAME WAY FILTER: the jq FILTER over the functions of WAY gives true
shows() {
	if [ "$(jq "$3" "$tmp/results/profile/$2/profile.json" 2>"$tmp/jq")" = true ]; then
		result 0 "$2: $1"
	else
		{
			cat "$tmp/jq"
			jq -c '.paths, (.phases[] | {phase, clock, counted, page_faults})' \
				"$tmp/results/profile/$2/profile.json"
		} >"$tmp/why" 2>&1
		result 1 "$2: $1" "$tmp/why"
	fi
}

# calls NAME WAY PATTERN: a folded path of WAY matches
calls() {
	grep -qE "$3" "$tmp/results/profile/$2/reboot.folded"
	result $? "$2: $1" "$tmp/table"
}

profile 0 lobos bootimg tkm kexec/vmlinux+no-checks bios

for way in lobos bootimg tkm kexec-vmlinux-no-checks bios; do
	shows "each phase has as many instructions as the exact clock counts, page faults aside" $way '
		all(.phases[]; .counted >= .clock and .counted - .clock <= .page_faults + 16)'
	shows "of a million calls less than ten do not fit, and none is cut" $way '
		.paths | .calls > 1000000 and .odd * 100000 < .calls and .cut == 0'
done

# perf may be forbidden here; then the command says so, and all else holds.
for way in lobos bios; do
	host="$tmp/results/profile/$way/host.json"
	if [ ! -e "$host" ] && grep -q 'the emulator was not sampled: .*forbids' "$tmp/errors"; then
		result 0 "$way: the emulator is sampled # SKIP this host forbids sampling"
		continue
	fi
	jq -e '([.phases[].samples | add] | add) as $n | ($n / .hz * 1e9 / .processor_ns) as $part |
		.processor_ns < 0 or ($part > 0.9 and $part < 1.1)' "$host" >"$tmp/jq" 2>&1 &&
		jq -e '[.phases[].samples | {code, translating}] | (map(.code) | add) > 0 and (map(.translating) | add) > 0' \
			"$host" >>"$tmp/jq" 2>&1
	result $? "$way: samples of the emulator are as many as its processor time, and some are of translating" "$host"
done

calls "the checksum is below the system call, and that below the program" lobos \
	'^load;lobos \(program\);.*;__ia32_sys_lobos;.*;lobos_sum_page_sse2 '
calls "initcalls are below the kernel's first thread" lobos \
	'^kernel;ret_from_fork;kernel_init;kernel_init_freeable;.*do_one_initcall;acpi_init'
calls "the hand-off is below the system call" lobos '^handoff;[^;]* \(program\);.*;__ia32_sys_lobos;'
calls "a module's functions have their names" tkm '^load;.*;tkm_ioctl \[tkm\];.*tkm_image_get \[tkm\];'
calls "the BIOS is called in the hand-off's firmware phase" tkm '^firmware;\(bios\)'
calls "firmware is named as such" bios '^firmware;\(bios\) '
calls "so is the boot loader" bios '^bootloader;\(loader\) '
calls "and the decompressor" bios '^decompress;\(decompressor\) '
calls "kexec is a program" kexec-vmlinux-no-checks '^load;kexec \(program\) '

picture="$tmp/results/profile/lobos/reboot.svg"
# A function's name may hold "script", as jbd2_descriptor_block_csum_set.
scripts='count(//*[local-name()="script"] | //@*[starts-with(local-name(), "on") or contains(., "script:")])'
[ "$(xmllint --nonet --xpath "$scripts" "$picture" 2>"$tmp/xml")" = 0 ] &&
	grep -q '<title>kernel: ' "$picture" && grep -q '<title>lobos_sum_page_sse2: ' "$picture"
result $? "the flame graph is XML without a script, with titles" "$tmp/xml"

# Both have a loop ahead of the hand-off; one of them is longer by 300 000 instructions.
least=100000
spin=300000
for length in $least $((least + spin)); do
	cat >"$tmp/spin-$length.yaml" <<END
name: spin
title: A loop of $length instructions ahead of the first initcall
ways: [{way: lobos}]
chain: {machines: 1, reboots: 2, warmups: 1}
clock: virtual
fault: {kind: spin, at: initcalls, instructions: $length}
END
	profile 0 --exact --scenario "$tmp/spin-$length.yaml"
	cp "$tmp/results/profile/lobos/profile.json" "$tmp/$length.json"
done
jq -n --argjson spin $spin --slurpfile a "$tmp/$least.json" --slurpfile b "$tmp/$((least + spin)).json" '
	def own: [.[0].phases[].functions[] | {key: .function, value: .own}] | group_by(.key) |
		map({key: .[0].key, value: (map(.value) | add)}) | from_entries;
	($a | own) as $a | ($b | own) as $b |
	[$b | to_entries[] | {function: .key, more: (.value - ($a[.key] // 0))}] | max_by(.more)' >"$tmp/most" 2>&1
jq -e --argjson spin $spin '.function == "reboot_mark" and (.more - $spin | fabs) < 1000' "$tmp/most" >"$tmp/jq" 2>&1
result $? "the loop is found: its function has that many instructions more than before" "$tmp/most"

[ ! -e "$tmp/results/profile/lobos/host.json" ]
result $? "--exact samples nothing" "$tmp/output"

# A perf that does not work takes nothing from the counts.
mkdir "$tmp/bin"
printf '#!/bin/sh\necho no perf here >&2\nexit 1\n' >"$tmp/bin/perf"
chmod +x "$tmp/bin/perf"
PATH="$tmp/bin:$PATH"
profile 0 lobos --versus bootimg
grep -q 'the emulator was not sampled: ' "$tmp/errors"
result $? "what was not sampled is said" "$tmp/errors"
grep -qE '^ +[0-9.]+ +0\.000 +-[0-9.]+  lobos_sum_page_sse2$' "$tmp/table"
result $? "against bootimg, LOBOS has its checksum alone" "$tmp/table"
