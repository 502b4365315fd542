#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# bad-input.t - ten things that go wrong around the harness: each is said clearly, and costs nobody a result
. "$(dirname "$0")/lib.sh"

# refused EXPECTED TEXT ARGUMENT...: exit status EXPECTED, and TEXT (an extended regular expression) in what it says
refused() {
	expected=$1 text=$2
	shift 2
	status=0
	"$lobosbench" --results "$tmp/results" "$@" >"$tmp/output" 2>&1 </dev/null || status=$?
	[ "$status" = "$expected" ] && grep -qE "$text" "$tmp/output"
	result $? "$(basename "$1") ${2:-} ${3:-}: exit status $expected, saying \"$text\"" "$tmp/output"
}

# changed SED: a scenario of its own, made from bench by a sed command
changed() {
	sed "$1" "$top/scenarios/bench.yaml" >"$tmp/changed.yaml"
}

left_running() { # machines of this test's results folder
	pgrep -af "qemu-system.*$(basename "$tmp")" || true
}

plan 17

changed 's/^clock:/clokc:/'
refused 2 'changed\.yaml.*clokc' run "$tmp/changed.yaml"
changed 's/^target_ms:.*/target_ms: soon/'
refused 2 'changed\.yaml.*target_ms' run "$tmp/changed.yaml"
changed 's/way: bios/way: teleport/'
refused 2 'teleport' run "$tmp/changed.yaml"
changed 's/kernel: i386/kernel: vax/'
refused 3 'vax.*|make' run "$tmp/changed.yaml"
refused 3 'libvirt' --connect 'qemu+unix:///system?socket=/nonexistent/socket' run bench
refused 2 'nowhere' run nowhere
if grep -qE '\b(vmx|svm)\b' /proc/cpuinfo; then
	tests_done=$((tests_done + 1))
	echo "ok $tests_done # SKIP this host has hardware virtualisation"
else
	refused 3 'kvm|KVM' run bench --accelerator kvm
fi

mkdir "$tmp/full" "$tmp/plain"
if mount -t tmpfs -o size=2m tmpfs "$tmp/full" 2>"$tmp/why"; then
	refused 3 '[Ss]pace' --results "$tmp/full" run bench
	umount "$tmp/full"
	mount -t tmpfs -o ro tmpfs "$tmp/full"
	refused 3 '[Rr]ead-only' --results "$tmp/full/results" run bench
	umount "$tmp/full"
else
	for what in "full disk" "read-only results"; do
		tests_done=$((tests_done + 1))
		echo "ok $tests_done # SKIP $what: no mount here: $(cat "$tmp/why")"
	done
fi
[ -z "$(left_running)" ]
result $? "no machine is left running after any of these"

# A run that is killed in the middle, a second one beside it, and one that goes on.
count() {
	sqlite3 "$tmp/results/lobosbench.db" 'SELECT count(*) FROM sample' 2>/dev/null || echo 0
}
"$lobosbench" --results "$tmp/results" run lobos50 --machines 1 --reboots 4 >"$tmp/first" 2>&1 </dev/null &
first=$!
tries=0
while [ "$(count)" -lt 2 ] && [ $tries -lt 240 ] && kill -0 $first 2>/dev/null; do
	sleep 0.5
	tries=$((tries + 1))
done
refused 5 "$first|another|holds" run lobos50 --machines 1 --reboots 4
before=$(count)
kill -0 $first 2>/dev/null
result $? "the first run is still going" "$tmp/first"
# kill -9 of the whole harness: the supervisor and the worker, by their process ids
workers=$(pgrep -P $first)
# shellcheck disable=SC2086
kill -9 $first $workers
wait $first 2>/dev/null || true
[ "$before" -ge 2 ] && [ "$(count)" -ge "$before" ]
result $? "what was measured before kill -9 is there ($before, then $(count))" "$tmp/first"
scenario 0 lobos50 --machines 1 --reboots 4
holds "the same command went on: four samples, none twice" 'length == 4 and ([.[].index] | unique | length) == 4'
[ "$(find "$tmp/results" -maxdepth 1 -type d -name '*-lobos50' | wc -l)" = 1 ]
result $? "it is one run"
[ -z "$(left_running)" ]
result $? "no machine is left running"
