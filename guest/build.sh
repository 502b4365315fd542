#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build.sh - the two disks of the machine, made once for the same inputs
#
# usage: guest/build.sh [VARIANT...]	(default: every variant in build/kernels)
#
# Leaves build/guest/VARIANT/boot.img, and build/guest/root-i386/root.img or root-x86_64/root.img,
# links into <cache>/guest-*-<hash of all inputs>. VARIANT is what kernels/build.sh takes.
# LOBOSBENCH_CACHE names another cache than ~/.cache/lobosbench.
set -eu
export LC_ALL=C
umask 022

cd "$(dirname "$0")/.."
cache=${LOBOSBENCH_CACHE:-$HOME/.cache/lobosbench}
mkdir -p "$cache" build/guest
say() { echo "guest: $*" >&2; }
die() { say "$*"; exit 1; }

# The suite, then the packages of all architectures.
packages=$(sed -n 's/^guest[[:space:]]\{1,\}//p' packages)

# One build at a time in one cache.
exec 9>"$cache/guest.lock"
flock -n 9 || { say "waiting for another build to end"; flock 9; }

# A folder of the cache appears under its name when it is complete, and never before.
begin() {
	rm -rf "$cache/guest-scratch"
	mkdir "$cache/guest-scratch"
}
publish() {
	mv -T "$cache/guest-scratch" "$1"
}

hash() {
	sha256sum | cut -c 1-64
}

files_of() {
	find "$@" -type f -exec sha256sum {} + | sort -k 2
}

versions() {
	gcc --version | head -n 1
	dpkg-query -W -f '${Package} ${Version}\n' libc6-dev-i386 e2fsprogs grub-pc-bin grub-efi-amd64-bin mtools fakeroot
}

# debs DEBIANS_ARCHITECTURE: sets $debs, the folder of the packages
debs() {
	architecture=$1
	# shellcheck disable=SC2046,SC2086
	set -- $packages $(awk -v use="guest-$architecture" \
		'$1 == use { for (i = 3; i <= NF; i++) print $i }' packages)
	debs=$cache/guest-packages-$architecture-$(echo "$*" | hash)
	[ ! -d "$debs" ] || return 0
	say "fetching $* for $architecture"
	begin
	suite=$1
	shift
	./fetch-packages "$suite" "$architecture" "$cache/guest-scratch" "$@"
	publish "$debs"
}

# root FAMILY: the root image for all kernels of i386 or of x86_64
root() {
	family=$1
	case $family in
	i386) debs i386 && compiler='gcc -m32' ;;
	x86_64) debs amd64 && compiler='gcc -m64' ;;
	*) die "no programs for $family" ;;
	esac
	set -- guest include
	for dir in impls/*/user impls/baselines/*/user impls/*/files/include \
		impls/baselines/*/files/include impls/baselines/*/module; do
		[ ! -d "$dir" ] || set -- "$@" "$dir"
	done
	key=$({ versions; echo "$compiler"; ls "$debs"; files_of "$@"; } | hash)
	out=$cache/guest-root-$family-$key
	if [ ! -d "$out" ]; then
		say "building root.img for $family"
		begin
		guest/root_image.sh "$debs" "$compiler" "$cache/guest-scratch/root.img"
		publish "$out"
	fi
	ln -sfnT "$out" "build/guest/root-$family"
}

boot() {
	kernels=$(readlink -f "build/kernels/$1")
	[ -f "$kernels/bzImage" ] || die "build/kernels/$1/bzImage: missing; run: kernels/build.sh $1"
	key=$({
		versions
		files_of include guest/mbr.S guest/efi* guest/grub*.cfg guest/boot_disk.sh guest/file_system.sh kernels/command_line
		(cd "$kernels" && sha256sum bzImage vmlinux* && find modules -type f -exec sha256sum {} + | sort)
	} | hash)
	out=$cache/guest-boot-$1-$key
	if [ ! -d "$out" ]; then
		say "building boot.img for $1"
		begin
		guest/boot_disk.sh bios "$kernels" "$cache/guest-scratch/boot.img"
		# Firmware for UEFI has 64 bits, and so have the kernels that it can start.
		case $1 in
		x86_64*) guest/boot_disk.sh uefi "$kernels" "$cache/guest-scratch/boot-uefi.img" ;;
		esac
		publish "$out"
	fi
	ln -sfnT "$out" "build/guest/$1"
}

# The name of an architecture alone stands for one of its variants.
full_name() {
	link=$(readlink "build/kernels/$1") || link=
	case $link in
	'' | */*) echo "$1" ;;
	*) echo "$link" ;;
	esac
}

if [ $# = 0 ]; then
	for dir in build/kernels/*/; do
		[ ! -d "$dir" ] || set -- "$@" "$(basename "$dir")"
	done
fi
for variant; do
	full=$(full_name "$variant")
	root "${full%%-*}"
	boot "$full"
	[ "$full" = "$variant" ] || ln -sfnT "$full" "build/guest/$variant"
done
