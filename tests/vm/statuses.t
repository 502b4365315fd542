#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# statuses.t - what a command that makes the next reboot its own says by its exit status: an errno, also when a disk is
# full, and what the kernel would refuse is refused while services still run, which a bzImage whose last paragraph of 16
# bytes is not whole is not
. "$(dirname "$0")/lib.sh"
plan 9

# The text defines `try NAME COMMAND...`, which prints "call NAME STATUS", and `full FOLDER NAME COMMAND...`,
# which does so while the folder has no room.
# shellcheck disable=SC2016
helpers='  try() { name=$1; shift; "$@" >/tmp/out 2>&1; status=$?; cat /tmp/out; echo; echo "call $name $status"; }
  full() { dd if=/dev/zero of="$1/fill" bs=64K 2>/dev/null; folder=$1; shift; try "$@"; rm "$folder/fill"; }
  line=$(dd if=/dev/zero bs=2048 count=1 2>/dev/null | tr "\0" x)
  at() { cp /boot/bzImage "/tmp/$1" && printf "$2" | dd of="/tmp/$1" bs=1 seek=$((0x214)) conv=notrunc 2>/dev/null; }
  shorten() { busybox head -c $(($(wc -c </boot/bzImage) - $1)) /boot/bzImage >/tmp/short; }'

offered lobos statuses "|
$helpers
  try usage lobos --frobnicate
  try missing lobos /boot/nonesuch
  try nothing-loaded lobos -c quiet
  busybox gzip -c /boot/bzImage >/tmp/image.gz
  try gzip lobos /tmp/image.gz
  rm /tmp/image.gz
  full /tmp full-tmp lobos /boot/vmlinux
  lobos --load /boot/vmlinux.lobos
  try line-too-long lobos -c \"\$line\"
  lobos --unload"

offered bootimg statuses "|
$helpers
  try usage bootimg --frobnicate
  try missing bootimg -l /boot/nonesuch
  try line-too-long bootimg -l -c \"\$line\" /boot/bzImage
  at high '\000\000\000\360'
  try above-memory bootimg -l /tmp/high
  at screen '\000\000\012\000'
  try screen bootimg -l /tmp/screen
  rm /tmp/high /tmp/screen
  shorten 1
  try paragraph-not-whole bootimg -l /tmp/short
  shorten 17
  try too-short bootimg -l /tmp/short
  rm /tmp/short
  full /run full-run bootimg -l /boot/bzImage"

offered tkm statuses "|
$helpers
  try usage monte --frobnicate
  try missing monte -l /boot/nonesuch
  try line-too-long monte -l /boot/bzImage \"\$line\"
  at high '\000\000\000\360'
  try above-memory monte -l /tmp/high
  at screen '\000\000\012\000'
  try screen monte -l /tmp/screen
  rm /tmp/high /tmp/screen
  shorten 1
  try paragraph-not-whole monte -l /tmp/short
  shorten 17
  try too-short monte -l /tmp/short
  rm /tmp/short
  full /run full-run monte -l /boot/bzImage"
