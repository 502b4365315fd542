# SPDX-License-Identifier: GPL-2.0-only
# lib.sh - what every machine test starts with: TAP, skips, and one run of a scenario in a folder of its own
#
# shellcheck shell=sh
# A test sources this file, says `plan N`, runs `scenario NAME ...` and asks its samples with `holds`.

top=$(cd "$(dirname "$0")/../.." && pwd)
lobosbench="$top/build/lobosbench"
tests_done=0
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'rm -rf "$tmp"' EXIT

# plan N: N tests follow, or all are skipped (failed under REQUIRE=vm) where no machine can be started
plan() {
	if ! "$lobosbench" doctor >"$tmp/doctor" 2>&1; then
		if [ "${REQUIRE:-}" = vm ]; then
			echo "1..$1"
			sed 's/^/# /' "$tmp/doctor"
			echo "Bail out! machines are required here and cannot be started"
			exit 1
		fi
		echo "1..0 # SKIP no machine can be started here; lobosbench doctor says why"
		exit 0
	fi
	echo "1..$1"
}

# result STATUS NAME [FILE]: one TAP line; FILE is shown when it failed, as an error, because prove keeps comments to itself
result() {
	tests_done=$((tests_done + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tests_done - $2"
	else
		echo "not ok $tests_done - $2"
		# A console may end in the middle of a line.
		[ -z "${3:-}" ] || { echo "$0: not ok $tests_done - $2"; tail -n 60 "$3"; echo; } | tr -d '\000\033' | sed 's/^/# /' >&2
	fi
}

# scenario EXPECTED NAME ARGUMENT...: run it; the exit status must be EXPECTED. Sets $run to its folder.
scenario() {
	expected=$1
	shift
	status=0
	"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$@" >"$tmp/output" 2>&1 </dev/null || status=$?
	run="$tmp/results/latest"
	[ "$status" = "$expected" ] || echo "exit status $status, expected $expected" >>"$tmp/output"
	[ "$status" = "$expected" ]
	result $? "run $* ends with exit status $expected" "$tmp/output"
}

# holds NAME FILTER: the jq FILTER over the array of all samples of the run gives true
holds() {
	if [ "$(jq -s "$2" "$run/samples.jsonl" 2>"$tmp/jq")" = true ]; then
		result 0 "$1"
	else
		{
			cat "$tmp/jq" "$run/samples.jsonl"
			for f in "$run"/consoles/*.console; do tail -n 15 "$f"; done
		} >"$tmp/why" 2>&1
		result 1 "$1" "$tmp/why"
	fi
}

# whole_to_the_end: two tests. The machines of the run came up whole each time, but for the difference $may_differ, and switched
# themselves off at the end. A busy host disturbs an emulated machine's clocks, and the kernel may warn of that.
may_differ=
whole_to_the_end() {
	holds "the machine came up whole each time" "all(.[]; .whole != null and
		.differences - [\"tsc\", \"clocksource\", \"taint\", \"warnings\", \"$may_differ\"] == [])"
	for console in "$run"/consoles/*.console; do
		tail -n 1 "$console" | grep -q 'reboot: Power down' || cat "$console"
	done >"$tmp/up"
	[ ! -s "$tmp/up" ] && jq -se 'all(.[]; .doubts | any(. == "no_power_off") | not)' "$run/samples.jsonl" >>"$tmp/up"
	result $? "at the end it switched itself off" "$tmp/up"
}

# offered WAY WHAT BEFORE [MACHINE]: three tests. The shell text BEFORE offers WAY things that it must refuse, each with the status
# that tests/golden/bad-WHAT-WAY has on a line "CASE STATUS" (on the console: "bad CASE STATUS"); then WAY must work.
offered() {
	cat >"$tmp/bad.yaml" <<END
name: bad-$2-$1
title: Bad $2 for $1, then a good reboot
ways: [{way: $1}]
machine: {${4:-arch: i386}}
chain: {machines: 1, reboots: 1, warmups: 0}
before: $3
END
	scenario 0 "$tmp/bad.yaml"
	holds "$1: the reboot after the bad $2 is ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
	tr -d '\r' <"$run/consoles/$1-m0.console" | sed -n 's/^\(bad\|call\) \([a-z-]* [0-9]*\)$/\2/p' >"$tmp/statuses"
	diff "$top/tests/golden/bad-$2-$1" "$tmp/statuses" >"$tmp/diff"
	result $? "$1: each of the bad $2 is refused with its own status" "$tmp/diff"
}
