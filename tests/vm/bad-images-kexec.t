#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-images-kexec.t - ten bad inputs to kexec: each refused with its status, the system alive, the next reboot good
. "$(dirname "$0")/lib.sh"
plan 3
offered kexec images "bad-images kexec"
