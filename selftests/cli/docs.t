#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what documents say is what the code does
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 16

cd "$TOP" || exit 1
MAN=Documentation/bpfpath.8

# man_section NAME: its lines, without the escapes of dashes
man_section()
{
	awk -v name="$1" '/^\.SH/ { on = $0 == ".SH " name; next } on' "$MAN" |
		sed 's/\\-/-/g'
}

# The options as lines "-x --name", sorted, of the three places; "--name --name"
# where there is no letter

options_in_usage()
{
	"$BPFPATH" -h | sed -nE 's/^  (-[A-Za-z]), (--[a-z-]+).*/\1 \2/p
		s/^      (--[a-z-]+).*/\1 \1/p' | sort
}

options_in_man()
{
	man_section OPTIONS |
		sed -nE 's/^\.BR (-[A-Za-z]) ", " (--[a-z-]+).*/\1 \2/p
			s/^\.BR? (--[a-z-]+)( " \\f[IB].*)?$/\1 \1/p' | sort
}

options_in_parser()
{
	sed -n '/^declare -A LONG=(/,/)/p' "$TOP/scripts/options.sh" |
		grep -oE '\[--[a-z-]+\]=[A-Za-z]+' |
		sed -E 's/\[(.*)\]=(.)$/-\2 \1/; s/\[(.*)\]=.*/\1 \1/' | sort
}

# accepts OPTION: alone it is taken, or needs a value
accepts()
{
	[[ $("$BPFPATH" "$1" 2>&1) != *"unknown option '$1'"* ]]
}

# accepted OPTION...: those that the parser takes
accepted()
{
	local option

	for option; do
		! accepts "$option" || printf '%s\n' "$option"
	done | sort
}

verbs_in_usage()
{
	"$BPFPATH" -h | sed -nE 's/^  ([a-z]+) +[^ ].*/\1/p' | sort
}

verbs_in_man()
{
	man_section VERBS |
		awk 'tag { print $2 } { tag = $0 == ".TP" }' | sort
}

verbs_in_main()
{
	sed -nE '/^main\(\)/,/^}/s/^\t([a-z]+)\).*/\1/p' "$BPFPATH" | sort
}

# The columns of records: table and example of records.md, header of records.c

columns_in_table()
{
	awk -F '|' '/^\| column / { on = 1; next } !/^\|/ { on = 0 }
		on && /^\| `/ { print $2 }' Documentation/records.md |
		grep -oE '[a-z]+'
}

columns_in_example()
{
	sed -n 's/^ *#bpfpath-records-1\t//p' Documentation/records.md |
		tr '\t' '\n'
}

columns_in_loader()
{
	local text

	text=$(sed -n '/^void records_header/,/^}/p' loader/trace/records.c |
		grep -o '"[^"]*"' | tr -d '"\n')
	printf '%b' "$text" | cut -f 2- | tr '\t' '\n'
}

statuses_in_man()
{
	man_section 'EXIT STATUS' | sed -n 's/^\.B \([0-9]\)$/\1/p'
}

statuses_in_driver()
{
	echo 0
	grep -m 1 '^FAILED=' "$BPFPATH" | grep -o '[0-9]'
}

# broken_links: of README.md and Documentation, "FILE: TARGET" a line each
broken_links()
{
	local file target

	for file in README.md Documentation/*.md; do
		grep -oE '\]\([^)]+\)' "$file" | tr -d '])(' |
		while read -r target; do
			[ -e "$(dirname "$file")/$target" ] ||
				echo "$file: $target"
		done
	done
}

# man_warnings: what man says of the page
man_warnings()
{
	{ man --warnings -E UTF-8 -l "$MAN" >/dev/null; } 2>&1
}

check_man()
{
	if grep -q '^man ' <(man --version 2>/dev/null); then
		is "$(man_warnings)" "" "the man page gives no warnings"
	else
		skip "the man page gives no warnings" "no man here"
	fi
}

check_command()
{
	ok "README.md names: sudo $*" grep -qxF "    sudo $*" README.md
	ok "$1 can be run" test -x "$1"
}

isnt "$(options_in_usage)" "" "the usage names options"
is "$(options_in_man)" "$(options_in_usage)" "options: man page and usage"
is "$(options_in_parser)" "$(options_in_usage)" "options: parser and usage"
is "$(accepted -{a..z} -{A..Z} -{0..9})" \
	"$(options_in_usage | grep -o '^-[^-]' | sort)" \
	"letters: what the parser takes, and the usage"
isnt "$(verbs_in_usage)" "" "the usage names verbs"
is "$(verbs_in_man)" "$(verbs_in_usage)" "verbs: man page and usage"
is "$(verbs_in_main)" "$(verbs_in_usage)" "verbs: driver and usage"
is "$(statuses_in_man)" "$(statuses_in_driver)" \
	"exit statuses: man page and driver"
is "$(columns_in_table)" "$(columns_in_loader)" \
	"columns: table of records.md and header line"
is "$(columns_in_example)" "$(columns_in_loader)" \
	"columns: example of records.md and header line"
check_man
check_command ./bpfpath.sh demo
check_command ./selftests/run.sh
is "$(broken_links)" "" "links of documents lead somewhere"
