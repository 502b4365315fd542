#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-images-tkm.t - ten bad inputs to tkm: each refused with its status, the system alive, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 3
offered tkm images "insmod /boot/modules/tkm.ko; bad-images tkm"
