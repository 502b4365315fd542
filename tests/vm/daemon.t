#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# daemon.t - --connect to a libvirt with a daemon: refused at once where QEMU cannot use our files; else a run works, and a
# killed one leaves no machine
. "$(dirname "$0")/lib.sh"

if ! command -v libvirtd >/dev/null || ! unshare -m true 2>/dev/null; then
	echo "1..0 # SKIP no libvirtd, or it cannot have folders of its own"
	exit
fi
plan 8
uri="qemu+unix:///system?socket=$tmp/libvirt-sock"
daemon=

stop_daemon() {
	[ -z "$daemon" ] || kill "$daemon"
	wait
	daemon=
}
trap 'stop_daemon; rm -rf "$tmp"' EXIT

# start_daemon LINE...: libvirtd with these settings of its QEMU driver, and none of the host's state
start_daemon() {
	printf '%s\n' 'stdio_handler = "file"' 'cgroup_controllers = []' 'namespaces = []' 'remember_owner = 0' "$@" >"$tmp/qemu.conf"
	printf '%s\n' "unix_sock_dir = \"$tmp\"" 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' >"$tmp/libvirtd.conf"
	rm -f "$tmp/libvirt-sock"
	# shellcheck disable=SC2016
	unshare -m sh -c '
		for folder in /etc/libvirt /run/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do
			mkdir -p "$folder" && mount -t tmpfs -o mode=755 none "$folder" || exit
		done
		cp "$1/qemu.conf" /etc/libvirt/ && exec libvirtd -f "$1/libvirtd.conf" -p "$1/libvirtd.pid"' \
		- "$tmp" >"$tmp/daemon" 2>&1 </dev/null &
	daemon=$!
	for _ in $(seq 600); do
		[ ! -S "$tmp/libvirt-sock" ] || break
		sleep 0.1
	done
}

cat >"$tmp/s.yaml" <<'END'
name: daemon
title: One reboot through a daemon
ways: [{way: kexec, image: vmlinux, options: [no-checks]}]
chain: {machines: 1, reboots: 1, warmups: 0}
END

start_daemon 'user = "nobody"' 'group = "nogroup"'
status=0
"$lobosbench" doctor --connect "$uri" >"$tmp/output" 2>&1 || status=$?
[ $status = 3 ] && grep -q '^MISSING  libvirt  .* runs QEMU as user 65534, who cannot write' "$tmp/output" &&
	grep -q -- '-> set user and group in its qemu.conf' "$tmp/output"
result $? "doctor says that the daemon's QEMU is another user's" "$tmp/output"
scenario 3 "$tmp/s.yaml" --connect "$uri"
grep -q 'runs QEMU as user 65534' "$tmp/output" && [ ! -e "$run" ]
result $? "it says so before it makes a run" "$tmp/output"
stop_daemon

start_daemon 'user = "root"' 'group = "root"'
"$lobosbench" doctor --connect "$uri" >"$tmp/output" 2>&1
result $? "doctor is content with a daemon whose QEMU is ours" "$tmp/output"
scenario 0 "$tmp/s.yaml" --connect "$uri"
holds "the reboot is ok and proved" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'

# machines: how many QEMUs have this test's results folder on their command line
machines() {
	pgrep -fc "qemu.*$tmp/results/" || true
}
sed -i 's/reboots: 1/reboots: 3/' "$tmp/s.yaml"
: >"$tmp/output"
"$lobosbench" --results "$tmp/results" run "$tmp/s.yaml" --connect "$uri" >"$tmp/output" 2>&1 </dev/null &
first=$!
while ! grep -q '^1/3 ' "$tmp/output" && kill -0 $first 2>/dev/null; do
	sleep 0.1
done
[ "$(machines)" = 1 ]
result $? "a machine runs" "$tmp/output"
read -r worker _ </proc/$first/task/$first/children
kill -9 "$first" "$worker"
wait $first 2>/dev/null
for _ in $(seq 50); do
	[ "$(machines)" != 0 ] || break
	sleep 0.2
done
[ "$(machines)" = 0 ]
result $? "the daemon ends the machine of a killed harness" "$tmp/output"
