#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# versus.t - two sides in one run: the same build is not called different, a slower commit is
. "$(dirname "$0")/lib.sh"

plan 10
cat >"$tmp/s.yaml" <<END
name: versus
title: Two sides in turn
ways: [{way: kexec, image: vmlinux, options: [no-checks]}]
chain: {reboots: 2, warmups: 0, settle_ms: 50}
END

# verdict FILTER: the jq FILTER over what the run's row says of the comparison gives true
verdict() {
	sqlite3 "$tmp/results/lobosbench.db" "SELECT json_extract(provenance, '\$') FROM run ORDER BY id DESC LIMIT 1" |
		jq -e "$1" >"$tmp/jq" 2>&1
}

scenario 0 "$tmp/s.yaml" --way kexec/vmlinux+no-checks --versus kexec/vmlinux+no-checks --reboots 2 --most 10
holds "both sides have ten counted reboots" \
	'([.[].variant] | group_by(.) | map(length)) == [10, 10]'
holds "AB, then BA" '[.[] | select(.index == 0) | .variant | endswith("again")] == [false, true, true, false, false, true, true, false, false, true]'
verdict '.versus.looks | length == 5 and all(.[:4][]; .verdict == "undecided") and (.[4].verdict | IN("undecided", "same"))'
result $? "the same build is not called different" "$tmp/output"
grep -q '^## Side A against side B' "$run/report.md"
result $? "the report has the comparison" "$run/report.md"

# A checkout of its own, in which a service of the guest takes a second more since the last commit.
git clone -q "$top" "$tmp/checkout"
(
	cd "$tmp/checkout" || exit
	for file in $(cd "$top" && git ls-files -m); do
		cp "$top/$file" "$file"
	done
	git config user.name test
	git config user.email test@localhost
	git commit -qam before || :
	printf '\nsleep 2\n' >>guest/files/etc/rc
	git commit -qam slower
	kernels/build.sh i386 && guest/build.sh i386
) >"$tmp/build" 2>&1
result $? "a checkout with a slower commit is built" "$tmp/build"
scenario 0 "$tmp/s.yaml" --top "$tmp/checkout" --against HEAD~1 --reboots 2 --most 20
verdict '.versus.looks[-1] | .verdict == "better" and .shift_s < -1'
result $? "side B, the commit before, is faster by the planted time" "$tmp/output"
verdict '.sides[0].commit != .sides[1].commit and ([.images[].path | select(endswith("root.img"))] | length == 2) and
	([.images[] | select(.path | endswith("root.img")) | .sha256] | unique | length == 2)'
result $? "the provenance has both commits and both root images" "$tmp/jq"
holds "samples of side B say their commit" 'all(.[]; (.variant | contains("@")) == (.revision | length == 40))'
