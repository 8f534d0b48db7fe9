# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2153,SC2154 # associative arrays, of other files
#
# tcx.sh: classifiers by tcx (Linux 6.6), and where they are to be; sourced by bpfpath.sh.
# "bpfload tcx" attaches them before all other programs of the interface, which come before all filters of tc.
# A link is pinned below PINS/tcx, and goes with its pin: nothing has to be noted.

declare -A NO_CLSACT	# why clsact is not to be had: by place

AGAIN_MAX=3	# how often it goes to the head again, at one place, in a run
declare -A AGAIN	# how often it has: by place
copies=		# yes: each classifier is loaded twice, which that needs

# no_clsact PLACE WHY: clsact is not to be had there; "auto" takes tcx
no_clsact()
{
	if [ "$select" = auto ]; then
		NO_CLSACT[$1]=$2
		by_tcx+=("$1")
	else
		refuse "${NAME_AT[$1]}" "${1##*.}" "$2"
	fi
}

# choose_means INODE: sets by_clsact: by hook, the names of the interfaces that get a filter of
# tc; and by_tcx: the places of the others. Fails when the namespace is gone
choose_means()
{
	local inode=$1 hook name place qdiscs
	local -a names

	[ "$select" = tcx ] || qdiscs=$(qdiscs_there 2>/dev/null) || return
	with_qdisc had clsact ingress <<<"$qdiscs"
	for hook in "${HOOKS[@]}"; do
		names=("${!IFINDEX[@]}")
		[ "$select" = tcx ] || {
			with_place "$inode" "$hook" "${names[@]}"
			take_prefs "$inode" "$hook" "${names[@]}"
		}
		for name in "${names[@]}"; do
			place=$inode.${IFINDEX[$name]}.$hook
			if [ "$select" = tcx ] || comes_late "$place"; then
				by_tcx+=("$place")
			else
				by_clsact[$hook]+="$name "
			fi
		done
	done
}

# comes_late PLACE: succeeds when a filter of tc is not to be taken there, since
# something sees packets before that would
comes_late()
{
	[ "${PREF_OF[$1]:-}" != tcx ] || return 0
	[ "${FRONT[$1]:-}" ] || return
	[ "$select" = clsact ] || return 0
	[ "${known[$1]:-}" ] || warn_of_front "$1"
	return 1
}

# tcx_links PLACE...: prints for each that has failed a line: its number among these, and why;
# fails when this kernel has no tcx
tcx_links()
{
	local line status=0

	lines_of "$@" | "$BPFLOAD" tcx "$PINS" || status=$?
	[ "$status" != "$CANNOT" ] || return 1
	[ $status = 0 ] || for ((line = 1; line <= $#; line++)); do
		printf '%s\tbpfload tcx has failed\n' "$line"
	done
}

# tcx_attach PLACE...: attaches to these interfaces and hooks; fails when this kernel has
# no tcx
tcx_attach()
{
	local place messages line why

	[ $# != 0 ] || return 0
	messages=$(tcx_links "$@") || return
	for place; do
		PREF_OF[$place]=tcx
	done
	attached=$((attached + $#))
	while IFS=$'\t' read -r line why; do
		[ -z "$line" ] || failed_place "${!line}" "$why"
	done <<<"$messages"
}

# go_by_tcx PLACE...: attaches by tcx, and notes what is to be said of that; or falls back
go_by_tcx()
{
	local place who id

	tcx_attach "$@" || {
		select_fallback "$@"
		return
	}
	for place; do
		[[ ${PREF_OF[$place]:-} = tcx && -z ${known[$place]:-} ]] || continue
		id=
		if [ "${NO_CLSACT[$place]:-}" ]; then
			note_said "$place" "selected by tcx: ${NO_CLSACT[$place]}"
		elif [ "${FRONT[$place]:-}" ]; then
			who_is "${FRONT[$place]}"
			note_said "$place" "selected by tcx, in front of $who"
		fi
	done
}

# late_netns INODE: adds to "late" the places where a filter of tc comes too late, or cannot be
late_netns()
{
	local had=''
	local -a by_tcx=()
	local -A known=() by_clsact=()

	[ -z "$has_tcx" ] || return 0
	choose_means "$1" || return 0
	late+=("${by_tcx[@]}")
}

# auto_receive: where this kernel has no tcx, and clsact would not do somewhere, "auto" takes
# receive for the whole run, before anything is prepared for either
auto_receive()
{
	local place who id
	local -a late=()

	[[ $select = auto && -z $uid$pid$comm ]] || return 0
	[[ $btf || -e /sys/kernel/btf/vmlinux ]] || return 0	# no receive
	read -ra HOOKS <<<"${CLASSIFIERS[$dir]}"
	each_netns late_netns <<<"$NETDEVS_THERE"
	looked=yes LEFT_OUT=()
	[ -z "$has_tcx" ] || return 0
	for place in "${late[@]}"; do
		id=
		if [ "${NO_CLSACT[$place]:-}" ]; then
			note_said "$place" "selected by receive: ${NO_CLSACT[$place]}"
		else
			who_is "${FRONT[$place]}"
			note_said "$place" "selected by receive, in front of $who"
		fi
	done
	say_all
	[ ${#late[@]} = 0 ] || select=receive
	PREF_OF=() FRONT=() NO_CLSACT=()
}

# select_fallback PLACE...: where clsact is too late or not to be had, and this kernel has no
# tcx. What auto_receive() finds at the start does not come here: what appears later does
select_fallback()
{
	local place hook

	[ "$select" != tcx ] || {
		say "-s tcx: this kernel has no tcx; it needs Linux 6.6 or newer"
		exit "$CANNOT"
	}
	for place; do
		hook=${place##*.}
		if [ "${NO_CLSACT[$place]:-}" ]; then
			refuse "${NAME_AT[$place]}" "$hook" "${NO_CLSACT[$place]}"
		else
			warn_of_front "$place"
			by_clsact[$hook]+="${NAME_AT[$place]} "
		fi
	done
}

# filter_drop PLACE: removes the filter of tc there, whose place tcx has taken
filter_drop()
{
	local netns_path handle

	IFS=$'\t' read -r _ netns_path _ <<<"${PLACE[$1]}"
	netns_path=${netns_path#-}
	handle="pref ${PREF_OF[$1]} handle $HOOK_HANDLE protocol all bpf"
	tc_batch 2>/dev/null <<<"filter del dev ${NAME_AT[$1]} ${1##*.} $handle"
}

# tcx_again PLACE...: goes to the head there once more. The kernel takes no program twice at
# a place; with a copy the new link is there before the old one goes
tcx_again()
{
	local place messages line why who id
	local -A failed=()

	[ $# != 0 ] || return 0
	[ "$copies" ] || ! pin_programs _2 || copies=yes
	messages=$(tcx_links "$@") || return 0
	while IFS=$'\t' read -r line why; do
		[ -z "$line" ] || failed[${!line}]=$why
	done <<<"$messages"
	for place; do
		who_is "${FRONT[$place]}"
		AGAIN[$place]=$((${AGAIN[$place]:-0} + 1))
		if [ "${failed[$place]:-}" ]; then
			note_said "$place" "$who went in front: cannot be selected before it: ${failed[$place]}" always
			continue
		fi
		[ "${PREF_OF[$place]}" = tcx ] || filter_drop "$place"
		PREF_OF[$place]=tcx
		note_said "$place" "$who went in front during the run: selected by tcx, before it, from now on"
	done
}

# front_guard [over]: looks for programs that have gone in front since, and takes the head
# again, but not without end: somebody else may do the same. When the run is over, and
# with -s clsact, they are only named
front_guard()
{
	local place who id
	local -a again=()

	[[ $has_tcx && $select != receive ]] || return 0
	look_in_front "${!PREF_OF[@]}"
	for place in "${!PREF_OF[@]}"; do
		[ "${FRONT[$place]:-}" != "${SEEN_FRONT[$place]:-}" ] || continue
		SEEN_FRONT[$place]=${FRONT[$place]:-}
		[ "${FRONT[$place]:-}" ] || continue
		if [[ $select != clsact && -z ${1:-} && ${AGAIN[$place]:-0} -lt $AGAIN_MAX ]]; then
			again+=("$place")
		else
			who_is "${FRONT[$place]}"
			note_said "$place" "$who went in front during the run: packets that it takes are not selected" always
		fi
	done
	tcx_again "${again[@]}"
	for place in "${again[@]}"; do
		SEEN_FRONT[$place]=
	done
	say_all
}
