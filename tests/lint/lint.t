#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# lint.t - every check of the sources that needs no machine, as TAP
set -u
cd "$(dirname "$0")/../.." || exit 1

n=0
check() { # check NAME COMMAND...: passes when the command succeeds and prints nothing
	n=$((n + 1))
	name=$1
	shift
	if output=$("$@" 2>&1) && [ -z "$output" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		printf '%s\n' "$output" | head -n 40 | sed 's/^/# /'
	fi
}

files() { # files PATTERN...: the files of the project that match
	git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ -f "$f" ] && echo "$f"; done
}

cflags="-std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Iharness -Iinclude"
libs="libvirt libvirt-qemu libxml-2.0 libcyaml yaml-0.1 sqlite3 gsl jansson zlib"

clang_clean() {
	# The flags are split on purpose.
	# shellcheck disable=SC2046,SC2086
	files 'harness/*.c' 'tests/unit/*.c' | xargs -P2 -n 8 clang -fsyntax-only $cflags $(pkg-config --cflags $libs)
}

# cppcheck does not see the cleanup attributes of the harness; valgrind and the sanitizers look for its leaks.
cppcheck_clean() {
	# shellcheck disable=SC2046
	cppcheck -j2 --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
		'--suppress=memleak:harness/*' '--suppress=resourceLeak:harness/*' \
		--suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches --error-exitcode=1 \
		-Iharness -Iinclude $(files 'harness/*.c' 'guest/*.c' 'impls/*/user/*.c' 'impls/baselines/*/user/*.c')
}

shell_clean() {
	files | while read -r f; do
		head -n1 "$f" | grep -qE '^#!/bin/(ba)?sh' && echo "$f"
	done | xargs -r shellcheck -x -P SCRIPTDIR
}

spdx_missing() {
	files '*.c' '*.h' '*.S' '*.sh' '*.t' '*.gp' '*.css' '*.yaml' Makefile '*/Makefile' | while read -r f; do
		head -n3 "$f" | grep -q SPDX-License-Identifier || echo "$f: no SPDX line"
	done
}

libvirt_elsewhere() {
	grep -lE '#include (<libvirt/|"(\.\./)?domain_private\.h")' harness/*.c harness/*.h harness/report/*.c |
		grep -vE '^harness/(domain\.c|connection\.c|domain_private\.h)$'
	return 0
}

report_includes() {
	grep -nE '#include "(\.\./)?(domain|recorder|trial)\.h"' harness/report/*.c harness/report/*.h
	return 0
}

pure_modules() { # no I/O in what turns evidence into results
	for f in phase verdict stats regression domain_xml; do
		[ ! -f harness/$f.c ] || grep -nHE '\b(fopen|open|read|write|printf|fprintf|socket|sqlite3_[a-z]+)\(' harness/$f.c
	done
	return 0
}

impls_in_harness() {
	grep -nE '#include ".*impls/' harness/*.c harness/*.h harness/report/*.c
	return 0
}

long_files() {
	files '*.c' '*.h' '*.S' | xargs wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines; split it by noun" }'
}

echo 1..10
check "clang is content with every source" clang_clean
check "cppcheck is content with every source" cppcheck_clean
check "checkpatch is content with the overlays" kernels/lint.sh
check "shellcheck is content with every script" shell_clean
check "each source has its licence" spdx_missing
check "only domain.c and connection.c include libvirt" libvirt_elsewhere
check "report/ includes neither domain, recorder nor trial" report_includes
check "pure modules do no input or output" pure_modules
check "the harness includes nothing of impls/" impls_in_harness
check "no source file is longer than 400 lines" long_files
