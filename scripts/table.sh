# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# table.sh: files between two programs: lines of columns, separated by tabs, below a
# header line "#KIND<tab>NAME<tab>NAME…"; sourced by bpfpath.sh.

# rows COLUMN=VALUE|COLUMN!=VALUE NAME...: of the table on stdin the lines that have this
# value in that column, or another: the columns of these names, separated by tabs
rows()
{
	awk -F '\t' -v want="$1" -v names="${*:2}" '
		NR == 1 {
			for (i = 2; i <= NF; i++)
				at[$i] = i - 1
			count = split(names, name, " ")
			differs = split(want, pair, "!=") == 2
			if (!differs)
				split(want, pair, "=")
			next
		}
		($(at[pair[1]]) == pair[2]) != differs {
			line = $(at[name[1]])
			for (i = 2; i <= count; i++)
				line = line "\t" $(at[name[i]])
			print line
		}'
}
