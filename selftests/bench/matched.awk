# SPDX-License-Identifier: GPL-2.0-only
#
# matched.awk: the lines of matched.sh as an aligned table; what a packet costs
# in its path is shown as what the tracer adds to the line of "none".

BEGIN {
	FS = "\t"
	form = "%-22s %8s %8s %9s %9s %7s %8s  %s\n"
	printf form, "", "", "added", "", "", "", "packets/s", ""
	printf form, "tracer", "packet", "by it", "loader", "report", "events",
		"no loss", "told in full"
}

$1 == "none matched" {
	none = $2
}

{
	name = $1
	sub(/ matched$/, "", name)
	printf form, name, $2, $2 == "-" ? "-" : $2 - none, $3, $4, $5, $6,
		$8 == "" ? $7 : $8
	fflush()
}
