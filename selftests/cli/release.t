#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: make dist and release.sh: what is in the archive, what is refused
# requires: cmd:git cmd:gcc cmd:make
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 18

CLONE=$TMP/clone
VERSION=$(sed -n 's/^VERSION=\([0-9.]*\).*/\1/p' "$TOP/bpfpath.sh")
DIST=build/bpfpath-$VERSION.tar.gz
export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@example.org \
	GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@example.org \
	GIT_CONFIG_GLOBAL=/dev/null

# make_clone: the files as they are here, in a commit of their own: they need not be
# committed here
make_clone()
{
	mkdir "$CLONE"
	tar -C "$TOP" --exclude=./build --exclude=./.git -cf - . | tar -C "$CLONE" -xf -
	cd "$CLONE" || exit 1
	git init -q && git add . && git commit -qm sources
}

# news HEADING: of its first section, committed
news()
{
	sed -i "0,/^$VERSION/s/^$VERSION.*/$1/" NEWS
	git commit -qam "news: $1"
}

# release ARG...: sets STATUS, out and err
release()
{
	STATUS=0
	packaging/release.sh "$@" >"$TMP/out" 2>"$TMP/err" || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
}

# refuses MESSAGE WHAT
refuses()
{
	release -n
	is "$STATUS|$out|$err" "1||release.sh: $1" "$2"
}

# ---------------------------------------------------------------- make dist

make_clone
touch stray
make -s dist >/dev/null 2>"$TMP/err"
is "$(<"$TMP/err")" "what is not committed is left out" "dist: a file that git does not have"
is "$(tar -tzf "$DIST" | grep -v '/$' | sort)" \
	"$(git ls-files | sed "s|^|bpfpath-$VERSION/|" | sort)" \
	"dist: what git has, below one directory"
first=$(sha256sum <"$DIST")
rm stray
touch ./*
umask 077
make -s dist >/dev/null 2>"$TMP/err"
umask 022
is "$(sha256sum <"$DIST")|$(<"$TMP/err")" "$first|" "dist: the same bytes again"
echo >>README.md
make -s dist >/dev/null 2>"$TMP/err"
is "$(sha256sum <"$DIST")|$(<"$TMP/err")" \
	"$first|what is not committed is left out" "dist: what is not committed"
git checkout -q README.md
mkdir "$TMP/unpacked"
tar -C "$TMP/unpacked" -xzf "$DIST"
cd "$TMP/unpacked/bpfpath-$VERSION" || exit 1
ok "dist: it builds by itself" make -s build/pathreport
is "$(build/pathreport --data data -q selftests/golden/demo-good.in 2>&1 | sed -n 1p)" \
	"$("$TOP/build/pathreport" --data "$TOP/data" -q \
		"$TOP/selftests/golden/demo-good.in" 2>&1 | sed -n 1p)" \
	"... and runs"
like "$(GIT_CEILING_DIRECTORIES=$TMP packaging/release.sh -n 2>&1)" \
	'^release.sh: fatal: not a git repository' \
	"a release of an archive"
cd "$CLONE" || exit 1

# ---------------------------------------------------------------- release.sh

news "$VERSION"
refuses "NEWS begins with '$VERSION', not with '$VERSION (YYYY-MM-DD)'" "no date"
news "$VERSION (2026-02-30)"
refuses "NEWS: no such day: 2026-02-30" "a date that is none"
news "$VERSION (2999-01-01)"
refuses "NEWS: 2999-01-01 is still to come" "a date to come"
news "$VERSION.1 (2026-01-01)"
refuses "NEWS begins with '$VERSION.1 (2026-01-01)', not with '$VERSION (YYYY-MM-DD)'" \
	"news of another version"
news "$VERSION (2026-01-31)"
touch stray
refuses "not committed:"$'\n'"?? stray" "a file that is not committed"
rm stray
rm -f build/bpfpath*
release -n
is "$STATUS|$out|$err" "0|would make $DIST and its sha256 sum, and the tag v$VERSION, of \
commit $(git rev-parse --short HEAD)|" "-n: what it would do"
is "$(git tag)$(ls build)" "" "-n: nothing is done"
release
is "$STATUS|$(git tag)|$(git cat-file -t "v$VERSION")|$(git rev-parse "v$VERSION^{}")" \
	"0|v$VERSION|tag|$(git rev-parse HEAD)" "an annotated tag"
ok "the archive has its sum" env -C build sha256sum -c --status "${DIST##*/}.sha256"
refuses "there is a tag v$VERSION already" "a second time"
release -x
is "$STATUS|${err##*Usage: }" "2|$(packaging/release.sh -h | sed '1s/Usage: //')" "usage"
