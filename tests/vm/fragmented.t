#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# fragmented.t - memory in which no two free pages are neighbours: TKM and LOBOS boot, bootimg refuses
. "$(dirname "$0")/lib.sh"

# fragment WAY COMMAND: the last step of the reboot script, the COMMAND, runs in such memory.
fragment() {
	cat >"$tmp/$1.yaml" <<END
name: fragmented-$1
title: $1 in scattered memory
ways: [{way: $1}]
chain: {machines: 1, reboots: 1, warmups: 0}
before: sed -i 's,^\\( *\\)$2 ,\\1scatter $2 ,' /etc/rc.reboot.d/*-$2
END
}

plan 8
fragment tkm monte
scenario 0 "$tmp/tkm.yaml"
holds "TKM boots" 'length == 1 and all(.[]; .verdict == "ok" and .proved)'
console="$run/consoles/tkm-m0.console"
grep -Eq 'tkm: ([0-9]+) pages in \1 pieces' "$console"
result $? "each page of its image lies alone" "$console"

fragment bootimg bootimg
scenario 1 "$tmp/bootimg.yaml"
holds "bootimg is refused" 'length == 1 and all(.[]; .verdict == "refused")'
grep -q 'bootimg: refused (error 12): no [0-9]* KiB in one piece' "$run/consoles/bootimg-m0.console"
result $? "and says that memory in one piece is what it lacks" "$run/consoles/bootimg-m0.console"

# It loads its image earlier, when the user asks.
cat >"$tmp/lobos.yaml" <<'END'
name: fragmented-lobos
title: LOBOS in scattered memory
ways: [{way: lobos}]
chain: {machines: 1, reboots: 1, warmups: 0}
before: |
  mv /sbin/lobos /sbin/lobos.real
  printf '#!/bin/sh\nexec scatter lobos.real "$@"\n' >/sbin/lobos
  chmod 755 /sbin/lobos
END
scenario 0 "$tmp/lobos.yaml"
holds "LOBOS boots, and keeps the log" 'length == 1 and all(.[]; .verdict == "ok" and .proved and .log_kept)'
