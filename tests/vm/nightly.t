#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# nightly.t - two nights of the same build pass, one with a planted loss does not, and the search names its commit
. "$(dirname "$0")/lib.sh"

plan 13
checkout=$tmp/checkout
nights=$tmp/results

# A checkout of its own with four commits; the third has a driver of the kernel spin in its probe.
spin=300000
git clone -q "$top" "$checkout"
(
	cd "$checkout" || exit
	for file in $(cd "$top" && git ls-files -m); do
		cp "$top/$file" "$file"
	done
	cat >scenarios/night.yaml <<END
name: night
title: One machine, by the instruction
ways: [{way: kexec, image: vmlinux, options: [no-checks]}]
chain: {machines: 1, reboots: 2, warmups: 1}
clock: virtual
END
	git config user.name test
	git config user.email test@localhost
	git add -A
	git commit -qm first
	echo '# nothing' >>guest/files/etc/rc
	git commit -qam second
	# Two instructions a turn.
	cat >>kernels/marks/hooks/6.1.patch <<END
--- a/drivers/rtc/rtc-cmos.c
+++ b/drivers/rtc/rtc-cmos.c
@@ -1380,7 +1380,9 @@
 static int cmos_pnp_probe(struct pnp_dev *pnp, const struct pnp_device_id *id)
 {
 	int irq;
+	int left = $((spin / 2));
 
+	asm volatile("1: dec %0; jnz 1b" : "+r" (left));
 	if (pnp_port_start(pnp, 0) == 0x70 && !pnp_irq_valid(pnp, 0)) {
 		irq = 0;
 #ifdef CONFIG_X86
END
	git commit -qam 'third: it spins'
	echo '# nothing' >>guest/files/etc/rc
	git commit -qam fourth
	git checkout -q HEAD~2 && kernels/build.sh i386 && guest/build.sh i386
) >"$tmp/build" 2>&1
result $? "a checkout with four commits is built" "$tmp/build"

# night EXPECTED WHAT: one night of the checkout as it is
night() {
	status=0
	"$lobosbench" --top "$checkout" --state "$tmp/state" --results "$nights" nightly night >"$tmp/output" 2>&1 || status=$?
	[ "$status" = "$1" ]
	result $? "$2: exit status $1" "$tmp/output"
}

night 0 "the first night is the baseline"
grep -q '^# Nightly: baseline' "$nights/nightly/summary.md" &&
	jq -e '.verdict == "baseline" and all(.metrics[]; .verdict == "baseline")' "$nights/nightly/nightly.json" >"$tmp/jq"
result $? "it is called so, and nothing passed" "$nights/nightly/summary.md"
night 0 "a second one of the same build passes"
[ "$(sqlite3 "$nights/lobosbench.db" "SELECT count(DISTINCT latency_instructions) FROM sample WHERE NOT warmup")" = 1 ]
result $? "both took the same instructions" "$tmp/output"
(cd "$checkout" && git checkout -q - && kernels/build.sh i386 && guest/build.sh i386) >"$tmp/build" 2>&1
night 1 "a night with the loss is a regression"
grep -q '<failure' "$nights/nightly/junit.xml" && xmllint --noout "$nights/nightly/junit.xml"
result $? "junit.xml has the failure" "$nights/nightly/junit.xml"
grep -q kernel "$nights/nightly/summary.md" && [ -f "$nights/dashboard/index.html" ]
result $? "the summary names the phase, and the dashboard is there" "$nights/nightly/summary.md"
jq -e '[.metrics[] | select(.metric == "kernel" and .verdict == "regression") | .functions[0].function] | length > 0 and
	all(.[]; . == "cmos_pnp_probe")' "$nights/nightly/nightly.json" >"$tmp/jq" 2>&1 &&
	grep -q 'functions: cmos_pnp_probe +300 00[0-9]' "$nights/nightly/junit.xml"
result $? "the driver's probe is named as what changed most" "$nights/nightly/summary.md"
good=$(sqlite3 "$nights/lobosbench.db" "SELECT name FROM run ORDER BY name LIMIT 1")
"$lobosbench" --results "$nights" compare --format json "$good" latest >"$tmp/compared" 2>&1
jq -e --argjson spin $spin '.. | .functions? // empty | .[0] |
	.function == "cmos_pnp_probe" and (.instructions - $spin | fabs) < 10' "$tmp/compared" >"$tmp/jq" 2>&1
result $? "so it is by a comparison of the two nights" "$tmp/compared"

(
	cd "$checkout" &&
		"$lobosbench" --top "$checkout" --state "$tmp/state" --results "$nights" bisect --good HEAD~3 --bad HEAD \
			--way kexec/vmlinux --metric kernel
) >"$tmp/found" 2>&1
grep -A 1 'the first bad commit is .*' "$tmp/found" | tail -n 1 | grep -q 'third: it spins'
result $? "the search ends at the commit that was planted" "$tmp/found"
grep -q '^it changed most, in instructions of their own: cmos_pnp_probe +300 00[0-9]' "$tmp/found"
result $? "and names the driver's probe" "$tmp/found"
"$lobosbench" --top "$checkout" --state "$tmp/state" --results "$nights" bisect --good HEAD --way kexec/vmlinux \
	--metric kernel >"$tmp/found" 2>&1
[ $? = 2 ] && grep -q 'there is nothing to search for' "$tmp/found"
result $? "from a commit to itself there is nothing to search for" "$tmp/found"
