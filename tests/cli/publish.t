#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# publish.t - `make publish` keeps what a reader needs, one console a way, and nothing of the publication before
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
n=0

# ok NAME COMMAND...: one TAP line; what the command said is shown when it failed
ok() {
	n=$((n + 1))
	name=$1
	shift
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$tmp/said"
	fi
}

# publish EXPECTED PATTERN ARGUMENT...: its exit status and what it says
publish() {
	expected=$1 pattern=$2 status=0
	shift 2
	"$top/report/publish.sh" "$@" >"$tmp/out" 2>&1 || status=$?
	cat "$tmp/out"
	echo "exit status $status, expected $expected"
	[ "$status" = "$expected" ] && grep -qe "$pattern" "$tmp/out"
}

# same FILE...: the reference holds these files and no other
same() {
	printf '%s\n' "$@" | sort >"$tmp/expected"
	(cd "$tmp/reference" && find . -type f | sed 's,^\./,,' | sort) | diff "$tmp/expected" -
}

run=$tmp/run
mkdir -p "$run/figures" "$run/witness" "$run/print" "$run/consoles" "$tmp/reference/consoles"
touch "$tmp/reference/report.md" "$tmp/reference/samples.jsonl" "$tmp/reference/consoles/old-m0.console"
for trial in lobos-m10 lobos-m9 lobos-m9.1 kexec-vmlinux-m2 kexec-m3; do
	for line in console data marks stamps; do echo "$trial" >"$run/consoles/$trial.$line"; done
done
for file in report.md report.html report.pdf figures/latency.svg witness/lobos.json print/latency.pdf proofs.json; do
	echo "$file" >"$run/$file"
done

ok "a run without its samples is refused" publish 2 'has no samples.jsonl' "$run" "$tmp/reference"
ok "the publication before it stays" same report.md samples.jsonl consoles/old-m0.console
echo '{}' >"$run/samples.jsonl"
ok "a run is published, and its size is said" publish 0 '10 files, [0-9]* KiB' "$run" "$tmp/reference"
ok "one console of each way is left, its first machine's" same report.md report.html report.pdf samples.jsonl \
	figures/latency.svg witness/lobos.json proofs.json \
	consoles/kexec-m3.console consoles/kexec-vmlinux-m2.console consoles/lobos-m9.console
ok "what is published can be published again" publish 0 '10 files' "$tmp/reference" "$tmp/reference"
ok "a slash at the end changes nothing" publish 0 '10 files' "$run/" "$tmp/reference//"
ok "the publication is there then" test -f "$tmp/reference/report.html"
mkdir "$tmp/results"
echo kept >"$tmp/results/notes"
ok "a folder that is no publication is refused" publish 2 'is no publication' "$run" "$tmp/results"
ok "that folder stays as it is" test -f "$tmp/results/notes"
ok "the reference of this checkout is as \`make publish\` leaves it" \
	publish 0 "$(find "$top/results/reference" -type f | wc -l) files" "$top/results/reference" "$tmp/again"
echo "1..$n"
