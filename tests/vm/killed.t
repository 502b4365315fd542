#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# killed.t - a harness that is killed or interrupted loses no sample and leaves no machine
. "$(dirname "$0")/lib.sh"

plan 10
cat >"$tmp/s.yaml" <<END
name: killed
title: A run that does not get to its end
ways: [{way: kexec, image: vmlinux, options: [no-checks]}]
chain: {machines: 1, reboots: 3, warmups: 0}
END

# machines: how many QEMUs have this test's state folder on their command line
machines() {
	pgrep -fc "qemu.*$tmp/state/lib/" || true
}

# gone PID: wait until that process has ended; the one that should reap it may never do
gone() {
	while grep -qv ') Z ' "/proc/$1/stat" 2>/dev/null; do
		sleep 0.1
	done
}

# none_left: there is no machine, or none after the moment that the last one takes to die
none_left() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(machines)" != 0 ] || return 0
		sleep 0.3
	done
	return 1
}

# begin ARGUMENT...: a run in the background, up to its first sample. Sets $first, the pid that a user sees.
begin() {
	# What an earlier run said must not be taken for this one's first sample.
	: >"$tmp/output"
	"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$tmp/s.yaml" "$@" \
		>"$tmp/output" 2>&1 </dev/null &
	first=$!
	while ! grep -q '^1/3 ' "$tmp/output" && kill -0 $first 2>/dev/null; do
		sleep 0.1
	done
}

begin
[ "$(machines)" = 1 ]
result $? "a machine runs" "$tmp/output"
read -r worker _ </proc/$first/task/$first/children
kill -9 "$first" "$worker"
wait $first 2>/dev/null
gone "$worker"
none_left
result $? "the machine of a harness that is killed with its supervisor ends with them" "$tmp/output"

status=0
"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$tmp/s.yaml" >"$tmp/output" 2>&1 || status=$?
result $status "a second run goes on and gets to its end" "$tmp/output"
grep -q '^continuing run' "$tmp/output"
result $? "it says that it goes on" "$tmp/output"
run="$tmp/results/latest"
holds "no reboot is lost or there twice, and each is at its place" 'map(select(.warmup | not).index) == [0, 1, 2]'
none_left
result $? "no machine is left" "$tmp/output"

begin --new
read -r worker _ </proc/$first/task/$first/children
kill -9 "$worker"
status=0
wait $first 2>/dev/null || status=$?
[ $status = 137 ] && none_left
result $? "the first process takes the machines of a killed worker with it" "$tmp/output"

begin --new
read -r worker _ </proc/$first/task/$first/children
kill -9 "$first"
wait $first 2>/dev/null
gone "$worker"
none_left && grep -q '1 of 3 samples: interrupted' "$tmp/output"
result $? "a machine that ended with the first process is no failed reboot" "$tmp/output"

begin --new
kill -INT $first
status=0
wait $first 2>/dev/null || status=$?
[ $status = 130 ] && grep -q 'interrupted' "$tmp/output"
result $? "an interrupt ends with 130 and says so" "$tmp/output"
none_left
result $? "and leaves no machine" "$tmp/output"
