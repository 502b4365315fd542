#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# honest-hints.t - after three hinted hops the machine is as after three plain ones; hints that are old or damaged are ignored
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
plan 26

# what_it_has: shell text that prints what the machine has, in lines that begin with "has"
what_it_has='echo
  has() { while read -r line; do echo "has $1 $line"; done; }
  echo "has begun"
  has interrupt </proc/interrupts
  has memory </proc/iomem
  has port </proc/ioports
  has clocksource </sys/devices/system/clocksource/clocksource0/current_clocksource
  has clocksources </sys/devices/system/clocksource/clocksource0/available_clocksource
  cat /sys/devices/system/clockevents/*/current_device | has clockevent
  for d in /sys/block/*; do echo "$d $(cat $d/size) $(readlink -f $d/device)"; done | has disk
  for d in /sys/bus/pci/devices/*; do echo "$d $(cat $d/irq) $(readlink $d/driver)"; done | has device'

# hops NAME CLOCK WAYS HINTS [STATUS]: three tests. HINTS is the key and its list, or nothing. Each way makes four
# reboots and switches itself off.
hops() {
	cat >"$tmp/$1.yaml" <<END
name: $1
title: Three hops, then a look, and one more
ways: [$3]
$4
chain: {machines: 1, reboots: 4, warmups: 0}
clock: $2
timeout: {silence_s: 40}
before: |
  $what_it_has
END
	scenario "${5:-0}" "$tmp/$1.yaml"
	whole_to_the_end
}

# last_look CLOCK: of the run's consoles, one after the other, what was printed ahead of the last reboot, without the counts.
# A busy host makes an emulated machine's clocks fail their checks: they are compared by the exact clock only.
last_look() {
	[ "$1" = virtual ] && unlike=nothing || unlike='^has clock'
	for console in "$run"/consoles/*.console; do
		tr -d '\r' <"$console" | grep '^has ' | awk '/^has begun/ { n = 0 } { line[n++] = $0 } END { for (i = 0; i < n; i++) print line[i] }' |
			sed -E 's/^(has interrupt [A-Z0-9]+:) +[0-9]+/\1/' | grep -v "$unlike"
	done
}

# same NAME FILE: what is in $tmp/plain and in FILE does not differ
same() {
	diff "$tmp/plain" "$2" >"$tmp/diff" && [ -s "$2" ]
	result $? "$1" "$tmp/diff"
}

both='{way: lobos}, {way: kexec, image: vmlinux, options: [no-checks]}'
# Disks of the wall clock's machines are virtio's, of the exact clock's they are cards.
for clock in wall virtual; do
	hops plain $clock "$both" ''
	last_look $clock >"$tmp/plain"
	hops hinted $clock "$both" 'hints: [known-machine, quiet, strict-aml]'
	last_look $clock >"$tmp/hinted"
	same "$clock: interrupts, memory, ports, disks, devices, and by the exact clock all clocks, are as without hints" "$tmp/hinted"
done

# said NAME PATTERN: the console of the only machine has that line
said() {
	cat "$run"/consoles/lobos*.console >"$tmp/console"
	grep -q "$2" "$tmp/console"
	result $? "$1" "$tmp/console"
}

hops taken virtual '{way: lobos}' 'hints: [known-machine]'
said "hints go on from kernel to kernel, and are the older the farther" 'lobos: hints, measured 3 boots ago: TSC [1-9][0-9]* kHz, local APIC timer [1-9][0-9]* Hz'
hops old virtual '{way: lobos, options: [old-hints]}' ''
said "hints that are too old are ignored" 'lobos: hints of the previous kernel are too old, and ignored'
# The log is damaged as well, which is a failure.
hops damaged virtual '{way: lobos, options: [damaged-hints]}' '' 1
said "so are damaged ones" 'lobos: hints of the previous kernel are damaged, and ignored'
