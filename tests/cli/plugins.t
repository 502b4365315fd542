#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# plugins.t - this host's QEMU loads the plugins, and they refuse what they cannot serve with a reason
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
n=0

# loads NAME STATUS PATTERN PLUGIN [OPTION...]: QEMU with that plugin ends with STATUS and says PATTERN
loads() {
	name=$1 expected=$2 pattern=$3 plugin=$4
	shift 4
	n=$((n + 1))
	status=0
	echo quit | timeout 60 qemu-system-i386 -display none -nodefaults -S -monitor stdio "$@" \
		-plugin "file=$top/build/$plugin" >"$tmp/out" 2>&1 || status=$?
	if [ $status = "$expected" ] && grep -q "$pattern" "$tmp/out"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $status, expected $expected; said:"
		tr -d '\033\r' <"$tmp/out" | sed 's/^/# /'
	fi
}

# The kernel of the map runs where it was linked, at 3238002688 (0xc1000000).
printf '%s\n' 'c1000000 T startup_32' 'c1800000 B _end' >"$tmp/map"
echo 1..14
loads "the clock is loaded" 0 monitor "clock.so,trace=$tmp/trace"
loads "the witness is loaded" 0 monitor "witness.so,trace=$tmp/trace,memory=134217728,image_linear=3238002688"
loads "the discarder is loaded, with two processors too" 0 monitor "discard.so,trace=$tmp/trace" -smp 2
loads "the clock refuses two processors" 1 'clock plugin: .*one processor' "clock.so,trace=$tmp/trace" -smp 2
loads "the witness refuses two processors" 1 'witness plugin: .*one processor' \
	"witness.so,trace=$tmp/trace,memory=134217728,image_linear=3238002688" -smp 2
loads "the clock refuses a trace that cannot be written" 1 'clock plugin: .*trace=FILE' "clock.so,trace=$tmp/none/trace"
loads "the witness refuses to go without the size of memory" 1 'witness plugin: .*memory= and' \
	"witness.so,trace=$tmp/trace,image_linear=3238002688"
loads "the witness refuses to go without the place of the image" 1 'witness plugin: .*image_linear=' \
	"witness.so,trace=$tmp/trace,memory=134217728"
loads "the witness refuses an argument that it does not have" 1 'witness plugin: .*what=1' "witness.so,what=1"
loads "the discarder refuses to go without a trace" 1 'discard plugin: .*trace=FILE' discard.so
loads "the profiler is loaded" 0 monitor "profile.so,trace=$tmp/trace,map=$tmp/map,memory=134217728,image_linear=3238002688"
loads "the profiler refuses two processors" 1 'profile plugin: .*one processor' \
	"profile.so,trace=$tmp/trace,map=$tmp/map,memory=134217728,image_linear=3238002688" -smp 2
loads "the profiler refuses to go without a map" 1 'profile plugin: .*map=SYSTEM_MAP' \
	"profile.so,trace=$tmp/trace,memory=134217728,image_linear=3238002688"
loads "the profiler refuses a file that is no map" 1 'profile plugin: .*map=' "profile.so,map=$tmp/trace"
