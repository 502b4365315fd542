#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# prune.t - prune-cache removes what is old, and nothing that is used, young, or not the cache's
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cache="$tmp/the cache"
checkout=$tmp/top
n=0

# entry AGE NAME...: folders of the cache, with something in them, so many days old
entry() {
	age=$1
	shift
	for name; do
		mkdir -p "$cache/$name/modules"
		echo x >"$cache/$name/file"
		touch -d "$age days ago" "$cache/$name/file" "$cache/$name"
	done
}
fresh() {
	rm -rf "$cache" "$checkout"
	mkdir -p "$cache" "$checkout/build/kernels" "$checkout/build/guest"
	cp "$top/prune-cache" "$checkout/"
	printf 'kernel\tbookworm\tlinux-source-6.1\n' >"$checkout/packages"
}
prune() {
	LOBOSBENCH_CACHE=$cache "$checkout/prune-cache" >"$tmp/out" 2>&1
	status=$?
}
# left NAME EXPECTED...: exactly these are in the cache, nothing was said
left() {
	name=$1
	shift
	n=$((n + 1))
	for expected; do echo "$expected"; done | sort >"$tmp/expected"
	ls -A "$cache" >"$tmp/there"
	if [ "$status" = 0 ] && [ ! -s "$tmp/out" ] && cmp -s "$tmp/expected" "$tmp/there"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $status; said, then what is not as expected:"
		{ cat "$tmp/out"; diff "$tmp/expected" "$tmp/there"; } | sed 's/^/# /'
	fi
}

echo 1..9

fresh
entry 40 kernel-i386-old guest-boot-i386-old guest-root-old linux-6.1-old linux-6.1-old.build test.abc
entry 20 kernel-i386-young guest-boot-i386-young guest-root-young
prune
left "old ones go, young ones stay" kernel-i386-young guest-boot-i386-young guest-root-young

fresh
entry 400 kernel-i386-used guest-boot-i386-used guest-root-used kernel-i386-pae-old
ln -s "$cache/kernel-i386-used" "$checkout/build/kernels/i386"
ln -s "$cache/guest-boot-i386-used" "$checkout/build/guest/i386"
ln -s "$cache/guest-root-used" "$checkout/build/guest/root-i386"
prune
left "what build/ leads to stays" kernel-i386-used guest-boot-i386-used guest-root-used
rm "$checkout"/build/kernels/* "$checkout"/build/guest/*
prune
left "it was used then, so it stays for a month" kernel-i386-used guest-boot-i386-used guest-root-used

fresh
entry 90 linux-6.1-0123456789ab linux-6.1-0123456789ab.build linux-6.1-ba9876543210
printf '0123456789abcdef\nlinux-source-6.1\t6.1.1-1\n' >"$cache/source-6.1.bookworm"
prune
left "the tree of the present source package stays" linux-6.1-0123456789ab \
	linux-6.1-0123456789ab.build source-6.1.bookworm

fresh
entry 90 linux-6.1-0123456789ab linux-6.1-ba9876543210
printf '0123456789abcdef\n' >"$cache/source-6.1.bookworm"
printf 'ba98765432100000\n' >"$cache/source-6.1.bullseye"
prune
left "a suite that the table no longer names keeps nothing" linux-6.1-0123456789ab \
	source-6.1.bookworm source-6.1.bullseye

fresh
entry 90 guest-packages-i386-b
entry 60 guest-packages-i386-a
entry 80 guest-packages-i386-c
entry 70 guest-packages-amd64-e
entry 75 guest-packages-amd64-d
prune
left "the newest packages of each architecture stay" guest-packages-i386-a guest-packages-amd64-e

fresh
entry 90 notes kernelish guest-scratch
echo x >"$cache/kernel-file"
touch -d '90 days ago' "$cache/kernel-file"
ln -s "$tmp" "$cache/kernel-link"
touch -h -d '90 days ago' "$cache/kernel-link"
prune
left "what is no entry stays" notes kernelish guest-scratch kernel-file kernel-link

fresh
entry 90 kernel-i386-old
flock "$cache/guest.lock" sh -c "LOBOSBENCH_CACHE='$cache' '$checkout/prune-cache'" >"$tmp/out" 2>&1
status=$?
left "nothing while somebody builds" kernel-i386-old guest.lock

fresh
rm -rf "$cache"
prune
mkdir "$cache"
left "no cache, nothing to do"
