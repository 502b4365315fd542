#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# lint.sh - the kernel's own style checker over every overlay and the headers it shares
#
# usage: kernels/lint.sh	(silent when clean)
#
# Hooks are not mailed, so checkpatch is not asked about sign-offs or descriptions. One overlay is for
# several versions of Linux, so it may ask which it is compiled for.
set -eu

cd "$(dirname "$0")/.."
# That of the first version, so that one that comes anew does not change what is clean.
version=$(awk '$1 == "kernel" { sub("linux-source-", "", $3); print $3; exit }' packages)
said=$(mktemp)
trap 'rm -f "$said"' EXIT
tree=$(kernels/source.sh "$version" 2>"$said") || { cat "$said" >&2; exit 1; }
checkpatch=$tree/scripts/checkpatch.pl

check() {
	perl "$checkpatch" --no-tree --strict --quiet --no-summary --show-types --no-signoff \
		--ignore COMMIT_MESSAGE,FILE_PATH_CHANGES,LINUX_VERSION_CODE "$@" || bad=1
}

bad=0
for header in include/*.h; do
	check --file "$header"
done
for dir in kernels/marks impls/*/ impls/baselines/*/; do
	dir=${dir%/}
	for hook in "$dir"/hooks/*.patch; do
		[ -f "$hook" ] || continue
		# By its name checkpatch would take a patch that git tracks for a source file.
		before=$bad
		bad=0
		check - <"$hook"
		[ "$bad" = 0 ] || echo "in $hook" >&2
		[ "$before" = 0 ] || bad=1
	done
	# Names in an overlay hold no blanks; a loop over them keeps $bad.
	for file in $(find "$dir/files" "$dir/module" -type f 2>/dev/null | sort); do
		check --file "$file"
	done
done
exit "$bad"
