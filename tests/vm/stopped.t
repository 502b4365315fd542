#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# stopped.t - a machine or a harness that was stopped in mid-reboot gives an instrument fault, never a figure
#
# By the virtual clock it is a figure, and the same as ever. stopped-long.t sets LONG.
. "$(dirname "$0")/lib.sh"

# Who is stopped, for how many seconds, after which line of the console (see after), and how often.
cases='machine 0.5 request
machine 0.25 request 10
machine 3 kernel
harness 1 stopped
harness 3 driver'
[ -z "${LONG:-}" ] || cases=$(
	for who in machine harness; do
		for seconds in 1 3 5; do
			for moment in request stopped kernel driver init; do
				echo "$who $seconds $moment"
			done
		done
	done
)
count=$(echo "$cases" | wc -l)
plan $((count + 3))

# begin CLOCK MACHINES: a run in the background, each machine with one reboot
begin() {
	cat >"$tmp/s.yaml" <<-END
	name: stopped-$1
	title: Reboots in which something stands still
	ways: [{way: lobos}]
	chain: {machines: $2, reboots: 1, warmups: 0}
	clock: $1
	END
	rm -rf "$tmp/results"
	"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$tmp/s.yaml" >"$tmp/output" 2>&1 </dev/null &
	first=$!
}

# after MACHINE MOMENT: the reboot of that machine has come so far, by its console
after() {
	case $2 in
	request) pattern='lobosbench: request 1' times=1 ;;
	stopped) pattern='lobosbench: services stopped' times=1 ;;
	kernel) pattern='Linux version' times=2 ;;
	driver) pattern='Serial: 8250' times=2 ;;
	init) pattern='Run /sbin/init' times=2 ;;
	esac
	console=
	until [ -n "$console" ] && [ "$(grep -c "$pattern" "$console")" = "$times" ]; do
		kill -0 "$first" 2>/dev/null || return 1
		sleep 0.01
		[ -n "$console" ] || console=$(find "$tmp/results" -name "lobos-m$1.console" 2>/dev/null)
	done
}

# process_of MACHINE WHO: the process to be stopped
process_of() {
	if [ "$2" = harness ]; then
		cut -d ' ' -f 1 /proc/$first/task/$first/children
	else
		pgrep -f "guest=lobosbench-[0-9a-f]*-m$1,.*$tmp/state/lib/"
	fi
}

# stop MACHINE WHO SECONDS MOMENT TIMES: in the reboot of that machine. The process is looked for ahead of the moment:
# from init to ready it is 0.15 s, and on a busy host pgrep takes as long.
stop() {
	until pid=$(process_of "$1" "$2") && [ -n "$pid" ]; do
		kill -0 "$first" 2>/dev/null || return
		sleep 0.05
	done
	after "$1" "$4" || return
	for _ in $(seq "$5"); do
		kill -STOP "$pid"
		sleep "$3"
		kill -CONT "$pid"
		sleep 0.05
	done
}

begin wall "$count"
machine=0
while read -r who seconds moment times; do
	stop $machine "$who" "$seconds" "$moment" "${times:-1}"
	machine=$((machine + 1))
done <<END
$cases
END
status=0
wait $first || status=$?
[ $status = 4 ]
result $? "a run with faults ends with status 4" "$tmp/output"
run="$tmp/results/latest"
machine=0
while read -r who seconds moment times; do
	word="The $who"
	[ "$who" = harness ] || word="The machine's process"
	found=$(sqlite3 "$tmp/results/lobosbench.db" "SELECT verdict, proved, reason FROM sample WHERE machine = $machine")
	case $found in "instrument-fault|0|$word was stopped"*) true ;; *) false ;; esac
	result $? "$who stopped ${times:+$times times }for $seconds s at $moment: a fault of the instrument" "$tmp/output"
	machine=$((machine + 1))
done <<END
$cases
END
holds "each of these reboots was run again, and is ok" \
	"map(select(.machine >= $count)) | length == $count and all(.[]; .verdict == \"ok\" and .proved)"

begin virtual 2
stop 0 machine 3 kernel 1
wait $first
holds "by the virtual clock a stopped machine is as exact as one that was not" \
	'length == 2 and all(.[]; .verdict == "ok" and .proved) and (map(.latency_instructions) | unique | length == 1)'
