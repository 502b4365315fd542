#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# walls.t - the check of the walls between the rooms of harness/ finds what is planted
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

n=0
# found NAME PATTERN...: the check fails, and one of its lines matches every PATTERN
found() {
	n=$((n + 1))
	name=$1
	shift
	status=0
	tests/lint/includes "$scratch" >"$scratch/all" || status=$?
	cp "$scratch/all" "$scratch/left"
	for pattern; do
		grep -e "$pattern" "$scratch/left" >"$scratch/next"
		mv "$scratch/next" "$scratch/left"
	done
	if [ $status = 1 ] && [ -s "$scratch/left" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$scratch/all"
	fi
}

# plant FILE LINE: a fresh copy of harness/ in which FILE has LINE more
plant() {
	rm -rf "$scratch/harness" "$scratch/include"
	cp -R harness include "$scratch/"
	echo "$2" >>"$scratch/harness/$1"
}

echo 1..18
plant report/html.c '#include "machine/recorder.h"'
found "a direct violation is found" '^harness/report/html.c -> machine/recorder.h: '
# base/path.h is two steps away from the file that is not allowed to reach the header behind it.
plant base/path.h '#include "vec.h"'
echo '#include "machine/recorder.h"' >>"$scratch/harness/base/vec.h"
found "a violation through a third header is found, with its way" '^harness/base/path.c -> ' 'base/vec.h -> machine/recorder.h: '
plant run/host.c '#include <libvirt/libvirt.h>'
found "libvirt outside connection.c and domain.c is found" '^harness/run/host.c -> <libvirt/libvirt.h>: '
plant analysis/stats.c '#include <sqlite3.h>'
found "SQLite outside store/ is found" '^harness/analysis/stats.c -> <sqlite3.h>: '
plant report/html.c '#include "witness/step.h"'
found "report/ is let into account.h and place.h of witness/, and no further" '^harness/report/html.c -> witness/step.h: '
plant reboot/phase.c 'static void f(void) { fopen("x", "r"); }'
found "input in reboot/ is found" '^harness/reboot/phase.c:[0-9]*: fopen()'
plant base/error.h '#include "text.h"'
echo '#include "error.h"' >"$scratch/harness/base/text.h"
found "a cycle is found" '^cycle: ' 'harness/base/error' 'harness/base/text'
plant report/html.c '#include <machine/recorder.h>'
found "angle brackets hide nothing" '^harness/report/html.c -> machine/recorder.h: '
plant report/html.c '#include "./../machine/recorder.h"'
found "nor does another way to write the path" '^harness/report/html.c -> machine/recorder.h: '
plant report/html.c '/**/ # include "machine/recorder.h"'
found "nor does a comment in front" '^harness/report/html.c -> machine/recorder.h: '
plant report/html.c '#include HIDDEN'
found "a macro is refused" '^harness/report/html.c:[0-9]*: an include that is a macro'
plant base/text.c '#include "guest_protocol.h"'
echo '#include "store/store.h"' >>"$scratch/include/guest_protocol.h"
found "a violation through include/ is found" '^harness/base/text.c -> include/guest_protocol.h -> store/store.h: '
plant base/text.c '#include "x.inc"'
touch "$scratch/harness/base/x.inc"
found "a file that is no source is refused" '^harness/base/x.inc: only'
plant base/text.c '#include "sub/x.h"'
mkdir "$scratch/harness/base/sub"
touch "$scratch/harness/base/sub/x.h"
found "a folder in a room is refused" '^harness/base/sub/x.h: only'
plant base/text.c ''
touch "$scratch/harness/alone.c"
found "a file in no room is refused" '^harness/alone.c: only'
plant analysis/stats.c '#include "sqlite3.h"'
found "a header that is not there is refused" '^harness/analysis/stats.c:[0-9]*: sqlite3.h: there is no such file'
plant run/host.c '#include "witness/qemu_plugin.h"'
found "the plugin interface outside the plugins is found" '^harness/run/host.c -> witness/qemu_plugin.h: '
plant run/host.c '#include "../../impls/way.h"'
mkdir -p "$scratch/impls"
touch "$scratch/impls/way.h"
found "a way to reboot in the harness is found" '^harness/run/host.c -> impls/way.h: '
