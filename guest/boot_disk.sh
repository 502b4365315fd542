#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# boot_disk.sh - the disk from which the firmware starts
#
# usage: guest/boot_disk.sh bios|uefi FOLDER_OF_KERNELS IMAGE
#
# For a BIOS:
#	sector 0	our master boot record (mbr.S)
#	sector 1 ...	GRUB's core.img, in the gap before the first partition
#	sector 2048 ...	partition 1, ext2; its boot sector is GRUB's boot.img
#
# For UEFI, with a GUID partition table:
#	sector 2048 ...	partition 1, the same file system
#	behind it	partition 2, the EFI system partition, FAT: our first program (efi_start.c)
#			by the name that the firmware looks for, and GRUB
#
# GRUB's boot.img as shipped reads core.img from sector 1, and the first sector
# of core.img as grub-mkimage makes it reads the rest from sector 2, so nothing
# has to be patched; that it is so is checked.
set -eu
export LC_ALL=C

[ $# = 3 ] || { echo "usage: guest/boot_disk.sh bios|uefi FOLDER_OF_KERNELS IMAGE" >&2; exit 2; }
firmware=$1
kernels=$2
image=$3
mib=64			# of the partition
first=2048
uuid=6c6f626f-7362-4e63-8000-626f6f742031
esp_mib=4
esp_first=$((first + mib * 2048))

cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
umask 022
disk=$scratch/boot.img
die() { echo "guest: $*" >&2; exit 1; }

put() {
	dd if="$1" of="$disk" bs=512 seek="$2" conv=notrunc status=none
}

# What the boot loader reads, whatever started it.
make_folder() {
	mkdir -p "$scratch/boot/grub"
	cp -R "$kernels"/bzImage "$kernels"/vmlinux* "$kernels/modules" "$scratch/boot/"
	command_line=$(grep -v '^#' ../kernels/command_line | tr -s '\n' ' ' | sed 's/^ //; s/ $//')
	case $command_line in
	*[\"\\\$\|\&]*) die "kernels/command_line: a character that GRUB or sed would take as its own" ;;
	esac
	sed "s|@COMMAND_LINE@|$command_line|" grub.cfg >"$scratch/boot/grub/grub.cfg"
	grub-editenv "$scratch/boot/grub/grubenv" create
}

put_folder() {
	./file_system.sh ext2 "$scratch/boot" "$disk" "$((first * 512))" "$mib" boot "$uuid"
}

# ---- BIOS ----

# The number in size bytes of a file at an offset.
number_at() {
	od -An -v -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '
}

put_bios() {
	grub=/usr/lib/grub/i386-pc
	grub-mkimage -O i386-pc -d "$grub" -p '(hd0,msdos1)/grub' -o "$scratch/core.img" \
		biosdisk part_msdos ext2 normal loadenv linux
	core_bytes=$(stat -c %s "$scratch/core.img")
	[ $((core_bytes / 512 + 2)) -lt "$first" ] || die "core.img: too large for the gap"
	[ "$(number_at "$grub/boot.img" 92 8)" = 1 ] || die "boot.img does not look for core.img in sector 1"
	[ "$(number_at "$scratch/core.img" 500 8)" = 2 ] || die "core.img does not go on in sector 2"

	gcc -m32 -c -I../include -D "FIRST_LBA=$first" -D "SECTORS=$((mib * 2048))" \
		-o "$scratch/mbr.o" mbr.S
	objcopy -O binary -j .text "$scratch/mbr.o" "$scratch/mbr"
	put_folder
	put "$scratch/mbr" 0
	put "$scratch/core.img" 1
	put "$grub/boot.img" "$first"
}

# ---- UEFI ----

make_first_program() {
	gcc -c -I../include -o "$scratch/efi_header.o" efi_header.S
	gcc -c -std=c11 -Os -Wall -Wextra -Werror -ffreestanding -fpie -fno-stack-protector \
		-fno-asynchronous-unwind-tables -fcf-protection=none -mno-red-zone -mgeneral-regs-only \
		-o "$scratch/efi_start.o" efi_start.c
	ld -T efi.lds --oformat binary -o "$1" "$scratch/efi_header.o" "$scratch/efi_start.o"
}

# mformat and mcopy take the time of day from SOURCE_DATE_EPOCH.
put_uefi() {
	make_first_program "$scratch/BOOTX64.EFI"
	sed "/^#/d; s|@UUID@|$uuid|" grub_efi.cfg >"$scratch/early.cfg"
	grub-mkimage -O x86_64-efi -c "$scratch/early.cfg" -p /grub -o "$scratch/GRUBX64.EFI" \
		part_gpt ext2 search_fs_uuid normal loadenv linux

	printf 'label: gpt\nlabel-id: %s\nfirst-lba: %d\nstart=%d, size=%d, type=%s, uuid=%s\nstart=%d, size=%d, type=%s, uuid=%s\n' \
		6c6f626f-7362-4e63-8000-646973633031 "$first" \
		"$first" $((mib * 2048)) 0fc63daf-8483-4772-8e79-3d69d8477de4 "$uuid" \
		"$esp_first" $((esp_mib * 2048)) c12a7328-f81f-11d2-ba4b-00a0c93ec93b \
		6c6f626f-7362-4e63-8000-657370303032 | sfdisk -q "$disk"
	put_folder
	truncate -s "${esp_mib}M" "$scratch/esp"
	export SOURCE_DATE_EPOCH=946684800
	mformat -i "$scratch/esp" -t "$esp_mib" -h 64 -s 32 -c 1 -N 6c6f626f ::
	mmd -i "$scratch/esp" ::/EFI ::/EFI/BOOT
	mcopy -i "$scratch/esp" "$scratch/BOOTX64.EFI" "$scratch/GRUBX64.EFI" ::/EFI/BOOT/
	put "$scratch/esp" "$esp_first"
}

make_folder
# The size of a card is a power of two.
truncate -s "$((mib * 2))M" "$disk"
case $firmware in
bios) put_bios ;;
uefi) put_uefi ;;
*) die "$firmware: neither bios nor uefi" ;;
esac
mv "$disk" "$image"
