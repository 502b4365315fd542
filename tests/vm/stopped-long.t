#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# stopped-long.t - stopped.t with every case: machine and harness, 1, 3 and 5 s, at five moments
LONG=1 exec "$(dirname "$0")/stopped.t"
