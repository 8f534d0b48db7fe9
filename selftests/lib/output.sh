# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# output.sh: what a trace has printed (trace.sh), as JSON or as records; sourced by
# lib.sh.

# What a program for awk(1) that reads records begins with: in the program $at["func"]
# is the column of that name, and columns are apart by tabs.
# shellcheck disable=SC2016 # awk expands it
AWK_COLUMNS='
	BEGIN { FS = "\t" }
	/^#bpfpath-records-1/ {
		for (i = 1; i <= NF; i++)
			at[$i] = i - 1
	}
'

# json NAME FILTER: jq's answer about the paths that the trace NAME printed, an
# array
json()
{
	jq -rs "map(select(.packet)) | $2" "$TMP/$1.out"
}

# funcs_of NAME [N]: prints the functions of path N (from 0) of that trace, a line each
funcs_of()
{
	json "$1" ".[${2:-0}].events[].func"
}

# has_func NAME REGEX [N]: succeeds when REGEX matches one of these functions as a whole
has_func()
{
	grep -qxE "$2" <(funcs_of "$1" "$3")
}

# records NAME TYPE COLUMN: that column of the records of a type (-o records)
records()
{
	records_in "$TMP/$1.out" "$2" "$3"
}

# records_in FILE TYPE COLUMN
records_in()
{
	awk -v type="$2" -v column="$3" \
		"$AWK_COLUMNS"'$1 == type { print $at[column] }' "$1"
}

# has_lines NAME COUNT: succeeds when the trace has printed at least that many lines
has_lines()
{
	[ "$(wc -l <"$TMP/$1.out")" -ge "$2" ]
}
