#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-calls.t - wrong arguments to bootimg(2) and to TKM's ioctl: each refused with its errno, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 6
offered bootimg calls "bad-calls bootimg"
offered tkm calls "insmod /boot/modules/tkm.ko; bad-calls tkm"
