#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# loaded.t - lobos --load and kexec -l boot what was loaded, whatever becomes of the file; LOBOS refuses it when memory has changed
. "$(dirname "$0")/lib.sh"
plan 10

cat >"$tmp/loaded.yaml" <<'END'
name: loaded
title: A kernel that was loaded ahead, and its file destroyed
ways: [{way: lobos, options: [loaded]}]
chain: {machines: 1, reboots: 2, warmups: 0}
before: |
  say() { echo; echo "loaded $1 $(cat /sys/kernel/lobos/loaded)"; }
  say first
  lobos --load /boot/vmlinux.lobos
  say then
  lobos --unload
  say unloaded
  lobos || echo "refused $?"
  cp /boot/vmlinux.lobos /next.lobos && sync
  lobos --load /next.lobos
  lobos --load /etc/passwd || say failed
  dd if=/dev/zero of=/next.lobos bs=4096 seek=300 count=300 conv=notrunc
  rm /next.lobos && sync
END
scenario 0 "$tmp/loaded.yaml"
holds "both reboots are ok and proved" 'length == 2 and all(.[]; .verdict == "ok" and .proved and .log_kept)'
holds "nothing is loaded while users wait" 'all(.[]; .phases_ns | has("load") | not)'
console="$run/consoles/lobos-loaded-m0.console"
tr -d '\r' <"$console" | grep -E '^(loaded|refused) ' >"$tmp/said"
printf 'loaded first 0\nloaded then 1\nloaded unloaded 0\nrefused 2\nloaded failed 1\n%.0s' 1 2 | diff - "$tmp/said" >"$tmp/diff"
result $? "/sys/kernel/lobos/loaded follows each step, a load that fails changes nothing" "$tmp/diff"

cat >"$tmp/stray.yaml" <<'END'
name: stray
title: A page of what is loaded is written to
ways: [{way: lobos, options: [stray]}]
chain: {machines: 1, reboots: 2, warmups: 0}
END
scenario 1 "$tmp/stray.yaml"
holds "the first reboot is ok, the second is refused" 'map(.verdict) == ["ok", "refused"]'
console="$run/consoles/lobos-stray-m0.console"
grep -q 'lobos: refused (error 74): .* has changed in memory since it was loaded' "$console"
result $? "and the log says why" "$console"

cat >"$tmp/kexec.yaml" <<'END'
name: kexec
title: Kernels that were loaded ahead, one of them from a file that is destroyed
ways: [{way: kexec, options: [loaded]}, {way: kexec, image: vmlinux, options: [no-checks, loaded]}]
chain: {machines: 1, reboots: 2, warmups: 0}
before: |
  case $IMAGE in
  *vmlinux)
    cp "$IMAGE" /next && sync
    kexec -l /next --args-linux --no-checks --command-line="$COMMAND_LINE"
    dd if=/dev/zero of=/next bs=4096 count=300 conv=notrunc
    rm /next && sync ;;
  esac
END
scenario 0 "$tmp/kexec.yaml"
holds "kexec: all reboots are ok and proved" 'length == 4 and all(.[]; .verdict == "ok" and .proved)'
holds "kexec: nothing is loaded while users wait" 'all(.[]; (.phases_ns | has("load") | not) and .downtime_ns == .latency_ns)'
