#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# publish.sh - one run becomes the published one, without what only this host needs
#
# usage: report/publish.sh [RUN [REFERENCE]]	(default: results/latest results/reference)
#
# Keeps the report, its figures, the samples, the witness's accounts, its word on each way and the console of each
# way's first machine. The other raw lines are megabytes that every clone would carry for ever.
set -eu
export LC_ALL=C

say() { echo "publish: $*" >&2; }
die() { say "$*"; exit 2; }

cd "$(dirname "$0")/.."
[ $# -le 2 ] || die "usage: report/publish.sh [RUN [REFERENCE]]"
run=${1:-results/latest}
# Without a slash at the end, for a name is appended to it.
reference=$(realpath -ms --relative-base=. "${2:-results/reference}")
for file in report.md report.html report.pdf samples.jsonl figures consoles; do
	[ -e "$run/$file" ] || die "$run has no $file: name the folder of a complete run; lobosbench report writes it"
done
if [ -e "$reference" ] && { [ ! -f "$reference/report.md" ] || [ ! -f "$reference/samples.jsonl" ]; }; then
	die "$reference exists and is no publication: it would be removed; name another folder"
fi

scratch=$reference.new
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
rm -rf "$scratch"
mkdir -p "$scratch/consoles"
cp "$run"/report.md "$run"/report.html "$run"/report.pdf "$run"/samples.jsonl "$scratch/"
cp -R "$run/figures" "$scratch/"
[ ! -f "$run/proofs.json" ] || cp "$run/proofs.json" "$scratch/"
[ ! -d "$run/witness" ] || cp -R "$run/witness" "$scratch/"

# Names are WAY-mNUMBER.console; by number, the first of each way.
find "$run/consoles/" -name '*-m*.console' | sort -V | while read -r console; do
	name=${console##*/}
	way=${name%-m*}
	[ "$way" = "${last:-}" ] || cp "$console" "$scratch/consoles/$name"
	last=$way
done

rm -rf "$reference"
mv -T "$scratch" "$reference"
say "$reference: $(find "$reference" -type f | wc -l) files, $(du -sk --apparent-size "$reference" | cut -f 1) KiB"
