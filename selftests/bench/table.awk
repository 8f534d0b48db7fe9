# SPDX-License-Identifier: GPL-2.0-only
#
# table.awk: the lines of guest.sh as an aligned table, with ratios to the line
# of "none" and, beside what has a target, whether it is reached.
# Variable: release

BEGIN {
	FS = "\t"
	form = "%-16s %9s %-18s %9s %7s %6s %-18s %-18s %8s %5s  %s\n"
	printf form, "", "nothing", "", "1 of 100", "", "func-", "ms until", \
		"ms to", "memory", "", ""
	printf form, "tracer", "matches", "ratio", "matches", "ratio", "tions", \
		"armed", "stop", "kB", "fds", ""
	target["trixie", "multi", "ratio"] = 1.40
	target["trixie", "multi --all", "ratio"] = 1.75
	target["trixie", "multi --all", "armed"] = 1000
	target["bullseye", "fentry", "ratio"] = 1.12
	target["bullseye", "kprobe", "armed"] = 1500
}

# A program of others has no target.
function judged(what, value, text,	most)
{
	most = target[release, $1, what]
	if (what == "stop" && $1 !~ /^(pwru|bpftrace)/)
		most = 1000
	if (!most || text == "-")
		return text
	return text " " (value + 0 <= most ? "ok" : "missed") " (" most ")"
}

function ratio(ns, base)
{
	return ns == "-" ? "-" : sprintf("%.2f", ns / base)
}

$1 == "none" {
	nothing = $2
	matched = $3
}

{
	against = ratio($2, nothing)
	printf form, $1, $2, judged("ratio", $2 / nothing, against), \
		$3, ratio($3, matched), $4, judged("armed", $5, $5), \
		judged("stop", $6, $6), $7, $8, $9
	fflush()
}
