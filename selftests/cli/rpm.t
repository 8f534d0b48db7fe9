#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: make rpm, as far as a machine without its build dependencies can
# requires: cmd:make cmd:llvm-strip cmd:rpmbuild
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 4

BUILT=$TOP/build/rpm

rm -rf "$BUILT"
make -s -C "$TOP" rpm RPMFLAGS=--nodeps >"$TMP/make" 2>&1 || tail -n 5 "$TMP/make" >&2
file=$(find "$BUILT/RPMS" -name 'bpfpath-[0-9]*.rpm')
isnt "$file" "" "rpm"
is "$(rpm -qp --queryformat '%{NAME} %{VERSION}' "$file")" "$("$BPFPATH" version)" "version"
is "$(rpm -qpl "$file" | grep -c '/bpfpath/kprobe/.*\.o$')" \
	"$(find "$TOP/build/bpf/$(uname -m)/kprobe" -name '*.o' | wc -l)" "objects"
if type -P rpmlint >/dev/null; then
	is "$(rpmlint -c "$TOP/packaging/rpmlint.toml" "$BUILT/bpfpath.spec" "$file" 2>&1 |
		grep ' E: ')" "" "rpmlint finds no error"
else
	skip "rpmlint finds no error" "no rpmlint here"
fi
