#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-calls.t - damaged images and wrong arguments to lobos(2), wrong ones to bootimg(2) and TKM's ioctl: each refused
# with its errno, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 9
offered lobos calls "bad-lobos"
offered bootimg calls "bad-calls bootimg"
offered tkm calls "insmod /boot/modules/tkm.ko; bad-calls tkm"
