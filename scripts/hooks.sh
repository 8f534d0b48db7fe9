# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# hooks.sh: the classifier on the interfaces, also on those that appear during
# the run, sourced by bpfpath.sh.
#
# A filter of ours takes the lowest free preference of its hook, to see packets
# before another filter can decide over them. Filters are added only while the
# file RUN/filters is there, in which they are noted first (tc.sh).

HOOK_HANDLE=$((RANDOM << 15 | RANDOM + 1))

declare -A FORM	# of the namespace's interfaces that is dealt with: ether, raw

HOOKS=()	# of the run: ingress, egress
LINKS_FD=	# lines of "bpfload links"
links_pid=	# ... which runs while interfaces are followed ...
follower_pid=	# ... by this process, which attaches

declare -A PREF_OF	# preference of our filters: by "INODE.IFINDEX.HOOK"
declare -A LEFT_OUT	# names of interfaces: by the reason
attached=0		# filters added
refused=0		# interfaces and hooks that took none

# take_prefs INODE HOOK IFNAME...: sets PREF_OF, where there is none yet, to the
# lowest that no filter has; "had" are the interfaces that may have filters
take_prefs()
{
	local inode=$1 hook=$2 name pref
	local -A taken=()
	local -a old=()
	shift 2

	for name; do
		[[ $had != *" $name "* ]] || old+=("$name")
	done
	while read -r name pref; do
		taken[$name.$pref]=1
	done < <([ ${#old[@]} = 0 ] || filters_there "$hook" "${old[@]}")
	for name; do
		pref=1
		while [ "${taken[$name.$pref]:-}" ]; do
			pref=$((pref + 1))
		done
		: "${PREF_OF[$inode.${IFINDEX[$name]}.$hook]:=$pref}"
	done
}

# pin_of HOOK FORM: the program for such interfaces; fails when there is none
pin_of()
{
	local pin=$PINS/${1}_$2

	[ -e "$pin" ] || pin=$PINS/$1
	[ -e "$pin" ] && echo "$pin"
}

# refuse NAME HOOK [WHY]
refuse()
{
	refused=$((refused + 1))
	say "interface '$1': takes no classifier ($2)${3:+: $3}"
}

# with_place HOOK IFNAME...: sets "names" to the interfaces that have a place
# for a filter. An ingress qdisc, which is there instead of clsact, takes one of
# egress as well, but hands it what arrives.
with_place()
{
	local hook=$1 name one_way=
	shift

	names=()
	[ "$hook" != egress ] || one_way=$(with_qdisc ingress <<<"$qdiscs")
	for name; do
		if [[ $one_way = *" $name "* ]]; then
			refuse "$name" "$hook" "it has an ingress qdisc"
		else
			names+=("$name")
		fi
	done
}

# note_filters INODE HOOK IFNAME...: notes a filter for each interface, unless it
# was noted before, and prints the tc command that adds it
note_filters()
{
	local inode=$1 hook=$2 name pref ether raw pin
	shift 2

	ether=$(pin_of "$hook" ether) || true
	raw=$(pin_of "$hook" raw) || true
	for name; do
		pref=${PREF_OF[$inode.${IFINDEX[$name]}.$hook]}
		pin=$ether
		[ "${FORM[$name]}" = ether ] || pin=$raw
		echo "$inode ${netns_path:--} $name ${IFINDEX[$name]}" \
			"$hook $pref $HOOK_HANDLE" >>"$RUN/filters"
		echo "filter add dev $name $hook pref $pref" \
			"handle $HOOK_HANDLE protocol all" \
			"bpf direct-action object-pinned $pin"
	done
}

# attach_hook INODE HOOK IFNAME...: "qdiscs" is what tc says of the namespace. An
# interface that we are told of once more has its filter, which is the same and
# so is not added again; one that is gone again is no failure.
attach_hook()
{
	local inode=$1 hook=$2 messages line key name there
	local -a names
	shift 2

	with_place "$hook" "$@"
	[ ${#names[@]} != 0 ] || return 0
	take_prefs "$inode" "$hook" "${names[@]}"
	note_filters "$inode" "$hook" "${names[@]}" >"$RUN/batch"
	messages=$(tc_batch <"$RUN/batch" 2>&1)
	attached=$((attached + ${#names[@]}))
	[ "$messages" ] || return 0
	there=$(links_of "$netns_path")
	while read -r line; do
		name=${names[line - 1]}
		key=$inode.${IFINDEX[$name]}.$hook
		attached=$((attached - 1))
		[ -z "${known[$key]:-}" ] || continue
		unset "PREF_OF[$key]"
		[[ $there$'\n' != *" $name"$'\n'* ]] || refuse "$name" "$hook" \
			"$(grep -v '^Command failed' <<<"$messages" | head -n 1)"
	done < <(failed_lines <<<"$messages")
}

# attach_netns INODE: attaches to the interfaces in IFINDEX and FORM
attach_netns()
{
	local inode=$1 name hook qdiscs had key
	local -a new=()
	local -A known=()

	for key in "${!PREF_OF[@]}"; do
		known[$key]=1
	done
	qdiscs=$(qdiscs_there)
	had=$(with_qdisc 'clsact|ingress' <<<"$qdiscs")
	for name in "${!IFINDEX[@]}"; do
		[[ $had = *" $name "* ]] || new+=("$name")
	done
	[ ${#new[@]} = 0 ] || clsact_make "$inode" "${new[@]}"
	for hook in "${HOOKS[@]}"; do
		attach_hook "$inode" "$hook" "${!IFINDEX[@]}"
	done
}

# why_not FORM: why an interface of that form is left out; fails when it is not
why_not()
{
	case $1 in
	ether | raw)
		! pin_of "${HOOKS[0]}" "$1" >/dev/null || return 1
		echo "${NO_FORM[$1]:-the expression is not for such packets}" ;;
	*)	echo "packets of device type $1 are not known" ;;
	esac
}

# read_ifaces: "IFINDEX FORM IFNAME" lines become IFINDEX and FORM; of an
# interface that we are told of twice, the newer name counts
read_ifaces()
{
	local index form name
	local -A name_of=()

	IFINDEX=() FORM=()
	while read -r index form name; do
		[ -z "${name_of[$index]:-}" ] ||
			unset "IFINDEX[${name_of[$index]}]"
		name_of[$index]=$name
		IFINDEX[$name]=$index FORM[$name]=$form
	done
}

# attach_links: lines of "bpfload links"; attaches to those that are chosen
attach_links()
{
	local inode path index form name why
	local -A path_of=() links_of=() IFINDEX FORM

	while read -r inode path index form name; do
		is_chosen "$name" || continue
		if why=$(why_not "$form"); then
			LEFT_OUT[$why]+="${LEFT_OUT[$why]:+, }'$name'"
			continue
		fi
		path_of[$inode]=${path#-}
		links_of[$inode]+="$index $form $name"$'\n'
	done
	for inode in "${!path_of[@]}"; do
		netns_path=${path_of[$inode]}
		read_ifaces <<<"${links_of[$inode]%$'\n'}"
		attach_netns "$inode"
	done
}

say_left_out()
{
	local why

	for why in "${!LEFT_OUT[@]}"; do
		say "left out: interface ${LEFT_OUT[$why]}: $why"
	done
}

# links_start: sets LINKS_FD; interfaces are followed where any may appear
links_start()
{
	local follow=-f

	[ ${#IFACES[@]} = 0 ] || [ "$NETNS_ALL" ] || follow=
	exec {LINKS_FD}< <(drop_locks; links $follow)
	[ -z "$follow" ] || links_pid=$!
}

# links_first: the interfaces that are there; those that appear come behind an
# empty line
links_first()
{
	local line

	while read -r line && [ "$line" ]; do
		echo "$line"
	done <&"$LINKS_FD"
}

# links_more: waits for interfaces that appear, takes all that are told of by
# then; fails when no more will come
links_more()
{
	local line

	read -r line <&"$LINKS_FD" || return
	echo "$line"
	while read -t 0 -r <&"$LINKS_FD" && read -r line <&"$LINKS_FD"; do
		echo "$line"
	done
}

# follow_links: attaches to what appears. The end of this shell ends bpfload,
# which ends this: whoever removes the notes then finds all that was attached.
follow_links()
{
	local lines

	trap '' INT TERM HUP
	trap - EXIT
	drop_locks
	while lines=$(links_more); do
		hooks_lock
		[ -e "$RUN/filters" ] || break
		LEFT_OUT=()
		attach_links <<<"$lines"
		hooks_unlock
		[ "$quiet" ] || say_left_out
	done
}

# hooks_attach_all HOOK...: ingress, egress: on all chosen interfaces, the
# program PINS/HOOK_FORM for each
hooks_attach_all()
{
	local first

	HOOKS=("$@")
	links_start
	first=$(links_first)
	hooks_lock
	: >>"$RUN/filters"
	attach_links <<<"$first"
	hooks_unlock
	check_attached
	if [ "$links_pid" ]; then
		follow_links >&2 &
		follower_pid=$!
	fi
	exec {LINKS_FD}<&-
}

# check_attached: enough to go on? Where any interface will do, what takes no
# classifier is left out; and when there is none yet, one may appear.
check_attached()
{
	if [ ${#IFACES[@]} != 0 ] || [ -z "$quiet" ]; then
		say_left_out
	fi
	[ "$refused" = 0 ] || [ ${#IFACES[@]} = 0 ] || die "nothing is traced"
	[ "$attached" = 0 ] || return 0
	[ "$refused" = 0 ] || die "no interface takes a classifier"
	[ ${#LEFT_OUT[@]} = 0 ] || wrong "no packet can match on these interfaces"
	[ "$links_pid" ] || die "the interfaces are gone"
	say "no such interface yet: '${IFNAME:-any}'"
}

# hooks_unfollow: from here on nothing is attached
hooks_unfollow()
{
	[ "$links_pid" ] || return 0
	kill "$links_pid" 2>/dev/null || true
	[ -z "$follower_pid" ] || wait "$follower_pid" || true
}
