#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# source.sh - the tree of a kernel as Debian ships it, fetched once into the cache
#
# usage: kernels/source.sh VERSION	(one that ../packages has a line for)
#
# Prints the folder, <cache>/linux-VERSION-<hash of the archive in the package>. What the cache
# has is not asked for again: to get a newer package of the suite, remove <cache>/source-VERSION.*
set -eu
export LC_ALL=C
umask 022

die() { echo "kernels: $*" >&2; exit 1; }

cd "$(dirname "$0")/.."
[ $# = 1 ] || die "usage: kernels/source.sh VERSION"
version=$1
package=linux-source-$version
suite=$(awk -v package="$package" '$1 == "kernel" && $3 == package { print $2 }' packages)
[ -n "$suite" ] || die "the file packages has no line for $package"
cache=${LOBOSBENCH_CACHE:-$HOME/.cache/lobosbench}
note=$cache/source-$version.$suite	# the hash, and whose it is
scratch=$cache/source-scratch

# Prints the folder, when it is there.
find_tree() {
	{ read -r hash <"$note"; } 2>/dev/null || return
	tree=$cache/linux-$version-$(echo "$hash" | cut -c 1-12)
	[ -d "$tree" ] && echo "$tree"
}

# Each appears under its name when it is complete.
fetch() {
	echo "kernels: fetching $package from $suite" >&2
	trap 'rm -rf "$scratch"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	rm -rf "$scratch"
	mkdir "$scratch"
	./fetch-packages "$suite" amd64 "$scratch" "$package"
	archive=$scratch/$package.tar.xz
	dpkg-deb --fsys-tarfile "$scratch"/*.deb | tar -xO "./usr/src/${archive##*/}" >"$archive"
	hash=$(sha256sum <"$archive")
	hash=${hash%% *}
	tree=$cache/linux-$version-$(echo "$hash" | cut -c 1-12)
	if [ ! -d "$tree" ]; then
		mkdir "$scratch/tree"
		tar -xJf "$archive" -C "$scratch/tree" --strip-components=1
		mv "$scratch/tree" "$tree"
	fi
	{ echo "$hash"; dpkg-deb -W "$scratch"/*.deb; } >"$scratch/note"
	mv "$scratch/note" "$note"
}

mkdir -p "$cache"
find_tree && exit
exec 9>"$cache/source.lock"
flock 9
find_tree && exit
fetch
find_tree
