#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# witness.t - the privileged steps of each way, as they were executed
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/witness.sh"
plan 37

witness lobos kexec bootimg tkm

sees "from request to ready, each mark is there" lobos "$whole"
sees "CR0 is never loaded, by nobody" lobos '.counts | (has("cr0") or has("lmsw")) | not'
sees "exactly one GDT is loaded, its own" lobos '.own.lgdt == 1 and .counts.lgdt == 1'
sees "its GDT lies in the safe area, behind page tables that are loaded first" lobos '
	[.steps[] | select(.step == "cr3" or .step == "lgdt" or .step == "far_return") | .step] ==
	["cr3", "lgdt", "far_return", "cr3"]'
sees "paging is on to the end, and translates while it copies" lobos '
	.crossing.paging and .accesses.translated > 1000000 and .accesses.last_translated_before_end < 100'
sees "it runs in the old kernel and in the safe area, not in the BIOS, never in real mode" lobos '
	[.places[] | select(.protection) | .place] == ["old_kernel", "safe_area", "new_kernel"] and
	(.places | length == 3)'
sees "the new kernel is written once, from 16 MiB on" lobos '
	[.pages[] | select(.start == "0x01000000") | .bytes == .pages * 4096] == [true]'

sees "from request to ready, each mark is there" bootimg "$whole"
sees "paging is cleared once, protection never" bootimg '.clears == {paging: 1, protection: 0} and .own.cr0 == 1'
sees "one GDT is loaded" bootimg '.own.lgdt == 1'
sees "no BIOS, no interrupt, no real mode" bootimg '
	([.places[] | select(.place == "bios" or (.protection | not))] == []) and (.counts | has("interrupt") | not)'
sees "paging is off and protection on in the end" bootimg '.crossing.paging == false and .crossing.protection'
sees "nothing is translated once paging is off" bootimg '
	([.steps[] | select(.step == "cr0")][0].instructions) as $off |
	.crossing.instructions - .accesses.last_translated_before_end <= $off'

sees "from request to ready, each mark is there" tkm "$whole"
sees "paging and protection are cleared, each once" tkm '.clears == {paging: 1, protection: 1} and .own.cr0 == 2'
sees "one GDT is loaded" tkm '.own.lgdt == 1'
sees "the BIOS is asked to reset the video: int 10h, by its own code in real mode" tkm '
	[.steps[] | select(.step == "interrupt" and .place == "low_memory") | [.vector, .protection, .paging]] ==
	[[16, false, false]]'
sees "the BIOS runs right behind it" tkm '
	[.steps[] | select(.step == "interrupt" or .step == "place")] as $s |
	([$s[] | .step == "interrupt" and .place == "low_memory"] | index(true)) as $i | $s[$i + 1].place == "bios"'
sees "code of the BIOS and of the set-up is executed in real mode" tkm '
	[.places[] | select((.protection | not) and .instructions > 100) | .place] | contains(["bios", "setup"])'
sees "the set-up code asks the BIOS for memory: int 15h" tkm '
	[.steps[] | select(.step == "interrupt" and .place == "setup" and .vector == 21)] | length > 0'

sees "from request to ready, each mark is there" kexec "$whole"
sees "paging is cleared once, protection never" kexec '.clears == {paging: 1, protection: 0} and .own.cr0 == 1'
sees "the kernel loads an empty GDT, purgatory two of its own" kexec '
	[.steps[] | select(.step == "lgdt") | [.place, .limit]][:3] ==
	[["old_kernel", "0x00000000"], ["low_memory", "0x00000017"], ["low_memory", "0x0000006f"]] and .own.lgdt == 3'
sees "the BIOS is not asked" kexec '[.places[] | select(.place == "bios")] == []'
sees "CR0 is loaded in the page that is kept, paging still on" kexec '
	[.steps[] | select(.step == "cr0") | [.place, .paging, .protection]] == [["safe_area", true, true]]'

witness kexec+real-mode+reset-vga tkm+skip-setup
heir=kexec-real-mode-reset-vga

sees "from request to ready, each mark is there" $heir "$whole"
sees "paging and protection are cleared, each once" $heir '.clears == {paging: 1, protection: 1} and .own.cr0 == 2'
sees "purgatory loads a third GDT, to leave protection" $heir '.own.lgdt == 4'
sees "the set-up code and the BIOS are executed in real mode" $heir '
	[.places[] | select((.protection | not) and .instructions > 100) | .place] | contains(["bios", "setup"])'
sees "the set-up code asks the BIOS for memory and video: int 15h, int 10h; kexec asks nothing" $heir '
	[.steps[] | select(.step == "interrupt") | [.place, .vector]] | (index([["setup", 21]]) and index([["setup", 16]])) and
	all(.[]; .[0] != "low_memory")'

sees "from request to ready, each mark is there" tkm-skip-setup "$whole"
sees "paging is cleared once, protection never" tkm-skip-setup '.clears == {paging: 1, protection: 0} and .own.cr0 == 1'
sees "no BIOS, no interrupt, no real mode" tkm-skip-setup '
	([.places[] | select(.place == "bios" or (.protection | not))] == []) and (.counts | has("interrupt") | not)'

grep -q '^kexec real-mode reset-vga: [0-9]* instructions from the point of no return' "$tmp/table"
result $? "the table is for people" "$tmp/table"

# The account of what it did before is no evidence of what it does now.
checkout=$tmp/checkout
mkdir "$checkout"
ln -s "$top/build" "$checkout/build"
cp -R "$top/impls" "$top/scenarios" "$top/report" "$checkout/"
sed -i -e '/^request:/,/^phases:/{/^phases:/!d;}' -e 's/^phases:/request: "false"\n&/' "$checkout/impls/lobos/impl.yaml"
status=0
"$lobosbench" --top "$checkout" --state "$tmp/state" --results "$tmp/results" witness lobos >"$tmp/output" 2>&1 \
	</dev/null || status=$?
[ $status = 1 ] && [ ! -e "$tmp/results/witness/lobos.json" ] && [ -e "$tmp/results/witness/tkm.json" ]
result $? "no account is left of a way that was watched again and failed" "$tmp/output"
