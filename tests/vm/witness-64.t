#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# witness-64.t - the privileged steps of each way on x86_64: who leaves long mode, and how
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/witness.sh"

if [ ! -e "$top/build/kernels/x86_64/release" ]; then
	echo "1..0 # SKIP no kernel for x86_64: make guest ARCH=x86_64"
	exit
fi
plan 29

witness --kernel x86_64 lobos kexec bootimg tkm bios

sees "from request to ready, each mark is there" lobos "$whole"
sees "CR0 and EFER are never loaded, by nobody" lobos '
	(.counts | (has("cr0") or has("lmsw") or has("wrmsr")) | not)'
sees "exactly one GDT is loaded, its own" lobos '.own.lgdt == 1 and .counts.lgdt == 1'
sees "its GDT lies in the safe area, behind page tables that are loaded first" lobos '
	[.steps[] | select(.step == "cr3" or .step == "lgdt" or .step == "far_return" or .step == "mode") | .step] ==
	["cr3", "lgdt", "far_return", "cr3"]'
sees "paging and long mode stay on to the end, in code of 64 bits alone" lobos '
	.clears == {paging: 0, protection: 0, long_mode: 0} and .crossing.long_mode and all(.steps[1:][]; .bits == 64)'
sees "it runs in the old kernel and in the safe area, not in the BIOS" lobos '
	[.places[] | select(.protection) | .place] == ["old_kernel", "safe_area", "new_kernel"] and
	(.places | length == 3)'

sees "from request to ready, each mark is there" kexec "$whole"
sees "paging and long mode stay on to the end, in code of 64 bits alone" kexec '
	.clears == {paging: 0, protection: 0, long_mode: 0} and .crossing.long_mode and all(.steps[1:][]; .bits == 64)'
sees "CR0 is loaded in the page that is kept, with paging on before and behind it" kexec '
	[.steps[] | select(.step == "cr0") | [.place, .paging, .long_mode]] == [["safe_area", true, true]]'
sees "the kernel loads an empty GDT, purgatory two of its own" kexec '
	[.steps[] | select(.step == "lgdt") | [.place, .limit]][:3] ==
	[["old_kernel", "0x00000000"], ["safe_area", "0x0000001f"], ["safe_area", "0x0000001f"]] and .own.lgdt == 3'
sees "the old kernel lies where it is linked for, above all else" kexec '
	.steps[0].linear | startswith("0xffffffff8")'
sees "the BIOS is not asked" kexec '[.places[] | select(.place == "bios")] == []'

sees "from request to ready, each mark is there" bootimg "$whole"
sees "it goes to code of 32 bits while long mode is on, and then switches paging off" bootimg '
	[.steps[] | select((.step == "mode" or .step == "cr0") and .place == "safe_area") |
		[.step, .bits, .long_mode, .paging]] == [["mode", 32, true, true], ["cr0", 32, true, true]]'
sees "paging and long mode are cleared once, protection never" bootimg '
	.clears == {paging: 1, protection: 0, long_mode: 1}'
sees "EFER is 0 when that is done" bootimg '
	[.steps[] | select(.step == "wrmsr" and .place == "safe_area") | [.msr, .value, .paging]] ==
	[["0xc0000080", "0x00000000", false]]'
sees "one GDT is loaded" bootimg '.own.lgdt == 1'
sees "no BIOS, no interrupt, no real mode" bootimg '
	([.places[] | select(.place == "bios" or (.protection | not))] == []) and .own.interrupt == null'
sees "the decompressor goes to long mode by itself, from paging off" bootimg '
	[.steps[] | select(.place == "decompressor" and (.step == "mode" or (.step == "wrmsr" and .msr == "0xc0000080"))) |
		[.step, .bits, .paging]][:2] == [["wrmsr", 32, false], ["mode", 64, true]]'

sees "from request to ready, each mark is there" tkm "$whole"
sees "paging, protection and long mode are cleared, each once" tkm '
	.clears == {paging: 1, protection: 1, long_mode: 1} and .own.cr0 == 2'
sees "one GDT is loaded" tkm '.own.lgdt == 1'
sees "the BIOS is asked to reset the video: int 10h, by its own code in real mode" tkm '
	[.steps[] | select(.step == "interrupt" and .place == "low_memory") | [.vector, .protection, .paging, .long_mode]] ==
	[[16, false, false, false]]'
sees "code of the BIOS and of the set-up is executed in real mode" tkm '
	[.places[] | select((.protection | not) and .instructions > 100) | .place] | contains(["bios", "setup"])'

sees "from request to ready, each mark is there" bios "$whole"
sees "the machine is reset, and the BIOS, the loader and the decompressor follow" bios '
	.counts.reset > 0 and ([.places[].place] | contains(["bios", "loader", "decompressor"]))'
sees "the reset ends long mode, and the new kernel is entered in it" bios '
	([.steps[] | select(.step == "reset")][0].long_mode) and .crossing.long_mode'

grep -q '^ *after  at .*  PG  PE  LM   step$' "$tmp/table"
result $? "the table has a column for long mode" "$tmp/table"
