#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# real-mode.t - kexec and Two Kernel Monte, with the kernel's set-up code and without it
. "$(dirname "$0")/lib.sh"

plan 6
scenario 0 kexec-real-mode --machines 1 --reboots 2
holds "all ok and proved" 'length == 12 and all(.[]; .verdict == "ok" and .proved)'
holds "each has all phases of its way" 'all(.[]; [.phases_ns[]] | index(null) == null)'
holds "the phases add up to the latency" 'all(.[]; ([.phases_ns[]] | add) == .latency_ns)'
holds "without set-up code there is no time of the firmware" '
	all(.[] | select(.way == "tkm"); (.variant == "skip-setup") != (.phases_ns | has("firmware")))'
# witness.t sees that it is executed; this, that the program was asked, each time and by nobody else.
grep -c 'Starting the kernel in real mode' "$run"/consoles/*.console | sed 's,.*/,,; s/-m[0-9]*\.console//' | grep -v ':0$' | LC_ALL=C sort >"$tmp/asked"
printf '%s\n' kexec-real-mode-reset-vga:2 kexec-real-mode:2 | cmp -s - "$tmp/asked"
result $? "kexec with that option, and no other way, starts the kernel in real mode" "$tmp/asked"
