#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-calls.t - wrong arguments to bootimg(2) and to TKM's ioctl: each refused with its errno, the next reboot good
. "$(dirname "$0")/lib.sh"

# offered WAY COMMAND: run it, reboot that way, and compare what the calls said
offered() {
	cat >"$tmp/$1.yaml" <<END
name: bad-calls-$1
title: Wrong arguments to $1, then a good reboot
ways: [{way: $1}]
chain: {machines: 1, reboots: 1, warmups: 0}
before: $2
END
	scenario 0 "$tmp/$1.yaml"
	holds "the reboot after them is ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
	tr -d '\r' <"$run/consoles/$1-m0.console" | sed -n 's/^call \([a-z-]* [0-9]*\)$/\1/p' >"$tmp/calls"
	diff "$top/tests/golden/bad-calls-$1" "$tmp/calls" >"$tmp/diff"
	result $? "each is refused with its own errno" "$tmp/diff"
}

plan 6
offered bootimg "bad-calls bootimg"
offered tkm "insmod /boot/modules/tkm.ko; bad-calls tkm"
