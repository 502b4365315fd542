#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build.sh - kernel tree, overlays, configuration into the images of one variant
#
# usage: kernels/build.sh ARCH[-VERSION]	(i386, i386-pae, x86_64; 6.1, 6.12, 7.3)
#
# Without a version it is the one for which the file packages names ARCH.
#
# Leaves build/kernels/ARCH-VERSION -> <cache>/kernel-ARCH-VERSION-<hash of all inputs> with
# bzImage, vmlinux, vmlinux.lobos, modules/*.ko, release, config and System.map, and
# build/kernels/ARCH -> ARCH-VERSION when no version was named. What is there already is not
# built again; what is not is built incrementally in the cache.
# LOBOSBENCH_CACHE names another cache than ~/.cache/lobosbench.
set -eu
export LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

say() { echo "kernels: $*" >&2; }
die() { say "$*"; exit 1; }

cd "$(dirname "$0")/.."
usage='usage: kernels/build.sh ARCH[-VERSION], where kernels/ARCH.config exists'
[ $# = 1 ] || die "$usage"
asked=$1
case $asked in
*-[0-9]*)
	arch=${asked%-*}
	version=${asked##*-}
	;;
*)
	arch=$asked
	version=$(awk -v arch="$arch" '$1 == "kernel" {
		for (i = 4; i <= NF; i++) if ($i == arch) { sub("linux-source-", "", $3); print $3 } }' packages)
	;;
esac
case $arch in
base | [0-9]* | *[!a-z0-9_-]*) die "$usage" ;;
esac
[ -f "kernels/$arch.config" ] || die "$usage"
[ -n "$version" ] || die "the file packages names no version for $arch: say which, such as $arch-6.1"
variant=$arch-$version
family=${arch%%-*}	# what the kernel's own Makefile, and impl.yaml, call it

cache=${LOBOSBENCH_CACHE:-$HOME/.cache/lobosbench}
mkdir -p "$cache" build/kernels

# What kernel, guest and host share; the rest of include/ is not the kernel's.
headers='include/preserved_log_format.h include/reboot_marks.h'

# The hook of an overlay: the one of this version, else that of the nearest older version.
hook_of() {
	for hook in "$1"/hooks/*.patch; do
		[ ! -f "$hook" ] || basename "$hook" .patch
	done | { cat; echo "$version.wanted"; } | sort -V | sed '/wanted$/,$d' | tail -n 1
}

# An overlay is a folder with any of files/, hooks/ and kernel.config. All of them are in the tree
# of every variant, which the variants share. A way whose impl.yaml does not name the architecture
# is left out by the configuration: its fragments are not used, its module is not built.
overlays=
for dir in kernels/marks impls/*/ impls/baselines/*/; do
	dir=${dir%/}
	if [ -d "$dir/files" ] || [ -d "$dir/hooks" ] || [ -f "$dir/kernel.config" ]; then
		overlays="$overlays $dir"
	fi
done
is_for_family() {
	[ ! -f "$1/impl.yaml" ] || grep -qE "^archs: .*[[, ]${family}[], ]" "$1/impl.yaml"
}
fragments=
for fragment in base "$arch" "$version" "$arch-$version"; do
	[ ! -f "kernels/$fragment.config" ] || fragments="$fragments kernels/$fragment.config"
done
for dir in $overlays; do
	is_for_family "$dir" || continue
	for fragment in "$dir/kernel.config" "$dir/kernel.$family.config"; do
		[ ! -f "$fragment" ] || fragments="$fragments $fragment"
	done
done

# A way that is a module has it in a folder module/, with a Kbuild.
modules=
for dir in impls/*/module impls/baselines/*/module; do
	[ ! -f "$dir/Kbuild" ] || ! is_for_family "${dir%/module}" || modules="$modules $dir"
done

# All that the images are made of, one line each.
inputs() {
	echo "$variant ${pristine##*/}"
	gcc --version | head -n 1
	ld --version | head -n 1
	# shellcheck disable=SC2086
	{
		printf '%s\n' kernels/build.sh $headers $fragments
		for dir in $overlays; do
			find "$dir/files" "$dir/hooks/$(hook_of "$dir").patch" -type f 2>/dev/null || :
		done
	} | sort -u | xargs sha256sum
}

# Sets $hash, which becomes part of the version string, and $out, whose name also tells which
# program made the flat image, and the modules. Asked for again when the lock is held: minutes
# may have passed.
identify() {
	hash=$(inputs | sha256sum | cut -d ' ' -f 1)
	# shellcheck disable=SC2086
	images=$({ echo "$hash"; find impls/lobos/user $modules -type f -exec sha256sum {} + | sort; } |
		sha256sum | cut -d ' ' -f 1)
	out=$cache/kernel-$variant-$images
}

# One build at a time: the variants share the tree, and each uses all processors.
lock() {
	mkdir -p "$work"
	exec 9>"$work/lock"
	flock -n 9 && return
	say "$variant: waiting for another build to end"
	flock 9
}

# The tree that gets the overlays: hard links to the one as shipped.
link_tree() {
	[ ! -d "$tree" ] || return 0
	rm -rf "$scratch"
	cp -al "$pristine" "$scratch"
	: >"$work/overlaid"
	mv "$scratch" "$tree"
}

# Everything the overlays add or change, as it shall lie in the tree: below $scratch.
stage() {
	rm -rf "$scratch"
	mkdir -p "$scratch/include/uapi/linux"
	# shellcheck disable=SC2086
	cp $headers "$scratch/include/uapi/linux/"
	for dir in $overlays; do
		[ -d "$dir/files" ] || continue
		(cd "$dir/files" && find . -type f) | sed 's,^\./,,' | while read -r file; do
			if [ -e "$pristine/$file" ] || [ -e "$scratch/$file" ]; then
				die "$dir/files/$file: the tree or another overlay has that file; change it by a hook"
			fi
			mkdir -p "$scratch/$(dirname "$file")"
			cp "$dir/files/$file" "$scratch/$file"
		done
	done
	for dir in $overlays; do
		hook=$dir/hooks/$(hook_of "$dir").patch
		[ -f "$hook" ] || continue
		sed -n 's,^+++ b/\([^	]*\).*,\1,p' "$hook" | while read -r file; do
			if [ ! -e "$scratch/$file" ] && [ -e "$pristine/$file" ]; then
				mkdir -p "$scratch/$(dirname "$file")"
				cp "$pristine/$file" "$scratch/$file"
			fi
		done
		patch -d "$scratch" -p1 -F0 -s --no-backup-if-mismatch -r - <"$hook" >&2 ||
			die "$hook does not apply to linux-source-$version as it is; mend it, or write ${hook%/*}/$version.patch"
	done
}

# Brings the tree up to date, touching only what differs, so that make rebuilds only that.
# The list of files that are not as shipped is the union while this runs: it may be interrupted.
sync_tree() {
	(cd "$scratch" && find . -type f | sort) >"$work/wanted"
	sort -u "$work/overlaid" "$work/wanted" >"$work/both"
	cp "$work/both" "$work/overlaid"
	while read -r file; do
		from=$scratch/$file
		[ -e "$from" ] || from=$pristine/$file
		if [ ! -e "$from" ]; then
			rm -f "$tree/$file"
		elif ! cmp -s "$from" "$tree/$file"; then
			mkdir -p "$tree/${file%/*}"
			cp --remove-destination "$from" "$tree/$file"
		fi
	done <"$work/both"
	mv "$work/wanted" "$work/overlaid"
	rm -rf "$scratch" "$work/both"
}

# Kernel make for this variant: quiet, and the same bits whenever and wherever it runs.
kmake() {
	make -s -C "$tree" O="$obj" ARCH="$family" \
		KBUILD_BUILD_USER=lobosbench KBUILD_BUILD_HOST=lobosbench \
		KBUILD_BUILD_VERSION="$(echo "$hash" | cut -c 1-12)" \
		KBUILD_BUILD_TIMESTAMP="$(date -u -r "$pristine/Makefile" '+%Y-%m-%d')" \
		"$@"
}

# What no fragment names is off; then each line of each fragment must have come true.
configure() {
	# shellcheck disable=SC2086
	cat $fragments >"$obj/fragments.config"
	kmake KCONFIG_ALLCONFIG="$obj/fragments.config" allnoconfig >"$obj/log" 2>&1 || fail
	missed=
	for fragment in $fragments; do
		while read -r line; do
			case $line in
			CONFIG_*=*)
				grep -qxF -e "$line" "$obj/.config" && continue ;;
			"# CONFIG_"*" is not set")
				line=${line#\# }
				grep -q "^${line%% *}=" "$obj/.config" || continue ;;
			'#'* | '')
				continue ;;
			esac
			say "$fragment: $line: not so in the configuration (a dependency is missing, or the name is wrong)"
			missed=1
		done <"$fragment"
	done
	[ -z "$missed" ] || die "$variant: the configuration is not what was asked for: $obj/.config"
}

fail() {
	tail -n 25 "$obj/log" >&2
	die "$variant: the build failed; its whole output is in $obj/log"
}

compile() {
	say "$variant: building (from nothing it takes minutes; output in $obj/log)"
	kmake -j"$(nproc)" bzImage modules >"$obj/log" 2>&1 || fail
	# A warning in a file of ours is worth a line; those of the tree are not ours to mend.
	sed 's,^\./,,' "$work/overlaid" >"$obj/ours"
	grep 'warning:' "$obj/log" | grep -F -f "$obj/ours" >&2 || :
}

# Out of tree, each in a copy of its folder, against the kernel that was just built.
compile_modules() {
	rm -rf "$obj/external"
	mkdir "$obj/external"
	for dir in $modules; do
		external=$obj/external/$(basename "${dir%/module}")
		cp -R "$dir" "$external"
		kmake M="$external" modules >"$obj/log" 2>&1 || fail
		grep 'warning:' "$obj/log" >&2 || :
	done
}

# The folder appears under its name when it is complete, and never before.
publish() {
	rm -rf "$scratch"
	mkdir -p "$scratch/modules"
	(cd "$obj" && sed 's/\.o$/.ko/' modules.order | xargs -r cp -t "$scratch/modules")
	find "$obj/external" -name '*.ko' -exec cp {} "$scratch/modules/" \;
	cp "$obj/arch/x86/boot/bzImage" "$obj/System.map" "$scratch/"
	cp "$obj/.config" "$scratch/config"
	objcopy --strip-all "$obj/vmlinux" "$scratch/vmlinux"
	make -s -C impls/lobos/user OUT="$obj/programs" host >"$obj/log" 2>&1 || fail
	"$obj/programs/mkflat" "$scratch/vmlinux" "$scratch/vmlinux.lobos" || die "$variant: no flat image"
	sed -n 's/^#define UTS_[A-Z]* "\(.*\)"$/\1/p' "$obj/include/generated/utsrelease.h" \
		"$obj/include/generated/utsversion.h" | paste -s -d ' ' >"$scratch/release"
	mv -T "$scratch" "$out"
}

build() {
	lock
	identify
	[ ! -d "$out" ] || return 0
	trap 'rm -rf "$scratch"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	link_tree
	stage
	# What was staged must be what was hashed, even if somebody is editing it.
	before=$out
	identify
	[ "$out" = "$before" ] || die "$variant: an overlay was changed while it was copied; run this again"
	sync_tree
	mkdir -p "$obj"
	configure
	compile
	compile_modules
	publish
	say "$variant: $(cat "$out/release")"
}

# In a function, so that the shell has read all of this file before the work begins.
main() {
	pristine=$(kernels/source.sh "$version")
	work=$pristine.build
	tree=$work/tree
	# Two hosts that share a cache have two compilers, and kbuild compiles everything again for another one.
	obj=$work/$arch-gcc-$(gcc -dumpfullversion)
	scratch=$work/scratch

	identify
	[ -d "$out" ] || build
	ln -sfnT "$out" "build/kernels/$variant"
	[ "$asked" = "$variant" ] || ln -sfnT "$variant" "build/kernels/$asked"
}

main
exit
