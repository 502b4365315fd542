#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# root_image.sh - the root file system of the machine
#
# usage: guest/root_image.sh FOLDER_OF_PACKAGES COMPILER IMAGE
#
# Debian's packages, the files of guest/files, and the programs of guest/ and
# of every way to reboot, as one ext4 file system. Needs no root and mounts
# nothing; the same inputs give the same bytes.
#
# The file system is the one partition of its disk: by the disk's signature the
# kernel finds its root on whatever kind of disk a scenario gives it.
set -eu
export LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

packages=$1
compiler=$2
image=$3
mib=64			# of the partition
first=2048
signature=6c6f626f	# kernels/command_line has it
uuid=6c6f626f-7362-4e63-8000-726f6f742031

cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
root=$scratch/root
umask 022
mkdir "$root"

# What the packages bring for people to read, and for init systems that are not here, stays out.
for package in "$packages"/*.deb; do
	dpkg-deb -x "$package" "$root"
done
(cd "$root" && rm -rf usr/share etc/init.d etc/default usr/lib/*/gconv)

# Since Debian 13 a package has all its files below usr; programs and the kernel look in /bin, /sbin, /lib.
for dir in bin sbin lib; do
	[ -d "$root/$dir" ] || ln -s "usr/$dir" "$root/$dir"
done

for dir in boot mnt dev proc sys tmp run root etc/rc.d etc/rc.reboot.d var/log var/spool/cron/crontabs; do
	mkdir -p "$root/$dir"
done
cp -R guest/files/. "$root/"

applets='[ awk cat chmod cmp cp crond cut date dd df dmesg du echo env false find free grep halt
	head hexdump hostname id insmod kill klogd less ln logger ls lsmod md5sum mkdir mknod more
	mount mv od poweroff printf ps pwd readlink reboot rm rmdir rmmod sed seq setsid sh sha256sum sleep sort stat
	stty sync sysctl syslogd tail test top touch tr true umount uname uniq uptime vi wc which
	xargs'
for applet in $applets; do
	ln -s busybox "$root/bin/$applet"
done

for dir in guest impls/*/user impls/baselines/*/user; do
	[ -f "$dir/Makefile" ] || continue
	mkdir -p "$scratch/objects/$dir"
	make -s --no-print-directory -C "$dir" "OUT=$scratch/objects/$dir" "DESTDIR=$root" \
		"GUEST_CC=$compiler" guest
done

grep -q "^root=PARTUUID=$signature-01\$" kernels/command_line || {
	echo "guest: kernels/command_line names another root" >&2
	exit 1
}
truncate -s "$((mib * 2))M" "$scratch/root.img"
printf 'label: dos\nlabel-id: 0x%s\nstart=%d, size=%d, type=83\n' "$signature" "$first" \
	"$((mib * 2048))" | sfdisk -q "$scratch/root.img"
guest/file_system.sh ext4 "$root" "$scratch/root.img" "$((first * 512))" "$mib" lobosbench "$uuid"
mv "$scratch/root.img" "$image"
