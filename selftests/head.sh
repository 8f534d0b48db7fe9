# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# head.sh: what the head of a test file says (lib.sh tells what it means).

# head_words FILE NAME: sets "words" to what stands behind "# NAME: " in the first
# 20 lines of the file
head_words()
{
	local line lines

	words=
	mapfile -t -n 20 lines <"$1"
	for line in "${lines[@]}"; do
		[[ $line != "# $2: "* ]] || words+=" ${line#*: }"
	done
	words=${words# }
}

# is_also GUEST FILE: the file is for that one, too
is_also()
{
	local words

	head_words "$2" also
	[[ " $words " == *" $1 "* ]]
}

# is_for KERNELS FILE: the file is for a kernel that these of the words behind
# "kernels:" stand for
is_for()
{
	local words

	head_words "$2" kernels
	[[ -z $words || " $1 " == *" $words "* ]]
}
