#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# pipes.t - a reader that goes away ends every command quietly, by SIGPIPE as other programs
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
n=0

# ends_quietly NAME COMMAND...: with a reader that has gone, status 141 and not a word
ends_quietly() {
	name=$1
	shift
	n=$((n + 1))
	{
		# The writer waits until the reader has gone.
		read -r _ <"$tmp/gone"
		status=0
		"$@" 2>"$tmp/err" || status=$?
		echo $status >"$tmp/status"
	} | {
		exec <&-
		echo >"$tmp/gone"
	}
	if [ "$(cat "$tmp/status")" = 141 ] && [ ! -s "$tmp/err" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $(cat "$tmp/status"), expected 141; said:"
		sed 's/^/# /' "$tmp/err"
	fi
}

mkfifo "$tmp/gone"
set -- "$top/build/lobosbench" --state "$tmp/state" --results "$tmp/results"
ends_quietly "help" "$@" run --help
ends_quietly "a command" "$@" list phases
ends_quietly "a command of two processes" "$@" doctor
trap '' PIPE
ends_quietly "where the signal is ignored" "$@" list phases
ends_quietly "where it is ignored, of two processes" "$@" doctor
echo "1..$n"
