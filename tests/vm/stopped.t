#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# stopped.t - a machine or a harness that was stopped in mid-reboot gives an instrument fault, never a figure
#
# By the virtual clock it is a figure, and the same as ever. stopped-long.t sets LONG.
. "$(dirname "$0")/lib.sh"

# Who is stopped, for how many seconds, and after which line of the console (see after).
cases='machine 0.5 request
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
plan $((1 + $(echo "$cases" | wc -l)))

# write MACHINES CLOCK: the scenario
write() {
	cat >"$tmp/s.yaml" <<-END
	name: stopped
	title: A reboot in which something stands still
	ways: [{way: lobos}]
	chain: {machines: $1, reboots: 1, warmups: 0}
	clock: $2
	END
}

# after MOMENT: the reboot of machine 0 has come that far, by its console
after() {
	case $1 in
	request) pattern='lobosbench: request 1' count=1 ;;
	stopped) pattern='lobosbench: services stopped' count=1 ;;
	kernel) pattern='Linux version' count=2 ;;
	driver) pattern='Serial: 8250' count=2 ;;
	init) pattern='Run /sbin/init' count=2 ;;
	esac
	until [ "$(grep -c "$pattern" "$console" 2>/dev/null)" = "$count" ]; do
		kill -0 "$first" 2>/dev/null || return 1
		sleep 0.01
	done
}

# stop WHO SECONDS MOMENT: a run in which that happens once; its samples in $run
stop() {
	rm -rf "$tmp/results"
	"$lobosbench" --state "$tmp/state" --results "$tmp/results" run "$tmp/s.yaml" >"$tmp/output" 2>&1 </dev/null &
	first=$!
	until console=$(find "$tmp/results" -name lobos-m0.console 2>/dev/null | grep .); do
		kill -0 $first 2>/dev/null || return 1
		sleep 0.1
	done
	read -r worker _ </proc/$first/task/$first/children
	after "$3" || return 1
	pid=$worker
	[ "$1" = harness ] || pid=$(pgrep -f "qemu.*$tmp/state/lib/")
	kill -STOP "$pid"
	sleep "$2"
	kill -CONT "$pid"
	wait $first
	run="$tmp/results/latest"
}

write 1 wall
while read -r who seconds moment; do
	[ "$who" = machine ] && word="machine's process was stopped" || word='harness was stopped'
	if stop "$who" "$seconds" "$moment"; then
		reason=$(sqlite3 "$tmp/results/lobosbench.db" "SELECT reason FROM sample WHERE reboot = 0 AND machine = 0")
		jq -s 'length == 2 and (.[0] | .verdict == "instrument-fault" and (.proved | not)) and (.[1] | .verdict == "ok" and .proved)' \
			"$run/samples.jsonl" >"$tmp/holds"
		[ "$(cat "$tmp/holds")" = true ] && case $reason in *"$word"*) true ;; *) false ;; esac
	else
		false
	fi
	result $? "$who stopped for $seconds s at $moment: a fault, and the reboot is run again" "$tmp/output"
done <<END
$cases
END

write 2 virtual
stop machine 3 kernel
holds "by the virtual clock a stopped machine is as exact as one that was not" \
	'length == 2 and all(.[]; .verdict == "ok" and .proved) and (map(.latency_instructions) | unique | length == 1)'
