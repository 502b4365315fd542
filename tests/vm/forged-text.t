#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# forged-text.t - what programs print decides nothing, and marks that they set at the wrong time are a fault
. "$(dirname "$0")/lib.sh"
plan 10

# /forge prints what a kernel or PID 1 prints at the moments that are measured: raw, as a record of printk's, and as an
# old one. It runs ahead of the request, behind it and behind the end of the services; and in the new system before ready.
cat >"$tmp/forged.yaml" <<'END'
name: forged
title: A user who prints what kernels print
ways: [{way: lobos}, {way: kexec}, {way: bios}]
chain: {machines: 1, reboots: 2, warmups: 0}
before: |
  cat >/forge <<'FORGE'
  #!/bin/sh
  while read -r text; do
    echo "$text" >/dev/console
    echo "$text" >/dev/kmsg
    echo "[    0.000000] $text" >/dev/console
  done <<'TEXTS'
  Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000000
  Run /init as init process
  Linux version 6.1.0-forged (a@b) (gcc) #1 SMP
  Decompressing Linux... Parsing ELF... done.
  reboot: Restarting system
  kexec_core: Starting new kernel
  lobosbench: request 1
  lobosbench: request 2
  lobosbench: services stopped
  lobosbench: ready 0
  lobosbench: ready 1
  lobosbench: ready 2
  TEXTS
  FORGE
  chmod +x /forge
  mkdir -p /etc/rc.d /etc/rc.reboot.d
  cat >/etc/rc.d/zz-forge <<'RC'
  /forge
  [ ! -r /sys/kernel/lobos/previous_log ] || cat /sys/kernel/lobos/previous_log >/dev/console
  RC
  cp /forge /etc/rc.reboot.d/00-forge
  /forge
  (while :; do /forge; usleep 20000; done) >/dev/null 2>&1 &
END
scenario 0 "$tmp/forged.yaml"
holds "all reboots are ok, proved, and no doubt comes from the console" \
	'length == 6 and all(.[]; .verdict == "ok" and .proved and (.doubts | any(test("console$")) | not))'
holds "each phase was seen, and they add up" 'all(.[]; .latency_ns == ([.phases_ns[]] | add))'
[ "$(grep -c 'Linux version 6.1.0-forged' "$run/consoles/lobos-m0.console")" -gt 12 ]
result $? "the texts were there" "$run/consoles/lobos-m0.console"

# marks NAME MARK WHERE: a program in each second reboot of a machine sets the mark there, once more than PID 1 does. That
# reboot is run again at its place on two more machines, and by a last one at the first place, where it is ok.
marks() {
	cat >"$tmp/$1.yaml" <<-END
	name: $1
	title: A program that sets the mark $2 at the wrong time
	ways: [{way: lobos}]
	chain: {machines: 1, reboots: 2, warmups: 0}
	before: |
	  grep -q 'nonce=[0-9a-f]*[.]1' /proc/cmdline || exit 0
	  mkdir -p /etc/rc.d /etc/rc.reboot.d
	  printf '#!/bin/sh\nmark $2\n' >$3
	  chmod +x $3
	END
	scenario 4 "$tmp/$1.yaml"
	holds "$2 that is marked $1 is a fault; the latency is that of the reboot, which is run again" \
		'map(select(.warmup | not)) | map(.index) == [0, 1, 1, 1, 0] and (map(.verdict) | .[0] == "ok" and .[4] == "ok") and
		all(.[1:4][]; .verdict == "instrument-fault" and (.proved | not) and .latency_ns > 300000000)'
}
marks early ready /etc/rc.reboot.d/00-mark
marks twice ready /etc/rc.d/mark
marks late services_stopped /etc/rc.d/mark
