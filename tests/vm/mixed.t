#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# mixed.t - what one way leaves in memory is not in the way of the next: LOBOS, kexec, bootimg, LOBOS, again and again
. "$(dirname "$0")/lib.sh"

plan 7
scenario 0 mixed
holds "24 reboots of one machine, all ok and proved" \
	'length == 24 and (map(.machine) | unique) == [0] and all(.[]; .verdict == "ok" and .proved)'
holds "the ways take turns" '(sort_by(.index) | map(.way)) == ([range(6)] | map(["lobos", "kexec", "bootimg", "lobos"]) | add)'
holds "LOBOS keeps the whole log of the kernel before, whoever started it" '[.[] | select(.way == "lobos")] |
	all(.[]; .log_kept and (.doubts | any(. == "log_incomplete") | not))'
holds "no other way shows a log, for its would be an older kernel's" '[.[] | select(.way != "lobos")] |
	all(.[]; (.log_kept | not) and (.doubts | any(. == "log_stale" or . == "log_damaged") | not))'
# kexec-tools hands on a random seed, for which it sets a page or two apart.
holds "no memory is lost on the way" '(map(.memory_kib) | max - min) <= 8 and all(.[]; .differences | any(. == "memory_map") | not)'
grep -q '^| kexec .* 6 of 6 ' "$run/report.md" && grep -q 'What many reboots of one machine do' "$run/report.md"
result $? "the report has the ways of the chain" "$run/report.md"
