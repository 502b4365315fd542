#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ramoops.t - kexec with ramoops: the whole log of the old kernel is in the new one, and it is the old kernel's
. "$(dirname "$0")/lib.sh"
plan 5

cat >"$tmp/ramoops.yaml" <<'END'
name: ramoops
title: kexec with a log that survives
ways: [{way: kexec, image: vmlinux, options: [no-checks, ramoops]}, {way: kexec, options: [ramoops, ecc]}]
chain: {machines: 1, reboots: 4, warmups: 1}
before: |
  log=/sys/fs/pstore/console-ramoops-0
  [ ! -f $log ] || echo "found $(sed -n 's/.*marker of //p' $log)"
  read -r id </proc/sys/kernel/random/boot_id
  echo "marker of $id" >/dev/kmsg
  # A line that only looks like the kernel's is not missing in the log.
  echo "[    5.000000] forged" >/dev/console
END
scenario 0 "$tmp/ramoops.yaml"
holds "all reboots are ok and proved" 'length == 8 and all(.[]; .verdict == "ok" and .proved)'
holds "the log is kept from the second reboot on" 'group_by(.variant) | all(.[]; map(.log_kept) == [false, true, true, true])'

# found VARIANT: the third and fourth kernel have the marker of the one before. The first boot's log is not kept.
found() {
	console=$(echo "$run/consoles/kexec-$1-m"?.console)
	tr -d '\r' <"$console" | sed -n 's/^\[.*\] marker of //p' | sed -n 2,3p >"$tmp/written"
	tr -d '\r' <"$console" | sed -n 's/^found //p' | diff "$tmp/written" - >"$tmp/diff" && [ "$(wc -l <"$tmp/written")" = 2 ]
	result $? "$1: each kernel's log has the marker of the kernel before" "$console"
}
found vmlinux-no-checks-ramoops
found ramoops-ecc
