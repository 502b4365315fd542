#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# packages.sh - Debian's packages of another architecture, without adding it to the host
#
# usage: guest/packages.sh ARCHITECTURE FOLDER PACKAGE...
#
# Downloads the packages, and only them, into the folder. apt works on lists,
# a status and a cache of its own, and asks the host's own mirrors for the main
# suite only: what else a host has need not exist for that architecture.
set -eu
export LC_ALL=C

[ $# -ge 3 ] || { echo "usage: packages.sh ARCHITECTURE FOLDER PACKAGE..." >&2; exit 2; }
architecture=$1
folder=$2
shift 2

codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$scratch/sources" "$scratch/lists/partial" "$scratch/archives/partial" "$folder"
: >"$scratch/status"

# The entries of the host for the main suite, in either format, for any architecture.
cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
	sed -n "s/[[:space:]]arch=[^] ]*//; s/\[arch=[^] ]*/[/; s/\[ *\]//
		s/^deb[[:space:]]\(.*[[:space:]]\)${codename}[[:space:]].*main.*/deb \1$codename main/p" \
	>"$scratch/sources/host.list"
for file in /etc/apt/sources.list.d/*.sources; do
	[ ! -r "$file" ] || { cat "$file"; echo; }
done | awk -v codename="$codename" '
	function flush_stanza() {
		if (deb && main && suite && !off)
			printf "Types: deb\nSuites: %s\nComponents: main\n%s\n", codename, kept
		deb = main = suite = off = keep = 0
		kept = ""
	}
	/^[[:space:]]*$/ { flush_stanza(); next }
	/^#/ { next }
	/^[^[:space:]]/ {
		name = tolower($1)
		keep = name == "uris:" || name == "signed-by:" || name == "trusted:"
	}
	keep { kept = kept $0 "\n"; next }
	{
		for (i = 1; i <= NF; i++) {
			if (name == "types:" && $i == "deb") deb = 1
			if (name == "suites:" && $i == codename) suite = 1
			if (name == "components:" && $i == "main") main = 1
			if (name == "enabled:" && tolower($i) ~ /^(no|false|0)$/) off = 1
		}
	}
	END { flush_stanza() }' >"$scratch/sources/host.sources"
if [ ! -s "$scratch/sources/host.list" ] && [ ! -s "$scratch/sources/host.sources" ]; then
	echo "guest: no entry for \"$codename main\" among the apt sources of this host" >&2
	exit 1
fi

apt() {
	apt-get -q -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" \
		-o APT::Get::List-Cleanup=0 -o APT::Sandbox::User=root \
		-o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$scratch/sources" \
		-o "Dir::State::Lists=$scratch/lists" -o "Dir::State::status=$scratch/status" \
		-o "Dir::Cache=$scratch" -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

fetch() {
	apt --error-on=any update && (cd "$folder" && apt download "$@")
}

for pause in 5 20 0; do
	if fetch "$@" >"$scratch/log" 2>&1; then
		exit 0
	fi
	sleep "$pause"
done
cat "$scratch/log" >&2
echo "guest: $*: could not be downloaded for $architecture; see apt's words above" >&2
exit 1
