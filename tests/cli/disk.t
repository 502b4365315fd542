#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# disk.t - a full disk and a read-only one are said clearly, before anything is started
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'umount "$tmp/disk" 2>/dev/null; rm -rf "$tmp"' EXIT
mkdir "$tmp/disk"
n=0

# refused NAME OPTIONS PATTERN: with results on a file system mounted with OPTIONS, a run ends with 3 and says PATTERN
refused() {
	n=$((n + 1))
	if ! mount -t tmpfs -o "$2" tmpfs "$tmp/disk" 2>"$tmp/err"; then
		[ "${REQUIRE:-}" = vm ] && printf 'not '
		echo "ok $n - $1 # SKIP cannot mount here: $(head -n 1 "$tmp/err")"
		return
	fi
	status=0
	"$top/build/lobosbench" --state "$tmp/state" --results "$tmp/disk/results" run bench \
		>"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	umount "$tmp/disk"
	if [ $status = 3 ] && grep -qiE "$3" "$tmp/err"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "# exit status $status, expected 3; said:"
		sed 's/^/# /' "$tmp/err"
	fi
}

echo 1..2
refused "a disk with too little room" size=4m 'MiB|space|room'
refused "a read-only disk" ro 'read-only'
