#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# whole.t - a machine that comes up with less than it went down with is a doubt, and one that cannot be switched off
. "$(dirname "$0")/lib.sh"
plan 5
checkout=$tmp/checkout
mkdir "$checkout"
ln -s "$top/build" "$checkout/build"
cp -R "$top/impls" "$top/scenarios" "$top/report" "$checkout/"

# Each reboot of one machine loses something else. CPUs and clock are back in the next one, but
# memory is not: a kernel with mem= has less in the map that kexec hands on.
# shellcheck disable=SC2016
sed -i 's/^request: |$/&\
  case $NONCE in\
  *.2) COMMAND_LINE="$COMMAND_LINE maxcpus=1" ;;\
  *.3) COMMAND_LINE="$COMMAND_LINE mem=200M" ;;\
  *.4) COMMAND_LINE="$COMMAND_LINE tsc=unstable" ;;\
  *.5) COMMAND_LINE="$COMMAND_LINE tsc=unstable acpi=off" ;;\
  esac/' "$checkout/impls/baselines/kexec/impl.yaml"
cat >"$tmp/whole.yaml" <<'END'
name: whole
title: A machine that loses something at each reboot
ways: [{way: kexec, image: vmlinux, options: [no-checks]}]
machine: {cpus: 2}
chain: {machines: 1, reboots: 5, warmups: 0}
timeout: {silence_s: 3}
command_line: console=ttyS0 root=PARTUUID=6c6f626f-01 rootwait ro panic=0 noreplace-smp tsc=reliable
before: |
  case $(cat /proc/cmdline) in
  *nonce=*) ;;
  *) echo 0 >/sys/devices/system/cpu/cpu1/online ;;
  esac
  mkdir -p /etc/rc.d
  cat >/etc/rc.d/disk <<'RC'
  case $(cat /proc/cmdline) in
  *nonce=*.5" "*)
    umount /boot
    disk=$(readlink -f /sys/block/vda/device)
    echo "${disk##*/}" >/sys/bus/virtio/drivers/virtio_blk/unbind ;;
  esac
  RC
END
scenario 0 "$tmp/whole.yaml" --top "$checkout"
# On a busy host the first boot of an emulated machine may lose its clocks. Without ACPI there are other interrupts.
# shellcheck disable=SC2016
holds "CPUs that were offline may come back; less CPUs, less memory, another clock and a missing disk are found" \
	'[.[].differences] | (.[0] - (.[0] - ["tsc"])) as $first | map(. - $first) |
		(.[0] - ["clocksource"]) == [] and .[1] == ["cpus"] and
		([.[2:][] | .[:2]] | unique) == [["memory", "memory_map"]] and (.[2:] | map(.[2:])) as $also |
		$also[:2] == [[], ["clocksource"]] and
		($also[2] - ["clocksource", "tsc"]) == ["block_devices", "interrupt_controllers"]'
holds "each of them is a doubt, and none is plain ok" \
	'length == 5 and all(.[]; .verdict == "ok" and (.whole | not) == (.doubts | any(. == "not_whole"))) and all(.[1:][]; .whole == false)'
holds "without ACPI it cannot be switched off, and the last sample says so" \
	'map(.doubts | any(. == "no_power_off")) == [false, false, false, false, true]'
sed 's/\*\*//g' "$run/report.md" | grep -q 'memory in 3'
result $? "the report says what was poorer" "$run/report.md"
