#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# in-kernel.t - lobos.boot= on the command line: a kernel boots another before any user program runs
. "$(dirname "$0")/lib.sh"
plan 5
cat >"$tmp/in-kernel.yaml" <<'END'
name: in-kernel
title: A kernel that boots another with no user program
ways: [{way: lobos}]
chain: {machines: 1, reboots: 1, warmups: 0}
command_line: console=ttyS0 root=PARTUUID=6c6f626f-01 ro panic=0 lobos.boot=/next.lobos
before: |
  cp /boot/vmlinux.lobos /next.lobos && sync
END
scenario 0 "$tmp/in-kernel.yaml"
holds "the reboot is ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
console="$run/consoles/lobos-m0.console"
[ "$(grep -c 'Linux version' "$console")" = 3 ]
result $? "three kernels ran: the first, the one that boots on, the last" "$console"
[ "$(grep -c 'Run /sbin/init' "$console")" = 2 ]
result $? "the one in the middle ran no user program" "$console"
grep 'Kernel command line' "$console" | tail -n 1 >"$tmp/last"
! grep -q 'lobos.boot' "$tmp/last"
result $? "the last one is not told to boot on" "$tmp/last"
