#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# vm-build.sh arm64: builds what guests of another architecture run, by a cross
# compiler, against the libraries of their root (vm-root.sh): programs in
# build/ARCH, and probes of the default list in build/bpf.
# Exit status: 4 when this machine cannot.

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)

case $1 in
arm64)	machine=aarch64 ;;
*)	echo "usage: vm-build.sh arm64" >&2
	exit 2 ;;
esac
cc=$machine-linux-gnu-gcc
type -P "$cc" >/dev/null || { echo "no $cc here" >&2; exit 4; }
root=$("$TOP/scripts/vm-root.sh" "$1")

# Two guests may begin at the same time.
mkdir -p "$TOP/build/$1"
exec 9>"$TOP/build/$1/lock"
flock 9
make -s -C "$TOP" MACHINE="$machine" "bpf-$machine"
# The compiler has directories of its own for the target, which come before the root's.
make -s -C "$TOP" BUILD="build/$1" ARCHES= PCAP=yes \
	CC="$cc --sysroot=$root -isystem $root/usr/include \
		-isystem $root/usr/include/$machine-linux-gnu \
		-L$root/usr/lib/$machine-linux-gnu" \
	"build/$1/bpfload" "build/$1/pathreport" check-tools
