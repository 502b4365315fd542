#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# uefi-lobos.t - LOBOS hands EFI on: after each of three hops the runtime services are those of the first kernel; a kernel that
# does not use them is no way out; the table of memory attributes stays
. "$(dirname "$0")/lib.sh"

if [ ! -e "$top/build/guest/x86_64/boot-uefi.img" ]; then
	echo "1..0 # SKIP no boot disk for UEFI: make guest ARCH=x86_64"
	exit
fi
plan 11
cat >"$tmp/uefi-lobos.yaml" <<'END'
name: uefi-lobos
title: Three hops from firmware
ways: [{way: lobos}]
machine: {arch: x86_64, chipset: q35, firmware: uefi, cpus: 2, memory_mib: 512}
chain: {machines: 1, reboots: 4, warmups: 0}
before: |
  cd /sys/firmware/efi
  echo
  echo "efi $(cat fw_platform_size) $(cat fw_vendor) $(cat config_table) $(cat runtime-map/*/*_addr | tr '\n' ' ')"
END
scenario 0 "$tmp/uefi-lobos.yaml"
holds "four reboots, all ok and proved, with the whole log" 'length == 4 and all(.[]; .verdict == "ok" and .proved and .log_kept)'
console="$run/consoles/lobos-m0.console"
tr -d '\r' <"$console" | grep '^efi 64 0x' >"$tmp/efi"
[ "$(wc -l <"$tmp/efi")" = 4 ] && [ "$(sort -u "$tmp/efi" | wc -l)" = 1 ]
result $? "tables and map of the runtime services are the same after each hop" "$tmp/efi"
whole_to_the_end

# Of such a size the highest free place for the RAM disk is where the firmware's table of memory attributes lies.
cat >"$tmp/table.yaml" <<'END'
name: table
title: A RAM disk beside the table of memory attributes
ways: [{way: lobos, options: [ramdisk]}]
machine: {arch: x86_64, chipset: q35, firmware: uefi, memory_mib: 1024}
chain: {machines: 1, reboots: 2, warmups: 0}
before: |
  mkdir /tmp/files && tr '\0' '\377' </dev/zero | head -c 25165824 >/tmp/files/file || exit 255
  (cd /tmp/files && echo file | busybox cpio -o -H newc) >/tmp/ramdisk 2>/dev/null || exit 255
  rm -r /tmp/files
  ln -sf /tmp/ramdisk /ramdisk
END
scenario 0 "$tmp/table.yaml"
holds "two reboots with a RAM disk, both ok and proved" 'length == 2 and all(.[]; .verdict == "ok" and .proved)'
console="$run/consoles/lobos-ramdisk-m0.console"
# "table ADDRESS" of each kernel, "disk FROM TO" of each that has one.
tr -d '\r' <"$console" | sed -n 's/.*MEMATTR=\(0x[0-9a-f]*\).*/table \1/p
	s/.*RAMDISK: .mem \(0x[0-9a-f]*\)-\(0x[0-9a-f]*\)]$/disk \1 \2/p' >"$tmp/places"
table=$(sed -n 's/^table //p' "$tmp/places" | tail -n 1)
disks=0
while read -r kind from to; do
	[ "$kind" = disk ] && [ "$((table < from || table > to))" = 1 ] && disks=$((disks + 1))
done <"$tmp/places"
[ -n "$table" ] && [ "$disks" = 2 ] && ! grep 'efi: memattr:' "$console" >>"$tmp/places"
result $? "both RAM disks lie beside the table, and no kernel complains of it" "$tmp/places"

cat >"$tmp/noruntime.yaml" <<'END'
name: noruntime
title: A kernel that does not use the runtime services
ways: [{way: lobos}]
machine: {arch: x86_64, chipset: q35, firmware: uefi, memory_mib: 512}
chain: {machines: 1, reboots: 2, warmups: 0}
command_line: console=ttyS0 root=PARTUUID=6c6f626f-01 rootwait ro panic=0 efi=noruntime
END
scenario 1 "$tmp/noruntime.yaml"
holds "the first reboot is ok, the second is refused" 'map(.verdict) == ["ok", "refused"]'
console="$run/consoles/lobos-m0.console"
grep -q 'lobos: refused (error 95): .* EFI booted this machine' "$console"
result $? "and the log says why" "$console"
