#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# chain-bios.t - reboots through firmware, boot sector and boot loader, each proved
. "$(dirname "$0")/lib.sh"

plan 10
scenario 0 bench --kernel i386 --clock wall --way bios --machines 1 --reboots 2
holds "all ok and proved, each with one reset" 'length == 2 and
	all(.[]; .verdict == "ok" and .proved and (.doubts | any(. == "reset_again") | not))'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "firmware, boot loader and decompression were seen" 'all(.[].phases_ns; .firmware > 0 and .bootloader > 0 and .decompress > 0)'
# By emulation the plugin dates a reset, as exactly as a mark; elsewhere libvirt's event does.
[ "$(sqlite3 "$tmp/results/lobosbench.db" "SELECT min(json_extract(provenance, '\$.starts[0].reset_lateness_ns.p99') > 0 AND
	s.clock_error_ns >= json_extract(provenance, '\$.starts[0].' || iif(accel = 'tcg', 'marks', 'reset') || '_lateness_ns.p99') AND
	(accel = 'tcg') = (SELECT NOT max(from_event) FROM phase WHERE sample = s.id)) FROM sample s JOIN run ON run.name = s.run")" = 1 ]
result $? "the error of libvirt's event was measured, and is that of the samples where no plugin dates the reset" "$tmp/output"
# What the emulator's plugin wrote; KVM has none.
emulated() {
	[ "$(jq -s 'all(.[]; .accel == "tcg")' "$run/samples.jsonl")" = true ]
}
# shellcheck disable=SC2016
agree='map(select(.line == "machine" and .event == "reset")) | map(select(.by).ns) as $plugin | map(select(.by | not).ns) as $libvirt |
	($plugin | length) >= 2 and all($plugin[]; . as $ns | any($libvirt[]; . - $ns | -10e6 < . and . < 250e6))'
! emulated || [ "$(jq -s "$agree" "$run/consoles/bios-m0.stamps")" = true ]
result $? "the plugin dates each reset before libvirt's event, and not long before" "$run/consoles/bios-m0.stamps"
boots=$(jq -s length "$run/samples.jsonl")
! emulated || [ "$(cut -d' ' -f1 "$run/consoles/bios-m0.discards" | uniq | tr '\n' ' ')" = \
	"start $(yes 'left reset' | head -n "$boots" | tr '\n' ' ')" ]
result $? "translated code was thrown away when each kernel was left, and each reset has its line" "$run/consoles/bios-m0.discards"
holds "no log comes over a reset" 'all(.[]; .log_kept | not)'
whole_to_the_end
