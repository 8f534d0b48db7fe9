#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: make install: what goes where, one version, the environment's compiler
# requires: cmd:make cmd:llvm-strip
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 17

DEST=$TMP/dest
GOOD=$TOP/selftests/golden/demo-good.in
cd "$TMP" || exit 1

# install_to WORD...: make's words
install_to()
{
	make -s -C "$TOP" install "$@" >&2
}

# files_in DIRECTORY: of DEST, without those directories that have many
files_in()
{
	(cd "$DEST" && find . -type f -o -type l) | sed 's|^\.||' |
		grep -v -e /kprobe/ -e /data/ -e /scripts/ -e '/bpfpath/[a-z_]*\.o$' | sort
}

# objects DIRECTORY: how many for a function each, and others
objects()
{
	find "$1" -path '*/kprobe/*.o' | wc -l
	find "$1" -name '*.o' ! -path '*/kprobe/*' | wc -l
}

# compiles_with MAKE_WORD...: the command lines for one object and one program
compiles_with()
{
	(unset CC CFLAGS CPPFLAGS LDFLAGS
	env "$@" make V=1 -C "$TOP" -n -B BUILD="$TMP/none" "$TMP/none/pathreport") |
		grep -e main.c -e '-o [^ ]*/pathreport'
}

ok "it installs" install_to DESTDIR="$DEST" PREFIX=/usr
is "$(files_in)" "/usr/libexec/bpfpath/bpfload
/usr/libexec/bpfpath/pathreport
/usr/sbin/bpfpath
/usr/share/bash-completion/completions/bpfpath
/usr/share/bpfpath/aside_funcs.list
/usr/share/bpfpath/bpf/copy_sites.list
/usr/share/bpfpath/bpf/merge_sites.list
/usr/share/bpfpath/bpf/output_probes.list
/usr/share/bpfpath/kp_funcs.list
/usr/share/man/man8/bpfpath.8
/usr/share/zsh/site-functions/_bpfpath" "where files go"
is "$(objects "$DEST/usr/lib/bpfpath")" "$(objects "$TOP/build/bpf/$(uname -m)")" \
	"objects, of this architecture"
is "$(ls "$DEST/usr/share/bpfpath/data")" "$(ls "$TOP/data")" "tables"
is "$(grep -rlF -e "$DEST" -e "$TOP" -e bpfpath.sh "$DEST" --exclude=bpfload \
	--exclude=pathreport --exclude-dir={completions,site-functions})" "" "no path of the sources is left, nor the name there"
is "$(find "$DEST" ! -type l -perm /022)" "" "nobody else can write there"
make -s -C "$TOP" uninstall DESTDIR="$DEST" PREFIX=/usr
is "$(find "$DEST" ! -type d)" "" "uninstall"

ok "it installs where it can be tried" install_to PREFIX="$TMP/usr" \
	SYSCONFDIR="$TMP/etc"
BPFPATH=$TMP/usr/sbin/bpfpath
version=$("$BPFPATH" version)
is "$version" "$("$TOP/bpfpath.sh" version)" "version"
is "$(sed -n 's/^\.TH.*"\(bpfpath [0-9.]*\)".*/\1/p' "$TMP/usr/share/man/man8/bpfpath.8")" \
	"$version" "version of the man page"
is "bpfpath $(grep -m 1 -B 1 -e '^---' "$TOP/NEWS" | sed -n 's/^\([0-9.]*\).*/\1/p')" \
	"$version" "version of NEWS"
like "$("$BPFPATH" -h)" "^Usage: bpfpath \[options\] EXPRESSION" "its name in the usage"
is "$("$BPFPATH" show "$GOOD")" "$("$TOP/bpfpath.sh" show "$GOOD")" "show"
is "$("$BPFPATH" setup 2>&1)" \
	"bpfpath: setup: is for a source tree, here all is built" "setup"

is "$(compiles_with CC=cc1 CFLAGS=-O7 CPPFLAGS=-DX1 | grep -c '^cc1.* -DX1 -O7 .*main\.c')" \
	1 "CC, CPPFLAGS and CFLAGS of the environment"
is "$(compiles_with LDFLAGS=-Wl,-x1 | grep -c -e '-Wl,-x1 -o .*pathreport')" 1 \
	"LDFLAGS of the environment"
is "$(compiles_with A=B | grep -c '^gcc .*-O2 -g .*main\.c')" 1 "and without"
