#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# help.t - each command explains itself on any host: its whole table, in lines that fit a terminal
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /var/tmp/lobosbench-test.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
n=0

# result NAME FILE: passes when the file, which holds what is wrong, is empty
result() {
	n=$((n + 1))
	if [ -s "$2" ]; then
		echo "not ok $n - $1"
		sed 's/^/# /' "$2"
	else
		echo "ok $n - $1"
	fi
}

# help ARGUMENT...: the help of the program without a checkout, a home or programs to start
help() {
	env -i "$top/build/lobosbench" "$@" --help >"$tmp/help" 2>"$tmp/wrong" </dev/null ||
		echo "exit status $?" >>"$tmp/wrong"
	awk 'length > 80 { print length " columns: " $0 } / $/ { print "blanks at the end: " $0 }' "$tmp/help" >>"$tmp/wrong"
	grep -q '^Example: ' "$tmp/help" || echo "no example" >>"$tmp/wrong"
	grep -q '^Usage: lobosbench' "$tmp/help" || echo "no usage" >>"$tmp/wrong"
}

# names FILE: the options and arguments of the table in a source file; those without a help are not for users
names() {
	sed -n 's/^	{ "\([A-Z-][A-Za-z-]*\)", [N"].*/\1/p' "$1" | grep -v '^-h$'
}

# explains FILE: the help has a line for each of the table
explains() {
	for name in $(names "$1"); do
		grep -qE -e "^  $name(\.\.\.|\[=| |\$)" "$tmp/help" || echo "nothing on $name" >>"$tmp/wrong"
	done
}

help
explains "$top/harness/main.c"
commands=$(sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' "$tmp/help")
[ "$(echo "$commands" | wc -l)" = "$(find "$top/harness/commands" -name 'cmd_*.c' | wc -l)" ] ||
	echo "the commands listed are: $commands" >>"$tmp/wrong"
result "the program" "$tmp/wrong"

for command in $commands; do
	help "$command"
	explains "$top/harness/commands/cmd_$(echo "$command" | tr - _).c"
	result "$command" "$tmp/wrong"
done

# Whatever else is wrong with the line.
"$top/build/lobosbench" run --frobnicate -h >"$tmp/help" 2>"$tmp/wrong" || echo "exit status $?" >>"$tmp/wrong"
grep -q '^Usage: lobosbench run SCENARIO' "$tmp/help" || echo "no usage" >>"$tmp/wrong"
result "help on a wrong line" "$tmp/wrong"
echo "1..$n"
