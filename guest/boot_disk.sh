#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# boot_disk.sh - the disk from which the firmware starts
#
# usage: guest/boot_disk.sh FOLDER_OF_KERNELS IMAGE
#
#	sector 0	our master boot record (mbr.S)
#	sector 1 ...	GRUB's core.img, in the gap before the first partition
#	sector 2048 ...	partition 1, ext2; its boot sector is GRUB's boot.img
#
# GRUB's boot.img as shipped reads core.img from sector 1, and the first sector
# of core.img as grub-mkimage makes it reads the rest from sector 2, so nothing
# has to be patched; that it is so is checked.
set -eu
export LC_ALL=C

kernels=$1
image=$2
mib=64			# of the partition
first=2048
uuid=6c6f626f-7362-4e63-8000-626f6f742031
grub=/usr/lib/grub/i386-pc

cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
umask 022
die() { echo "guest: $*" >&2; exit 1; }

# The number in size bytes of a file at an offset.
number_at() {
	od -An -v -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '
}

mkdir -p "$scratch/boot/grub"
cp -R "$kernels"/bzImage "$kernels"/vmlinux* "$kernels/modules" "$scratch/boot/"
command_line=$(grep -v '^#' ../kernels/command_line | tr -s '\n' ' ' | sed 's/^ //; s/ $//')
case $command_line in
*[\"\\\$\|\&]*) die "kernels/command_line: a character that GRUB or sed would take as its own" ;;
esac
sed "s|@COMMAND_LINE@|$command_line|" grub.cfg >"$scratch/boot/grub/grub.cfg"
grub-editenv "$scratch/boot/grub/grubenv" create

grub-mkimage -O i386-pc -d "$grub" -p '(hd0,msdos1)/grub' -o "$scratch/core.img" \
	biosdisk part_msdos ext2 normal loadenv linux
core_bytes=$(stat -c %s "$scratch/core.img")
[ $((core_bytes / 512 + 2)) -lt "$first" ] || die "core.img: too large for the gap"
[ "$(number_at "$grub/boot.img" 92 8)" = 1 ] || die "boot.img does not look for core.img in sector 1"
[ "$(number_at "$scratch/core.img" 500 8)" = 2 ] || die "core.img does not go on in sector 2"

gcc -m32 -c -I../include -D "FIRST_LBA=$first" -D "SECTORS=$((mib * 2048))" \
	-o "$scratch/mbr.o" mbr.S
objcopy -O binary -j .text "$scratch/mbr.o" "$scratch/mbr"

disk=$scratch/boot.img
# The size of a card is a power of two.
truncate -s "$((mib * 2))M" "$disk"
./file_system.sh ext2 "$scratch/boot" "$disk" "$((first * 512))" "$mib" boot "$uuid"
put() {
	dd if="$1" of="$disk" bs=512 seek="$2" conv=notrunc status=none
}
put "$scratch/mbr" 0
put "$scratch/core.img" 1
put "$grub/boot.img" "$first"
mv "$disk" "$image"
