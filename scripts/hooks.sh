# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # of options.sh and bpfpath.sh
#
# hooks.sh: the classifier on the interfaces, sourced by bpfpath.sh.
#
# A filter of ours takes the lowest preference of its hook that it can have, to see packets
# before another filter can decide over them; where something else still would (front.sh),
# "auto" takes tcx (tcx.sh). Filters are added only while the file RUN/filters is there, in
# which they are noted first (tc.sh).

HOOK_HANDLE=$((RANDOM << 15 | RANDOM + 1))

declare -A FORM	# of the namespace's interfaces that is dealt with: ether, l3

HOOKS=()	# of the run: ingress, egress

TRIES=6		# where the first time fails, since an interface is just being made
retry=()	# lines of "bpfload netdevs" that are to be tried again
declare -A TRIED	# how often: by "INODE.IFINDEX"
declare -A SINCE	# when it appeared, in microseconds: the same

declare -A PREF_OF	# preference of our filters, or "tcx": by place, INODE.IFINDEX.HOOK
declare -A LEFT_OUT	# names of interfaces: by the reason
attached=0		# classifiers
refused=0		# interfaces and hooks that took none

# take_prefs INODE HOOK IFNAME...: sets PREF_OF of each interface that has none yet, to
# the lowest preference that is free, or has nothing but bpf filters for all protocols:
# a new one goes to the head of these (net/sched/cls_bpf.c). What comes before
# that goes to FRONT. "had": the interfaces that may have filters
take_prefs()
{
	local inode=$1 hook=$2 name pref protocol kind chain id prog place filters=
	local -A taken=() by_pref=()
	local -a old=()
	shift 2

	for name; do
		[[ $had != *" $name "* ]] || old+=("$name")
	done
	[ ${#old[@]} = 0 ] || filters=$(filters_there "$hook" "${old[@]}")
	while read -r name pref protocol kind chain id prog; do
		[ "$chain" = 0 ] || continue
		taken[$name.$pref]="$kind $protocol"
		[ "$id" = - ] || by_pref[$name.$pref]+="filter $id $prog"$'\n'
	done <<<"$filters"
	for name; do
		place=$inode.${IFINDEX[$name]}.$hook
		[ -z "${PREF_OF[$place]:-}" ] || continue
		pref=1
		while kind=${taken[$name.$pref]:-}; [[ $kind && $kind != 'bpf all' ]]; do
			# shellcheck disable=SC2004 # no arithmetic
			FRONT[$place]+=${by_pref[$name.$pref]:-"tc ${kind% *} $pref"$'\n'}
			pref=$((pref + 1))
		done
		PREF_OF[$place]=$pref
	done
}

# refuse NAME HOOK [WHY]: says that no filter can be attached there
refuse()
{
	refused=$((refused + 1))
	say "interface '$1': takes no classifier ($2)${3:+: $3}"
}

# with_place INODE HOOK IFNAME...: sets "names" to the interfaces that have a place
# for a filter. An ingress qdisc in the place of clsact takes a filter for egress as
# well, but hands it packets that arrive.
with_place()
{
	local inode=$1 hook=$2 name one_way=
	shift 2

	names=()
	[ "$hook" != egress ] ||
		with_qdisc one_way ingress <<<"$qdiscs"
	for name; do
		if [[ $one_way = *" $name "* ]]; then
			no_clsact "$inode.${IFINDEX[$name]}.$hook" "it has an ingress qdisc"
		else
			names+=("$name")
		fi
	done
}

# add_filters INODE HOOK IFNAME...: notes a filter for each interface, and appends
# the tc command that adds it to "commands", with its "HOOK IFNAME" in "meant"
add_filters()
{
	local inode=$1 hook=$2 name pref pin filter
	shift 2

	attached=$((attached + $#))
	for name; do
		pref=${PREF_OF[$inode.${IFINDEX[$name]}.$hook]}
		pin=$PINS/${hook}_${FORM[$name]}
		note "$inode" "$name" "$hook" "$pref" "$HOOK_HANDLE"
		filter="pref $pref handle $HOOK_HANDLE protocol all"
		filter+=" bpf direct-action object-pinned $pin"
		commands+=("filter add dev $name $hook $filter")
		meant+=("$hook $name")
	done
}

# add_qdiscs INODE IFNAME...: the same for a clsact on each
add_qdiscs()
{
	local inode=$1 name
	shift

	for name; do
		clsact_note "$inode" "$name"
		commands+=("qdisc add dev $name clsact")
		meant+=("clsact $name")
	done
}

# kernel_says: the part of tc's message that says why it failed
kernel_says()
{
	local said

	said=$(grep -v '^Command failed\|^We have an error' |
		sed 's/^Error: //; s/^RTNETLINK answers: //; s/\.$//' | sed -n 1p)
	case $said in
	*'Parent Qdisc doesn'*) echo "its clsact qdisc has been taken away" ;;
	*'Operation not supported'* | *'Unknown filter'* | *'Specified filter kind'*)
		echo "this kernel has no classifier for it (CONFIG_NET_CLS_BPF)" ;;
	*) echo "${said:-the kernel does not say why}" ;;
	esac
}

# failed_place PLACE WHY [clsact]: judges what could not be attached. An interface
# that was told of twice has it already; one that has just appeared is tried
# again; one that is gone again is no failure. "there": the interfaces that are there.
failed_place()
{
	local key=${1%.*} name=${NAME_AT[$1]}

	attached=$((attached - 1))
	[ -z "${known[$1]:-}" ] || return 0
	failed[$name]=yes
	unset "PREF_OF[$1]"
	: "${there:=$(netdevs_of "$netns_path" 2>/dev/null | rows netns!=- ifname || true)}"
	[[ $'\n'$there$'\n' = *$'\n'"$name"$'\n'* ]] || return 0
	if [ "${SINCE[$key]:-}" ] && [ $((TRIED[$key] += 1)) -lt $TRIES ]; then
		again[$name]=yes
	elif [ "${3:-}" ]; then
		no_clsact "$1" "$2"
	else
		refuse "$name" "${1##*.}" "$2"
	fi
}

# take_failures INODE: takes in which of the batch "commands" have failed, of which tc has
# said "messages"
take_failures()
{
	local inode=$1 line lines hook name why

	lines=$(failed_lines <<<"$messages")
	why=$(kernel_says <<<"$messages")
	for line in $lines; do
		read -r hook name <<<"${meant[line - 1]}"
		if [ "$hook" = clsact ]; then
			rm -f "$CLSACT_MARKS/$inode.${IFINDEX[$name]}"
		else
			failed_place "$inode.${IFINDEX[$name]}.$hook" "$why" clsact
		fi
	done
}

# is_taken_in KEY: succeeds for a filter that was not there before
is_taken_in()
{
	local hook

	for hook in "${HOOKS[@]}"; do
		[[ -z ${PREF_OF[$1.$hook]:-} || ${known[$1.$hook]:-} ]] || return 0
	done
	return 1
}

# say_blind INODE: says for how long interfaces that have appeared had no filter
say_blind()
{
	local name key ms

	for name in "${!IFINDEX[@]}"; do
		key=$1.${IFINDEX[$name]}
		[[ ${SINCE[$key]:-} && -z ${failed[$name]:-} ]] || continue
		ms=$(((${EPOCHREALTIME/[.,]/} - SINCE[$key]) / 1000))
		[ "$quiet" ] || ! is_taken_in "$key" ||
			say "interface '$name' appeared, and nothing was selected" \
				"there for $((ms / 1000)).$(printf %03d $((ms % 1000))) s"
		unset "SINCE[$key]" "TRIED[$key]"
	done
}

# attach_clsact INODE: attaches to the interfaces in "by_clsact", with one tc for all
# qdiscs and filters
attach_clsact()
{
	local inode=$1 hook name messages batch
	local -A new=()
	local -a commands=() meant=()

	for name in ${by_clsact[ingress]:-} ${by_clsact[egress]:-}; do
		[[ $had = *" $name "* ]] || new[$name]=1
	done
	add_qdiscs "$inode" "${!new[@]}"
	for hook in "${HOOKS[@]}"; do
		# shellcheck disable=SC2086 # one word each
		add_filters "$inode" "$hook" ${by_clsact[$hook]:-}
	done
	[ ${#commands[@]} != 0 ] || return 0
	printf -v batch '%s\n' "${commands[@]}"
	messages=$(tc_batch 2>&1 <<<"$batch")
	[ -z "$messages" ] || take_failures "$inode"
}

# attach_netns INODE: attaches to the interfaces in IFINDEX and FORM. What is to be tcx comes
# first, since it may have to be clsact; then what clsact has refused. "line_of" are lines of
# "bpfload netdevs"
attach_netns()
{
	local inode=$1 name had='' place there=
	local -a by_tcx=()
	local -A known=() failed=() again=() by_clsact=()

	for place in "${!PREF_OF[@]}"; do
		known[$place]=1
	done
	choose_means "$inode" || return 0
	go_by_tcx "${by_tcx[@]}"
	by_tcx=()
	attach_clsact "$inode"
	go_by_tcx "${by_tcx[@]}"
	note_before
	for name in "${!again[@]}"; do
		retry+=("${line_of[$inode.${IFINDEX[$name]}]}")
	done
	say_blind "$inode"
}

# why_not FORM: sets "why": why an interface of that form is left out; fails when it is
# not left out
why_not()
{
	why="packets of device type $1 are not known"
	[[ $1 = ether || $1 = l3 ]] || return 0
	why=${NO_FORM[$1]:-the expression is not for such packets}
	[ "${NO_FORM[$1]+no}" ]
}

# read_ifaces: sets IFINDEX and FORM by lines "IFINDEX FORM IFNAME"; of an interface that
# has two lines, the newer name counts
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

# each_netns FUNCTION: reads lines of "bpfload netdevs", and calls it, with the inode, for each
# namespace that has chosen interfaces: these are in IFINDEX and FORM
each_netns()
{
	# shellcheck disable=SC2034 # netdev_read() sets time
	local line time inode path index form name kind lower why
	local -A path_of=() netdevs_in=() line_of=() IFINDEX FORM
	local -a places=()

	while netdev_read; do
		is_chosen "$name" || continue
		if why_not "$form"; then
			LEFT_OUT[$why]+="${LEFT_OUT[$why]:+, }'$name'"
			continue
		fi
		path_of[$inode]=${path#-}
		place_add "$inode" "$path" "$index" "$form" "$name"
		places+=("${HOOKS[@]/#/$inode.$index.}")
		line_of[$inode.$index]=$line
		netdevs_in[$inode]+="$index $form $name"$'\n'
	done
	[ "$looked" ] || look_in_front --xdp "${places[@]}"
	looked=
	front_seen "${places[@]}"
	for inode in "${!path_of[@]}"; do
		netns_path=${path_of[$inode]}
		read_ifaces <<<"${netdevs_in[$inode]%$'\n'}"
		"$1" "$inode"
	done
}

# attach_netdevs: reads lines of "bpfload netdevs" and attaches to the chosen interfaces
attach_netdevs()
{
	each_netns attach_netns
	say_all
}

say_left_out()
{
	local why

	for why in "${!LEFT_OUT[@]}"; do
		say "left out: interface ${LEFT_OUT[$why]}: $why"
	done
}

# hooks_attach_all HOOK...: attaches at ingress, egress, of all chosen interfaces, the
# program PINS/HOOK_FORM to each. ifaces_choose has found those that are there; those
# that appear later are followed
hooks_attach_all()
{
	HOOKS=("$@")
	[ ${#IFACES[@]} != 0 ] && [ -z "$NETNS_ALL" ] || takes_new=yes
	hooks_lock
	notes_begin
	attach_netdevs <<<"$NETDEVS_THERE"
	hooks_unlock
	check_attached
	follow_netdevs >&2 &
	# shellcheck disable=SC2034 # of follow.sh
	follower_pid=$!
	exec {NETDEVS_FD}<&-
	NETDEVS_FD=
}

# check_attached: exits unless enough is attached to go on. With -i any, interfaces that
# take no classifier are left out; and when there is none yet, one may appear.
check_attached()
{
	if [ ${#IFACES[@]} != 0 ] || [ -z "$quiet" ]; then
		say_left_out
	fi
	[ "$refused" = 0 ] || [ ${#IFACES[@]} = 0 ] || die "nothing is traced"
	[ "$attached" = 0 ] || return 0
	[ "$refused" = 0 ] || die "no interface takes a classifier"
	[ ${#LEFT_OUT[@]} = 0 ] || wrong "no packet can match on these interfaces"
	[ "$takes_new" ] || die "the interfaces are gone"
	say "no such interface yet: '${IFNAME:-any}'"
}
