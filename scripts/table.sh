# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# table.sh: reads and writes files between two programs: lines of columns, separated by
# tabs, below a header line "#KIND<tab>NAME<tab>NAME…"; sourced by bpfpath.sh and
# propose.sh.

# rows COLUMN=VALUE|COLUMN!=VALUE NAME...: of the table on stdin the lines that have this
# value in that column, or another: the columns of these names, separated by tabs; fails
# when the table has no such column
rows()
{
	awk -F '\t' -v want="$1" -v names="${*:2}" '
		function column(what) {
			if (what in at)
				return at[what]
			print "bpfpath: " $1 ": no column " what | "cat >&2"
			exit 1
		}
		NR == 1 {
			for (i = 2; i <= NF; i++)
				at[$i] = i - 1
			count = split(names, name, " ")
			differs = split(want, pair, "!=") == 2
			if (!differs)
				split(want, pair, "=")
			key = column(pair[1])
			for (i = 1; i <= count; i++)
				place[i] = column(name[i])
			next
		}
		($key == pair[2]) != differs {
			line = $place[1]
			for (i = 2; i <= count; i++)
				line = line "\t" $place[i]
			print line
		}'
}

# columns ARRAY NAME...: reads the header of a table on stdin into an associative array:
# by a column's name, its place in a line, from 0; fails when a column NAME is not there
columns()
{
	local name i
	local -a words
	local -n places=$1

	IFS=$'\t' read -ra words || return
	for ((i = 1; i < ${#words[@]}; i++)); do
		# shellcheck disable=SC2034,SC2004 # the caller's, and no arithmetic
		places[${words[i]}]=$((i - 1))
	done
	for name in "${@:2}"; do
		[[ " ${words[*]:1} " = *" $name "* ]] || return
	done
}
