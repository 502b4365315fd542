#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# packages.t - packages are taken by their exact names from the suite that was named, or one line says why not
#
# The registry is a folder, made here; apt's lists and state are private, and its dpkg does nothing.
set -u

top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
host=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)

# package SUITE NAME: an empty package, for amd64 and for i386
package() {
	dir=$tmp/registry/dists/$1/main
	mkdir -p "$tmp/$2/DEBIAN" "$dir/binary-amd64" "$dir/binary-i386"
	printf '%s\n' "Package: $2" 'Version: 1' 'Architecture: all' 'Maintainer: nobody <nobody@localhost>' \
		'Description: nothing' >"$tmp/$2/DEBIAN/control"
	dpkg-deb --build "$tmp/$2" "$tmp/registry/$2.deb" >/dev/null
	for arch in amd64 i386; do
		(cd "$tmp/registry" && apt-ftparchive packages "$2.deb") >>"$dir/binary-$arch/Packages"
	done
}
package "$host" lobosbench-2.12
package other lobosbench-other
package other linux-source-6.12

mkdir -p "$tmp/apt/lists/partial" "$tmp/apt/archives/partial" "$tmp/top" "$tmp/cache"
: >"$tmp/apt/status"
cat >"$tmp/apt.conf" <<END
Dir::Etc::SourceList "$tmp/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State "$tmp/apt";
Dir::State::Lists "$tmp/apt/lists";
Dir::State::status "$tmp/apt/status";
Dir::Cache "$tmp/apt";
Dir::Log "$tmp/apt";
Dir::Bin::dpkg "/bin/true";
Acquire::Retries "0";
Acquire::http::Proxy "http://127.0.0.1:9";
Acquire::AllowInsecureRepositories "true";
APT::Get::AllowUnauthenticated "true";
END
export APT_CONFIG="$tmp/apt.conf"
# What is installed there: a name, then its architectures.
mkdir -p "$tmp/dpkg/info" "$tmp/dpkg/updates"
printf '%s\n' amd64 i386 >"$tmp/dpkg/arch"
installed() {
	name=$1
	shift
	for arch; do
		printf '%s\n' "Package: $name" 'Status: install ok installed' 'Version: 1' "Architecture: $arch" \
			'Multi-Arch: same' 'Maintainer: nobody <nobody@localhost>' 'Description: nothing' ''
		: >"$tmp/dpkg/info/$name:$arch.list"
	done >"$tmp/dpkg/status"
}
cp -r "$top/install-packages" "$top/fetch-packages" "$top/kernels" "$tmp/top/"

near() { echo "deb file:$tmp/registry $host main" >"$tmp/sources.list"; }
# A source of somebody else's, which has the name of the host's suite and not the other one.
both() { printf '%s\n' "deb file:$tmp/foreign $host main" "deb file:$tmp/registry $host main" >"$tmp/sources.list"; }
far() { echo "deb http://registry.invalid/debian $host main" >"$tmp/sources.list"; }
table() { printf '%s\n' "$@" >"$tmp/top/packages"; }

# ends NAME STATUS PATTERN COMMAND...: how it ends, and what one line that it says is like; no pattern, any line
ends() {
	name=$1 expected=$2 pattern=$3
	shift 3
	n=$((n + 1))
	status=0
	LOBOSBENCH_CACHE=$tmp/cache "$@" >"$tmp/out" 2>&1 || status=$?
	if [ "$status" = "$expected" ] && { [ -z "$pattern" ] || grep -qe "$pattern" "$tmp/out"; }; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $status, expected $expected; said:"
		sed 's/^/# /' "$tmp/out"
	fi
}
install() { fakeroot "$tmp/top/install-packages"; }
among() { DPKG_ADMINDIR=$tmp/dpkg fakeroot "$tmp/top/install-packages"; }
no_codename() {
	sed "s,/etc/os-release,$tmp/os-release," "$top/install-packages" >"$tmp/top/install-nameless"
	echo 'ID=debian' >"$tmp/os-release"
	sh "$tmp/top/install-nameless"
}
fetch() { "$tmp/top/fetch-packages" "$@"; }

echo 1..17
near
table "host $host lobosbench-2.1"
ends "a name that is only a pattern" 3 "suite $host has no package: lobosbench-2.1\$" install
table "host $host lobosbench-2.12"
ends "apt ends well, but the package is not there" 3 "suite $host are not installed: lobosbench-2.12\$" install
table "host any dpkg" "host $host apt"
ends "nothing is missing" 0 '' install
table "host any dpkg" "host nonesuch lobosbench-2.12"
ends "a suite that the table does not know" 3 "no line \"host $host\"" install
ends "a host whose suite has no name" 3 'os-release has no VERSION_CODENAME' no_codename
native=$(dpkg --print-architecture)
[ "$native" = amd64 ] && foreign=i386 || foreign=amd64
table "host $host lobosbench-pair"
installed lobosbench-pair "$native" "$foreign"
ends "installed for two architectures" 0 '' among
installed lobosbench-pair "$foreign"
ends "installed for another architecture only" 3 'has no package: lobosbench-pair$' among
far
table "host $host lobosbench-1"
ends "a registry out of reach" 3 "suite $host cannot be read from its registry.*: lobosbench-1\$" install
ends "apt's own words about it" 3 '^E: Failed to fetch' install

ends "fetching: a registry out of reach" 3 \
	'fetch-packages: busybox: suite other (i386) cannot be read from http://registry.invalid/debian' \
	fetch other i386 "$tmp/got" busybox
near
ends "fetching: a name that is only a pattern" 3 'suite other (i386) at .* has no package: lobosbench-oth.r$' \
	fetch other i386 "$tmp/got" lobosbench-oth.r lobosbench-other
ends "fetching from a suite that is not the host's" 0 '' fetch other i386 "$tmp/got" lobosbench-other
n=$((n + 1))
[ "$(ls "$tmp/got")" = lobosbench-other_1_all.deb ] || printf 'not '
echo "ok $n - that package, and nothing else"
both
ends "fetching: a source that lacks the suite, beside one that has it" 0 '' \
	fetch other i386 "$tmp/got-both" lobosbench-other
ends "fetching: the archive that lacks a package is the one that has the suite" 3 \
	"suite other (i386) at file:[^ ]*/registry/* has no package: lobosbench-none\$" \
	fetch other i386 "$tmp/got-both" lobosbench-none
near

table "kernel other linux-source-6.1"
ends "a kernel that the suite does not have" 3 'suite other (amd64) at .* has no package: linux-source-6.1$' \
	"$tmp/top/kernels/source.sh" 6.1
ends "a kernel that the table does not have" 1 'no line for linux-source-6.12$' \
	"$tmp/top/kernels/source.sh" 6.12
