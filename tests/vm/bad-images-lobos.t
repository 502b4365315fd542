#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-images-lobos.t - ten bad inputs to lobos: each refused with its status, the system alive, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 3
offered lobos images "bad-images lobos"
