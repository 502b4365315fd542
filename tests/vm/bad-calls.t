#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-calls.t - damaged images and wrong arguments to lobos(2), wrong ones to bootimg(2) and TKM's ioctl: each refused
# with its errno, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 10
offered lobos calls "bad-lobos"
grep -q 'refused (error 8): .* has a header of 8192 bytes, known are 4096' "$run/consoles/lobos-m0.console"
result $? "lobos: a header of another size is refused as that" "$run/consoles/lobos-m0.console"
offered bootimg calls "bad-calls bootimg"
offered tkm calls "insmod /boot/modules/tkm.ko; bad-calls tkm"
