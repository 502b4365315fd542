#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# refusals.t - bad input to the program: message, exit status, and nothing left behind
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
n=0

# refused NAME STATUS PATTERN ARGUMENT...: the program ends with that status and says the pattern on standard error
refused() {
	name=$1 expected=$2 pattern=$3
	shift 3
	n=$((n + 1))
	status=0
	"$top/build/lobosbench" --state "$tmp/state" --results "$tmp/results" "$@" \
		>"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	if [ "$status" = "$expected" ] && grep -qe "$pattern" "$tmp/err" &&
	   [ -z "$(find "$tmp/results" -name '*.jsonl' 2>/dev/null)" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $status, expected $expected; said:"
		sed 's/^/# /' "$tmp/err"
	fi
}

# scenario LINE...: a scenario of these lines in $tmp/s.yaml
scenario() {
	printf '%s\n' 'name: x' 'title: X' "$@" >"$tmp/s.yaml"
}

refused "no command" 2 "which command?"
refused "unknown command" 2 'there is no command "frobnicate"' frobnicate
refused "unknown option" 2 'there is no option --frob' --frob list
refused "option without its value" 2 '--connect needs a value' list --connect
refused "a checkout that is none" 2 '--top' --top "$tmp/none" list
refused "an option without its value, before the command" 2 '--top needs a value' --top= list
refused "an abbreviated option" 2 'there is no option --accel' run bench --accel=tcg
refused "a word too many" 2 '"phases" is one argument too many' list ways phases
refused "an argument of a command that takes none" 2 '"x" is one argument too many' doctor x
refused "a word that is not a choice" 2 '"foo" is not one of ways, scenarios, hints, phases' list foo
refused "sizes of a way that is not there" 2 'there is no way "teleport"' sizes lobos teleport
refused "a row of a way that is not there" 2 'there is no way "teleport"' matrix kexec teleport+far
refused "sizes in a format that is not there" 2 '"csv" is not one of table, json' sizes --format csv
refused "a soak of a way that is not there" 2 'there is no way "teleport"' soak lobos teleport
refused "a soak of too few reboots" 2 '"9" is not a whole number from 10' soak lobos -n 9
refused "a soak without its number" 2 '-n needs a value' soak lobos -n
refused "run without a scenario" 2 'SCENARIO is missing' run
refused "run with two scenarios" 2 '"nightly" is one argument too many' run bench nightly
refused "a number that is none" 2 '"abc" is not a whole number' run bench --machines abc
refused "a comparison of one thing" 2 'B is missing' compare latest
refused "a search without its beginning" 2 '--good is missing' bisect
(git init -q "$tmp/repository" && cd "$tmp/repository" &&
	git -c user.name=x -c user.email=x commit -q --allow-empty -m x && git tag here) >"$tmp/out" 2>&1
refused "a search from a commit to itself" 2 'here and HEAD are the same commit' bisect --top "$tmp/repository" --good here
refused "a night of nothing" 2 'SCENARIO is missing' nightly
refused "a scenario that is not there" 2 'nonesuch' run nonesuch
refused "a shard that is none" 2 '"5/4" is no I/N' run bench --shard 5/4
refused "a shard of a comparison" 2 'has no shards' run bench --way lobos --versus kexec --shard 1/2
refused "more shards than machines" 2 'shard 1 of 999: the scenario has' run bench --shard 1/999
refused "a merge of nothing" 2 'DIR is missing' merge
refused "a merge of a folder without results" 2 'neither a results folder nor the folder of a run' merge "$tmp"

mkfifo "$tmp/fifo.yaml"
refused "a scenario that is no regular file" 2 'not a regular file' run "$tmp/fifo.yaml"
printf 'name: x\n\000title: X\n' >"$tmp/nul.yaml"
refused "a scenario with a NUL byte" 2 'NUL byte' run "$tmp/nul.yaml"

scenario 'ways: [{way: bios}]' 'chain:' '  rebots: 3'
refused "unknown key, with its line and the known ones" 2 's.yaml:5: chain.rebots: .* known here: machines, reboots' run "$tmp/s.yaml"
scenario 'ways: [{way: bios}]' 'machine: {cpus: many}'
refused "wrong type, with its line" 2 's.yaml:4: machine.cpus: "many" is not a whole number' run "$tmp/s.yaml"
scenario 'ways:' '  - {way: bios}' '  - {way: teleport}'
refused "unknown way, with the known ones" 2 's.yaml:5: ways.1.: there is no way "teleport"; known: bios, .*kexec' run "$tmp/s.yaml"
scenario 'ways: [{way: bios, image: zip}]'
refused "unknown image format, with the known ones" 2 'its image formats: bzImage' run "$tmp/s.yaml"
scenario 'ways: [{way: bios}]' 'command_line: quiet a="b c'
refused "a command line in which a quote has no end" 2 's.yaml:4: command_line: a double quote has no end' run "$tmp/s.yaml"
scenario 'ways: [{way: bios}]' 'hints: [' '  nonesuch]'
refused "unknown hint, with its line and the known ones" 2 's.yaml:5: hints.0.: there is no hint "nonesuch"; known: ' run "$tmp/s.yaml"
scenario 'ways:' '  - {way: bios, plain: true}'
refused "a way without the hints of a scenario that has none" 2 's.yaml:4: ways.0..plain: leaves out the hints' run "$tmp/s.yaml"
scenario 'ways: [{way: kexec, options: [file]}]'
refused "an option that another architecture has" 2 's.yaml:3: ways.0..options.0.: kexec has the option "file" on x86_64 only' run "$tmp/s.yaml"
scenario 'ways: [{way: bios}]' 'machine: {arch: x86_64, firmware: uefi}'
refused "a BIOS reboot of a UEFI machine" 2 'ways.0.: bios does not run on a machine with .firmware: uefi.: it is the' run "$tmp/s.yaml"
scenario 'ways: [{way: uefi}]' 'machine: {arch: x86_64}'
refused "a UEFI reboot of a machine with a BIOS" 2 'ways.0.: uefi does not run on a machine with .firmware: bios.' run "$tmp/s.yaml"
scenario 'ways: [{way: bios}]' 'chain: {kernels: [i386-pae]}'
refused "another kernel through the firmware" 2 'bios leads to no other kernel' run "$tmp/s.yaml"
scenario 'ways: [{way: bios}]' 'machine: {kernel: i386-nonesuch}'
refused "missing image, and what builds it" 3 'make kernels guest' run "$tmp/s.yaml"

scenario 'ways: [{way: bios}]'
refused "dead libvirt" 3 'cannot connect to libvirt at qemu+unix' run "$tmp/s.yaml" \
	--connect "qemu+unix:///system?socket=$tmp/none"
refused "a libvirt without QEMU" 3 'driver is TEST, not QEMU' run "$tmp/s.yaml" --connect test:///default
refused "a state folder too deep for sockets" 2 'too long' run "$tmp/s.yaml" \
	--state "$tmp/0123456789012345678901234567890123456789"
touch "$tmp/file"
refused "results that cannot be written" 3 "$tmp/file" run "$tmp/s.yaml" --results "$tmp/file/results"
if "$top/build/lobosbench" --state "$tmp/state" doctor | grep -q '^ok *accelerator'; then
	n=$((n + 1))
	echo "ok $n - KVM where there is none # SKIP KVM is there"
else
	refused "KVM where there is none" 3 'asks for KVM' run "$tmp/s.yaml" --accelerator kvm
fi

refused "a comparison without side A" 2 'which way is side A' run bench --versus kexec
refused "a side that is no way" 2 '"kexec/" is no way: WAY' run bench --way kexec --versus kexec/
refused "a side that is not there" 2 'there is no way "teleport"' run bench --way kexec --versus teleport
refused "a side with an option it has not" 2 'has no option "warp"' run bench --way kexec --versus kexec+warp
refused "a limit without a comparison" 2 'most is for a comparison' run bench --most 20
refused "a limit beyond the last look" 2 'versus.most' run bench --way kexec --versus kexec --most 31
refused "a limit below the first look" 2 'versus.most: 9 counted reboots a side are fewer' run bench --way kexec --versus kexec --most 9
refused "machines of a comparison" 2 'a comparison .* itself says' run bench --way kexec --versus kexec --machines 3
refused "a comparison by both clocks" 2 'goes by one clock: wall or virtual' run bench --way kexec --versus kexec --clock both
refused "a clock that is none" 2 '"guest" is not one of wall, virtual, both' run bench --clock guest
refused "a revision that is not there" 2 '"nonesuch" is no commit of this checkout' run bench --way kexec --against nonesuch

# An embedded libvirt that another program holds: the lock alone is what counts.
mkdir -p "$tmp/state"
exec 9>"$tmp/state/lock"
flock 9
refused "a state folder that is taken" 5 'another lobosbench runs machines below' run "$tmp/s.yaml"
exec 9>&-

n=$((n + 1))
if "$top/build/lobosbench" list phases >/dev/full 2>"$tmp/err"; then
	echo "not ok $n - standard output that is full"
else
	echo "ok $n - standard output that is full"
fi

# Lost before the last line is written: each line is written by itself.
n=$((n + 1))
if stdbuf -oL "$top/build/lobosbench" list phases >/dev/full 2>"$tmp/err" || ! grep -q 'standard output' "$tmp/err"; then
	echo "not ok $n - standard output that is full at first"
else
	echo "ok $n - standard output that is full at first"
fi
echo "1..$n"
