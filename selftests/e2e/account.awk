# SPDX-License-Identifier: GPL-2.0-only
#
# account.awk: reads what pathreport -o records prints (Documentation/records.md),
# one family after the other, adds it up by itself and prints lines "NAME NUMBER".
# AWK_COLUMNS of lib/output.sh stands before it.
#
#	families	whole and gaps together
#	unended		with members that have no end
#	lost, missing	events, by the kernel's count and by the numbers of the steps
#	wrong		where these two contradict each other
#	foreign		families with more than one IPv4 identification; but what TCP
#			keeps (a relative made by "original") has another one each
#			time that it is sent
#	strays		events of packets that should not match (see flood.c)
#	without		whole families of which the identification is not known
#	again		families that were printed before
#	twice		families with the identification of another one
#	reused		members whose address was that of another one before
#	note_NAME	the notes
#
#	-v list=FILE	writes there, for each family: number, whole or gaps
#	-v rules=N	firewalls tell of so many rules in a family, at most: these
#			events have no number, so a lost one is not seen to be missing

BEGIN {
	split("families whole gaps unended wrong foreign strays without again twice reused missing lost events",
		names, " ")
	for (i in names)
		sum[names[i]] = 0
}

/^# [a-z]+: / {
	colon = index($0, ": ")
	note[substr($0, 3, colon - 3)] = substr($0, colon + 2)
	next
}

# whether nothing of a member is missing: counts what is
function member_missing(kin, had, want) {
	had = steps[kin] + 0
	if (!(kin in begun))
		missing++
	if (!(kin in end)) {
		open = 1
		return
	}
	if (end[kin] == "-") {
		vague = 1
		want = top[kin] + (kin in top)
	} else {
		want = end[kin]
	}
	missing += want - had
	if (want < had)
		contradicts()
}

# The family that was read: the kernel's own count has to agree with what is
# missing by the numbers, as far as these tell.
function family_end(kin, whole) {
	if (family == "")
		return
	missing = open = vague = 0
	for (kin = 0; kin <= kins; kin++)
		member_missing(kin)
	for (kin in parent)
		check_parent(kin)
	whole = !missing && !open && !vague && !lost && !missed
	sum["families"]++
	sum[whole ? "whole" : "gaps"]++
	sum["unended"] += open
	sum["missing"] += missing
	sum["lost"] += lost
	sum["foreign"] += foreign
	sum["without"] += whole && !(0 in id)
	if (missing > lost || (!open && !vague && missing + rules - ruled < lost))
		contradicts()
	if (list)
		print family, whole ? "whole" : "gaps" >list
	if (family in seen)
		sum["again"]++
	seen[family] = 1
	if (0 in id && ids[id[0]]++)
		sum["twice"]++
}

function family_begin(number) {
	family_end()
	family = number
	kins = lost = missed = foreign = ruled = 0
	delete id
	delete original
	delete parent
	delete begun
	delete steps
	delete top
	delete end
	delete numbers
}

# Its IPv4 identification stays the same.
function check_id(own) {
	if (own == "-" || kin in original)
		return
	if (!(kin in id))
		id[kin] = own
	if (id[kin] != own)
		alien(kin, own)
	if (own >= 32768)
		sum["strays"]++
}

# … and is that of what it is made of.
function check_parent(kin, from) {
	from = parent[kin]
	if (kin in id && from in id && id[kin] != id[from])
		alien(kin, id[from])
}

function alien(kin, own) {
	foreign = 1
	if (aliens++ < 10)
		print "packet", family "." kin, "is", id[kin],
			"and", own >"/dev/stderr"
}

function contradicts() {
	if (sum["wrong"]++ < 10)
		print "packet", family, "misses", missing, "and", ruled,
			"rules, has lost", lost >"/dev/stderr"
}

function most(a, b) {
	return b != "-" && b + 0 > a ? b + 0 : a
}

/^#/ { next }

$at["packet"] != family { family_begin($at["packet"]) }

{
	sum["events"]++
	kin = $at["kin"]
	kins = most(kins, kin)
}

$1 == "born" {
	if ($at["func"] == "original")
		original[kin] = 1
	else
		parent[kin] = $at["parent"]
}

{ check_id($at["id"]) }

$1 == "select" || $1 == "born" {
	if (addresses[$at["skb"]]++)
		sum["reused"]++
	begun[kin] = 1
}

$1 == "rule" { ruled++ }

$1 == "step" {
	steps[kin]++
	if (numbers[kin, $at["seq"]]++)
		contradicts()
	top[kin] = most(top[kin] + 0, $at["seq"])
}

$1 == "end" {
	sum["events"]--
	end[kin] = $at["seq"]
	kins = most(kins, $at["kins"])
	lost = most(lost, $at["lost"])
	missed = most(missed, $at["missed"])
}

END {
	family_end()
	for (name in sum)
		print name, sum[name]
	for (name in note)
		print "note_" name, note[name]
}
