#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# disk.t - a full disk and a read-only one are said clearly, before anything is started
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'umount "$tmp/disk" 2>/dev/null; rm -rf "$tmp"' EXIT
mkdir "$tmp/disk"
n=0

# refused NAME OPTIONS PATTERN ARGUMENT...: with results and temporary files on a file system mounted with OPTIONS, the program ends with 3 and says PATTERN
refused() {
	name=$1 options=$2 pattern=$3
	shift 3
	n=$((n + 1))
	if ! mount -t tmpfs -o "$options" tmpfs "$tmp/disk" 2>"$tmp/err"; then
		[ "${REQUIRE:-}" = vm ] && printf 'not '
		echo "ok $n - $name # SKIP cannot mount here: $(head -n 1 "$tmp/err")"
		return
	fi
	status=0
	TMPDIR=$tmp/disk "$top/build/lobosbench" --state "$tmp/state" --results "$tmp/disk/results" "$@" \
		>"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	umount "$tmp/disk"
	if [ $status = 3 ] && grep -qiE "$pattern" "$tmp/err"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $status, expected 3; said:"
		sed 's/^/# /' "$tmp/err"
	fi
}

echo 1..3
refused "a disk with too little room" size=4m 'MiB|space|room' run bench
refused "a read-only disk" ro 'read-only' run bench
refused "temporary files without room" size=8k "$tmp/disk: 0 MiB are free" sizes
