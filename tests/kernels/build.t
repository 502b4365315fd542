#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build.t - kernels/build.sh refuses what it cannot build as asked, and says which line of which file
#
# Works on copies: of the sources, and (by hard links) of the unpacked tree in the cache. Nothing is compiled.
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
cache=${LOBOSBENCH_CACHE:-$HOME/.cache/lobosbench}
# Hard links need the same file system.
tmp=$(mktemp -d "$cache/test.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
n=0

mkdir "$tmp/cache"
"$top/kernels/source.sh" 6.1 >"$tmp/tree" || exit
cp -al "$(cat "$tmp/tree")" "$cache"/source-6.1.* "$tmp/cache/"
fresh() {
	rm -rf "$tmp/top"
	mkdir "$tmp/top"
	cp -r "$top/packages" "$top/kernels" "$top/include" "$top/impls" "$tmp/top/"
}

# refused NAME PATTERN VARIANT...: the build ends with 1, says the pattern, publishes nothing
refused() {
	name=$1 pattern=$2
	shift 2
	n=$((n + 1))
	status=0
	LOBOSBENCH_CACHE=$tmp/cache "$tmp/top/kernels/build.sh" "$@" >"$tmp/out" 2>&1 || status=$?
	if [ "$status" = 1 ] && grep -qe "$pattern" "$tmp/out" &&
	   ! ls -d "$tmp/cache"/kernel-* "$tmp/top/build/kernels"/* >/dev/null 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $status, expected 1; said:"
		sed 's/^/# /' "$tmp/out"
	fi
}

echo 1..12
fresh
refused "no variant" 'usage: '
refused "a variant that is none" 'kernels/ARCH.config exists' nonesuch
refused "what all variants share is no variant" 'usage: ' base
refused "what a version has is no variant" 'usage: ' 6.1
refused "a version that the table does not have" 'packages has no line for linux-source-6.0' i386-6.0

mkdir -p "$tmp/top/impls/baselines/bios/files/init"
cp "$top/kernels/build.sh" "$tmp/top/impls/baselines/bios/files/init/main.c"
refused "a whole file in place of a stock file" 'bios/files/init/main.c: the tree or another overlay has' i386

fresh
sed -i 's/setup_arch(&command_line)/setup_arch(\&elsewhere)/' "$tmp/top/kernels/marks/hooks/6.1.patch"
refused "a hook that would need fuzz" 'marks/hooks/6.1.patch does not apply' i386

# Broken as above; a newer one is there, too.
mv "$tmp/top/kernels/marks/hooks/6.1.patch" "$tmp/top/kernels/marks/hooks/6.0.patch"
refused "the hook of the nearest older version" 'marks/hooks/6.0.patch does not apply.*or write .*/6.1.patch' i386

fresh
echo 'CONFIG_NO_SUCH_OPTION=y' >>"$tmp/top/kernels/marks/kernel.config"
echo 'CONFIG_NO_SUCH_WAY=y' >>"$tmp/top/impls/baselines/bootimg/kernel.config"
sed -i 's/^archs: .*/archs: [i386]/' "$tmp/top/impls/baselines/bootimg/impl.yaml"
refused "an option that does not exist, for x86_64" 'marks/kernel.config: CONFIG_NO_SUCH_OPTION=y: not so' x86_64-6.1
n=$((n + 1))
! grep -q CONFIG_NO_SUCH_WAY "$tmp/out" || printf 'not '
echo "ok $n - a way that is for another architecture is left out"

fresh
echo 'CONFIG_NO_SUCH_OPTION=y' >>"$tmp/top/kernels/marks/kernel.config"
refused "an option that does not exist" 'marks/kernel.config: CONFIG_NO_SUCH_OPTION=y: not so' i386

fresh
echo '# CONFIG_BLOCK is not set' >>"$tmp/top/kernels/i386.config"
refused "an option that another fragment takes away" 'base.config: CONFIG_EXT4_FS=y: not so' i386
