# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154 # of bpfpath.sh, hooks.sh and tcx.sh
#
# front.sh: what sees packets before our classifiers do, sourced by bpfpath.sh. It may
# end their way: a program that redirects, steals or drops them, a filter of another
# kind. "bpfload front" asks for programs, tc.sh for filters.
#
# A place is an interface's hook: INODE.IFINDEX.HOOK.

declare -A PLACE	# a line for bpfload (loader/places.h): by place
declare -A NAME_AT	# the interface's name: by place
declare -A FRONT	# by place: what sees packets first, a line "KIND ID NAME" each, where
			# KIND is tcx or filter and NAME that of the program; or a line
			# "tc KIND PREF" of another filter; …
declare -A BEFORE	# … or netkit, which no way of selecting comes before, but at
			# the other end, …
declare -A XDP		# … and those of XDP, which see packets before they are sk_buffs
declare -A SEEN_FRONT	# FRONT when it was looked at last: by place
declare -A SAID		# what is to be said, a line "IFNAME ID" for each interface: by "HOOK	TEXT"

looked=		# yes: FRONT is of a moment ago, before anything was prepared
has_tcx=yes	# empty: this kernel has neither tcx nor netkit

# place_add INODE PATH IFINDEX FORM IFNAME: takes in the interface's hooks
place_add()
{
	local hook

	for hook in "${HOOKS[@]}"; do
		PLACE[$1.$3.$hook]="$1"$'\t'"$2"$'\t'"$3"$'\t'"$hook"$'\t'"$4"
		NAME_AT[$1.$3.$hook]=$5
	done
}

# place_forget INODE IFINDEX: the interface is gone, and tcx lets go what is pinned
place_forget()
{
	local hook

	for hook in "${HOOKS[@]}"; do
		rm -f "$PINS/tcx/$1-$2-$hook"
		unset "PLACE[$1.$2.$hook]" "NAME_AT[$1.$2.$hook]" "FRONT[$1.$2.$hook]" \
			"BEFORE[$1.$2.$hook]" "XDP[$1.$2.$hook]" "AGAIN[$1.$2.$hook]" "SEEN_FRONT[$1.$2.$hook]" "PREF_OF[$1.$2.$hook]"
	done
}

# lines_of PLACE...: prints them for bpfload
lines_of()
{
	local place

	for place; do
		printf '%s\n' "${PLACE[$place]}"
	done
}

# front_read: takes in the table of "bpfload front" on stdin
front_read()
{
	local place kind
	local -A at=()
	local -a words

	columns at netns ifindex hook kind id name || return
	while IFS=$'\t' read -ra words; do
		place=${words[at[netns]]}.${words[at[ifindex]]}.${words[at[hook]]}
		kind=${words[at[kind]]}
		kind+=" ${words[at[id]]} ${words[at[name]]}"$'\n'
		case $kind in
		xdp*) XDP[$place]+=$kind ;;
		netkit*) BEFORE[$place]+=$kind ;;
		*) FRONT[$place]+=$kind ;;
		esac
	done
}

# look_in_front [--xdp] PLACE...: sets FRONT and BEFORE, and XDP, of these places by the
# programs there
look_in_front()
{
	local xdp='' place table status=0

	[ "${1:-}" != --xdp ] || { xdp=--xdp; shift; }
	[ $# != 0 ] || return 0
	for place; do
		unset "FRONT[$place]" "BEFORE[$place]" ${xdp:+"XDP[$place]"}
	done
	table=$(lines_of "$@" | "$BPFLOAD" front $xdp "$PINS") || status=$?
	[ "$status" != "$CANNOT" ] || { status=0; has_tcx=; }
	if [ $status = 0 ]; then
		front_read <<<"$table"
	else
		say "programs in front of the classifier cannot be looked for"
	fi
}

# front_seen PLACE...: what is in front there now, is nothing new later
front_seen()
{
	local place

	for place; do
		SEEN_FRONT[$place]=${FRONT[$place]:-}
	done
}

# who_is FRONT-LINES: sets "who" to the words for what sees packets first, without its
# id, and "id" to that
who_is()
{
	local kind name rest

	read -r kind id name <<<"$1"
	rest=${1#*$'\n'}
	case $kind,$name in
	tc,*) who="tc filter '$id' (preference $name)" id= ;;
	*,-) who='a program' ;;
	*) who="program '$name'" ;;
	esac
	who+='@'	# the id's place
	[ -z "$rest" ] || who+=' and others'
}

# note_said PLACE TEXT [always]: has it said of that interface and hook, with -q only what is
# "always" said; "@" in TEXT is where the id stands, which "id" has
note_said()
{
	[ -z "$quiet" ] || [ "${3:-}" ] || return 0
	SAID[${1##*.}$'\t'$2]+="${NAME_AT[$1]} $id"$'\n'
}

# warn_of_front PLACE: says that something stands in front there
warn_of_front()
{
	local who id

	who_is "${FRONT[$1]}"
	note_said "$1" "$who stands in front: packets that it takes are not selected" always
}

# note_before: has it said which programs of netkit and XDP come before what is attached now
note_before()
{
	local place who id

	for place in "${!BEFORE[@]}" "${!XDP[@]}"; do
		[[ ${PREF_OF[$place]:-} && -z ${known[$place]:-} ]] || continue
		[ -z "${BEFORE[$place]:-}" ] || {
			who_is "${BEFORE[$place]}"
			note_said "$place" "$who of netkit sees packets first, where the other end sends them"
		}
		[ -z "${XDP[$place]:-}" ] || {
			who_is "${XDP[$place]}"
			note_said "$place" "$who of XDP sees packets first"
		}
		unset "BEFORE[$place]" "XDP[$place]"
	done
}

# some WORD...: prints the first three, and how many more there are
some()
{
	local words

	printf -v words ', %s' "${@:1:3}"
	[ $# -le 3 ] || words+=" and $(($# - 3)) more"
	echo "${words#, }"
}

# say_all: says what note_said() has noted: the same of many interfaces is one line
say_all()
{
	local key text name id
	local -A ids
	local -a names

	for key in "${!SAID[@]}"; do
		names=() ids=()
		while read -r name id; do
			[ -z "$name" ] || names+=("$name")
			[ -z "$id" ] || ids[$id]=1
		done <<<"${SAID[$key]}"
		text=${key#*$'\t'} id=
		case ${#ids[@]} in
		0) ;;
		1) id=" (id ${!ids[*]})" ;;
		*) id=" (ids $(some "${!ids[@]}"))" ;;
		esac
		say "$(some "${names[@]}") ${key%%$'\t'*}: ${text/@/$id}"
	done
	SAID=()
}
