#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# lint.sh: checks of style that a machine can make: SPDX lines, names of files that are
# not there, include guards and names of types that two files have, shellcheck, the
# warnings of gcc and clang as errors, those of clang for the BPF programs; clang-format's
# form of the lines that are not committed, or with BASE=COMMIT that changed since then.
# Prints what is wrong; exit status 1 when anything is.

set -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

failed=0

# check_spdx FILE...: in the first three lines; JSON has two that must stand before it
check_spdx()
{
	! awk 'FNR == 1 { if (name) print name ": no SPDX line"; name = FILENAME }
		FNR <= 3 && /SPDX-License-Identifier: GPL-2.0-only/ { name = "" }
		END { if (name) print name ": no SPDX line" }' "$@" | grep . || failed=1
}

# check_paths FILE...: prints names in them of files that are not there (paths.awk)
check_paths()
{
	git ls-files >"$tmp/names"
	awk -f scripts/paths.awk "$tmp/names" "$@" || failed=1
}

# check_pipes FILE...: a reader that ends before its writer ends that by SIGPIPE,
# and with it, under pipefail, the whole pipeline; "live" marks where that is meant
check_pipes()
{
	! grep -nE '\| *(head|grep -[a-zA-Z]*[qm]) ' "$@" | grep -v live || {
		echo "a pipeline whose last reader ends early"
		failed=1
	}
}

# check_guards: prints include guards that stand in more than one header
check_guards()
{
	git grep -hE '^#ifndef [A-Z0-9_]+_H$' -- '*.h' | sort | uniq -d >"$tmp/twice"
	[ -s "$tmp/twice" ] || return 0
	sed 's/^#ifndef //; s/$/: the guard of two headers/' "$tmp/twice"
	failed=1
}

# check_types: prints the names of structs, unions and enums that two files define. It
# takes the folders that one reader goes through: programs of bpf/ and both C programs.
check_types()
{
	git grep -nE '(^|typedef |static |const )(struct|union|enum) [a-z0-9_]+ \{' -- \
		bpf loader report lib |
		sed -E 's/^([^:]*):[0-9]*:.*(struct|union|enum) ([a-z0-9_]+) .*/\3 \1/' |
		sort -u | awk '$1 == name { print $1 ": a type of " file " and of " $2; twice = 1 }
			{ name = $1; file = $2 } END { exit twice }' || failed=1
}

# check_declarations: every function that others may call says what it does
check_declarations()
{
	local -a headers

	mapfile -t headers < <(git ls-files 'loader/*.h' 'report/*.h' 'lib/*.h')
	awk -f scripts/declared.awk "${headers[@]}" || failed=1
}

# changed_lines COMMIT: FILE FIRST LAST, for each run of lines in C that is not as it was there
changed_lines()
{
	git diff -U0 --no-color --no-ext-diff --diff-filter=d "$1" -- '*.c' '*.h' | awk '
		/^[+][+][+] b/ { file = substr($2, 3) }
		/^@@/ { count = split(substr($3, 2), at, ",") > 1 ? at[2] : 1
			if (count) print file, at[1], at[1] + count - 1 }'
}

# ill_formed FILE: prints the lines in it that clang-format would write otherwise, of those
# that $tmp/lines names, and how. Left out is what it does not know (.clang-format): how much
# space is before a comment, how lists and macros are broken into lines.
ill_formed()
{
	local ranges

	mapfile -t ranges < <(awk -v file="$1" '$1 == file { print "--lines=" $2 ":" $3 }' \
		"$tmp/lines")
	clang-format "${ranges[@]}" "$1" | diff -b -U0 "$1" - | awk -v file="$1" '
		function tell() { if (meant) print file ":" at hunk; hunk = ""; meant = 0 }
		/^(---|[+][+][+]) / { next }
		/^@@/ { tell(); at = substr($2, 2); sub(/,.*/, "", at); next }
		{ hunk = hunk "\n" $0 }
		/^-[ \t]*([]{}".A-Z#[]|enum |asm|.*= [{] |static const .*[{])/ { next }
		/^-/ { meant = 1 }
		END { tell() }'
}

# check_format COMMIT: the form of lines that have changed since then
check_format()
{
	local file

	type -P clang-format >/dev/null || {
		echo "no clang-format here: the form of changed lines is not looked at" >&2
		return
	}
	changed_lines "$1" >"$tmp/lines"
	while read -r file; do
		! ill_formed "$file" | grep . || failed=1
	done < <(cut -d ' ' -f 1 "$tmp/lines" | sort -u)
	git -c core.whitespace=indent-with-non-tab diff --check "$1" -- '*.c' '*.h' || failed=1
}

# compile_all CC LEVEL: compiles both programs with all warnings; keeps nothing but what
# the linker says of sections that nothing needs. gcc's warnings on a variable's value
# depend on how much it optimizes; clang's do not.
compile_all()
{
	make -s BUILD="$tmp/$1" CC="$1" CFLAGS="-O$2 -Werror -ffunction-sections" \
		LDFLAGS="-Wl,--gc-sections,--print-gc-sections" \
		"$tmp/$1/bpfload" "$tmp/$1/pathreport" 2>"$tmp/$1.said" || {
		cat "$tmp/$1.said"
		failed=1
	}
}

# check_unused FILE: prints functions of headers that nothing outside their file calls, by
# what compile_all has left in FILE; of lib/ those that both programs leave out. A function
# that only tests call is there for them.
check_unused()
{
	local name names

	names=$(sed -n "s/.*section '\.text\.\([a-z0-9_]*\)' in file '\(.*\.o\)'$/\1 \2/p" \
		"$1" | sort | uniq -c |
		awk '$1 == ($3 ~ "/lib/[^/]*[.]o$" && $3 !~ "/loader/lib/" ? 2 : 1) { print $2 }')
	for name in $names; do
		git grep -qw "$name" -- 'lib/**.h' 'loader/**.h' 'report/**.h' || continue
		git grep -qw "$name" -- selftests && continue
		echo "$name: nothing outside its file calls it"
		failed=1
	done
}

# compile_bpf PROGRAM FLAG...: compiles it with all warnings, for each architecture
compile_bpf()
{
	local arch

	for arch in x86_64 aarch64; do
		clang -fsyntax-only -target bpf -mcpu=v3 -Wall -Wextra \
			-Wshadow -Wundef -Werror -Ibpf "-DARCH_$arch" "${@:2}" \
			-idirafter "/usr/include/$(uname -m)-linux-gnu" \
			"$1" || return
	done
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mapfile -t scripts < <(git ls-files '*.sh' '*.bash' '*.t' .ci/run)
# Input of tests is as it must be; debian/copyright speaks for the files beside it.
mapfile -t ours < <(git ls-files | grep -vxE 'COPYING|packaging/debian/.*|selftests/(golden|fuzz/corpus)/.*|selftests/filter/expressions')
check_spdx "${ours[@]}"
check_paths "${ours[@]}"
check_pipes "${scripts[@]}"
check_guards
check_types
check_declarations
check_format "${BASE:-HEAD}"
printf '%s\0' "${scripts[@]}" | xargs -0 -P "$(nproc)" -n 8 shellcheck -x ||
	failed=1
compile_all gcc 2
compile_all clang 0
check_unused "$tmp/gcc.said"
for program in bpf/*.c; do
	compile_bpf "$program" || failed=1
done
compile_bpf bpf/own/kprobe.c -DKP_NUM=1 -DKP_NAME=f -DKP_FIN=2 -DKP_ARG=1 || failed=1
exit $failed
