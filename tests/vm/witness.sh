# SPDX-License-Identifier: GPL-2.0-only
# witness.sh - what the tests of the witness share; sourced behind lib.sh
#
# shellcheck shell=sh
# shellcheck disable=SC2016,SC2154

# sees NAME WAY FILTER: the jq FILTER over the account of WAY gives true
sees() {
	account="$tmp/results/witness/$2.json"
	if [ "$(jq "$3" "$account" 2>"$tmp/jq")" = true ]; then
		result 0 "$2: $1"
	else
		{
			cat "$tmp/jq"
			jq -c '{own, clears, crossing, accesses}, (.steps[:40][] | [.instructions, .place, .step, .says])' "$account"
		} >"$tmp/why" 2>&1
		result 1 "$2: $1" "$tmp/why"
	fi
}

witness() { # witness ARGUMENT...: run it; it must succeed
	status=0
	"$lobosbench" --state "$tmp/state" --results "$tmp/results" witness "$@" >"$tmp/table" 2>"$tmp/errors" \
		</dev/null || status=$?
	cat "$tmp/errors" "$tmp/table" >"$tmp/output"
	result "$status" "witness $* ends well" "$tmp/output"
}

# shellcheck disable=SC2034
whole='[.marks[].from] as $m | ($m | index("request") == 0) and ($m | index("no_return")) and
	([.marks[].instructions] | min > 0) and .marks[-1].to == "ready" and .proved and .verdict == "ok"'
