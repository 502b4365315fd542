#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-images-tkm.t - ten bad inputs to tkm: each refused with its status, the system alive, the next reboot good
way=tkm
. "$(dirname "$0")/lib.sh"
plan 3
cat >"$tmp/bad.yaml" <<END
name: bad-images-$way
title: Ten bad inputs, then a good reboot
ways: [{way: $way}]
chain: {machines: 1, reboots: 1, warmups: 0}
before: insmod /boot/modules/tkm.ko; bad-images $way
END
scenario 0 "$tmp/bad.yaml"
holds "the reboot after them is ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
tr -d '\r' <"$run/consoles/$way-m0.console" | sed -n 's/^bad \([a-z-]* [0-9]*\)$/\1/p' >"$tmp/statuses"
diff "$top/tests/golden/bad-images-$way" "$tmp/statuses" >"$tmp/diff"
result $? "each is refused with its own status" "$tmp/diff"
