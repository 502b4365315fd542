#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-images-bootimg.t - ten bad inputs to bootimg: each refused with its status, the system alive, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 3
offered bootimg images "bad-images bootimg"
