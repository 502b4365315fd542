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
		printf '%s\n' "$output" | head -n 40 | sed 's/^/# /' >&2
	fi
}

files() { # files PATTERN...: the files of the project that match
	git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ -f "$f" ] && echo "$f"; done
}

# The last two are for the unit tests of LOBOS's image and its checksums, which are the kernel's.
cflags="-std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Iharness -Iinclude"
cflags="$cflags -Iimpls/lobos/files/include/uapi -Iimpls/lobos/files/kernel/lobos"
libs="libvirt libvirt-qemu libxml-2.0 libcyaml yaml-0.1 sqlite3 gsl jansson zlib libcrypto"

clang_clean() {
	# The flags are split on purpose.
	# shellcheck disable=SC2046,SC2086
	files 'harness/*.c' 'tests/unit/*.c' 'tests/fuzz/*.c' | xargs -P2 -n 8 clang -fsyntax-only $cflags $(pkg-config --cflags $libs)
}

# cppcheck does not see the cleanup attributes of the harness; valgrind and the sanitizers look for its leaks.
# It reads no system header, so it does not know jansson's format of a number.
cppcheck_clean() {
	# shellcheck disable=SC2046
	cppcheck -j2 --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
		--force '-DJSON_INTEGER_FORMAT="lld"' '--suppress=memleak:harness/*' '--suppress=resourceLeak:harness/*' \
		--suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches --error-exitcode=1 \
		-Iharness -Iinclude $(files 'harness/*.c' 'guest/*.c' 'impls/*/user/*.c' 'impls/baselines/*/user/*.c')
}

shell_clean() {
	files | while read -r f; do
		head -n1 "$f" | grep -qE '^#!/bin/(ba)?sh' && echo "$f"
	done | xargs -r shellcheck -x -P SCRIPTDIR -e SC2319	# "result $?" wants the status of a condition
}

spdx_missing() {
	files '*.c' '*.h' '*.S' '*.sh' '*.t' '*.gp' '*.css' '*.yaml' Makefile '*/Makefile' packages | while read -r f; do
		head -n3 "$f" | grep -q SPDX-License-Identifier || echo "$f: no SPDX line"
	done
}

functions() {
	# The names are split on purpose.
	# shellcheck disable=SC2046
	tests/lint/functions $(files 'harness/*.[ch]' 'guest/*.[ch]' 'impls/*.[ch]' 'kernels/*.[ch]')
}

long_files() {
	files '*.c' '*.h' '*.S' | xargs wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines; split it by noun" }'
}

# volatile orders nothing between threads; a signal handler may share a sig_atomic_t with its own thread.
volatile_shared() {
	# shellcheck disable=SC2046
	grep -nw volatile $(files 'harness/*.[ch]') | grep -v 'volatile sig_atomic_t'
	:
}

echo 1..9
check "clang is content with every source" clang_clean
check "cppcheck is content with every source" cppcheck_clean
check "checkpatch is content with the overlays" kernels/lint.sh
check "shellcheck is content with every script" shell_clean
check "each source has its licence" spdx_missing
check "the walls between the rooms of harness/ stand" tests/lint/includes
check "no function is too long, none is documented twice" functions
check "threads share atomics, not volatile variables" volatile_shared
check "no source file is longer than 400 lines" long_files
