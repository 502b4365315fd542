#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# hints.t - hints reach the ways that can be given them and no others, in one run with the same ways plain
. "$(dirname "$0")/lib.sh"
plan 9

cat >"$tmp/hinted.yaml" <<'END'
name: hinted
title: With hints and without
ways:
  - {way: lobos, plain: true}
  - {way: lobos}
  - {way: lobos, options: [loaded]}
  - {way: kexec, image: vmlinux, options: [no-checks]}
hints: [known-machine, quiet]
chain: {machines: 1, reboots: 2, warmups: 0}
END
scenario 0 "$tmp/hinted.yaml"
holds "all reboots are ok and proved" 'length == 8 and all(.[]; .verdict == "ok" and .proved)'
holds "each sample lists what its way was given" '[.[] | [.way, .variant, (.hints | join(" "))] | join(":")] | unique ==
	["kexec:vmlinux no-checks hinted:quiet", "lobos::", "lobos:hinted:known-machine quiet", "lobos:loaded hinted:known-machine quiet"]'

whole_to_the_end

# The command lines of all boots of a machine, y where "quiet" is among the words.
quiet() {
	tr -d '\r\000' <"$run/consoles/$1-m$2.data" |
		awk '/^command_line / { printf "%s", ($0 " ") ~ / quiet / ? "y" : "n" }'
}
machine() {
	jq -r "select(.way == \"$1\" and .variant == \"$2\") | .machine" "$run/samples.jsonl" | head -n 1
}
[ "$(quiet lobos "$(machine lobos "")")" = nnn ]
result $? "a plain way has no word of them"
[ "$(quiet lobos-hinted "$(machine lobos hinted)")" = nyy ] &&
	[ "$(quiet lobos-loaded-hinted "$(machine lobos 'loaded hinted')")" = nyy ] &&
	[ "$(quiet kexec-vmlinux-no-checks-hinted "$(machine kexec 'vmlinux no-checks hinted')")" = nyy ]
result $? "a hinted way has them in each boot that it leads to, and not in the first"
grep -q '^\* \*\*known-machine\*\* (' "$run/report.md" && grep -q 'without hints' "$run/report.md"
result $? "the report lists them and ranks the classes apart" "$run/report.md"
"$lobosbench" --results "$tmp/results" compare latest:lobos latest:lobos/hinted >"$tmp/compared"
grep -q 'differ in hints: A had none, B had known-machine quiet' "$tmp/compared"
result $? "compare says that the sides differ in them" "$tmp/compared"
