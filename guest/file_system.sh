#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# file_system.sh - a folder as an ext2 or ext4 file system in an image
#
# usage: guest/file_system.sh ext2|ext4 FOLDER IMAGE OFFSET MIB LABEL UUID
#
# Everything belongs to root and nothing is mounted. The same folder gives the
# same bytes: one fixed moment stands for every time stamp. OFFSET is in bytes.
# Features are named one by one, for the host's mke2fs.conf shall not matter.
set -eu
export LC_ALL=C

[ $# = 7 ] || { echo "usage: file_system.sh TYPE FOLDER IMAGE OFFSET MIB LABEL UUID" >&2; exit 2; }
type=$1
folder=$2
image=$3
offset=$4
mib=$5
label=$6
uuid=$7
epoch=946684800

features=none,ext_attr,dir_index,filetype,sparse_super,large_file
if [ "$type" = ext4 ]; then
	features=$features,has_journal,extent,flex_bg,huge_file,dir_nlink,extra_isize,metadata_csum
fi

find "$folder" -exec touch -h -d "@$epoch" {} +
export E2FSPROGS_FAKE_TIME=$epoch
fakeroot mke2fs -q -F -t "$type" -b 4096 -L "$label" -U "$uuid" -m 0 -O "$features" -d "$folder" \
	-E "offset=$offset,hash_seed=$uuid,root_owner=0:0,lazy_itable_init=0,nodiscard" \
	"$image" "${mib}M"

# ext4 reads the block bitmaps ahead, from 0 to 5 s after the mount, which it draws at random. A reboot
# requested before that executes 110,000 instructions more, to read them when it writes its log.
super=
[ "$type" != ext4 ] || super="ssv mount_opts no_prefetch_block_bitmaps"

# mke2fs copies the moment at which the host last changed an inode, which nobody can set there.
(
	echo "$super"
	cd "$folder"
	find . -mindepth 1 -printf "sif \"/%P\" ctime @$epoch\nsif \"/%P\" ctime_extra 0\n"
) | debugfs -w -f - "$image?offset=$offset" >/dev/null 2>"$image.words"
if grep -v '^debugfs [0-9]' "$image.words" >&2; then
	exit 1
fi
rm "$image.words"
