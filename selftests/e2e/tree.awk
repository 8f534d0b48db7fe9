# SPDX-License-Identifier: GPL-2.0-only
#
# tree.awk: records in, what is wrong with its calls out, a line each, and at the
# end how many functions were entered and how many of these returned. Of one
# thread (or CPU, where none ran) and one packet, what begins later returns
# earlier; so a function's time covers that of all it calls. AWK_COLUMNS of
# lib/output.sh stands before it.

/^#/ { next }
$1 != "step" && $1 != "return" { next }

{
	func_name = $at["func"]
	ns = $at["ns"]
	pid = $at["pid"]
	where = $at["packet"] "." $at["kin"] "/" \
		(pid ~ /^(-|0)$/ ? "cpu" $at["cpu"] : pid)
}

# freeing functions have no probe of their return
$1 == "step" && func_name !~ /:|kfree|consume|defer_free|stolen/ {
	entered++
	depth = ++open[where]
	name[where, depth] = func_name
	begin[where, depth] = ns
	inner[where, depth] = 0
}

$1 == "return" {
	depth = open[where]
	if (!depth || name[where, depth] != func_name) {
		print where ": " func_name " returns out of turn, at " ns
		next
	}
	took = ns - begin[where, depth]
	if (inner[where, depth] > took)
		print where ": " func_name " calls what takes longer"
	open[where]--
	inner[where, depth - 1] += took
	returned++
}

END {
	print "entered " entered + 0 ", returned " returned + 0
	exit !(entered && entered == returned)
}
