# SPDX-License-Identifier: GPL-2.0-only
#
# whole.awk: of the lines of pwru, one for each function that a packet came to,
# how many packets they tell in full: how often the functions of a first file, a
# line each, follow one another as there, all with the same sk_buff.

NR == FNR {
	function_at[++count] = $NF
	next
}

{
	if (at && (skb != $1 || $NF != function_at[at + 1]))
		at = 0
	if (!at && $NF != function_at[1])
		next
	skb = $1
	if (++at < count)
		next
	whole++
	at = 0
}

END {
	print whole + 0
}
