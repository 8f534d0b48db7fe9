# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # most of these are used by bpfpath.sh
#
# options.sh: the command line, sourced by bpfpath.sh: what each option sets, and
# what it may be. usage.sh has the text that explains them.

# default_list NAME: sets REPLY to the machine's own list of functions, or to ours
default_list()
{
	REPLY=$LISTS/$1
	[[ $LISTS && -e $REPLY ]] || REPLY=$ROOT/$1
}

# Options.
ifaces=
ifname=
netns=
dir=
filter_file=
inner=
mark=
uid=
pid=
comm=
count=
until_differs=
baseline=
wait=0
timeout=
exec_command=
ready_fd=
table=1024
buffer=16M
id=
bytes=
stack=
skb=
aside=
select=auto
attach=auto
read=auto
default_list kp_funcs.list
funcs=$REPLY
funcs_given=
all=
returns=
tracepoints=
btf=
output=text
columns=
fields=	# of these the ones that are read of packets: NAME,NAME…
save=
verbose=
quiet=

rules=	# what rules of firewalls say is told

# What -o text can show of a step besides the function.
STEP_COLUMNS=(time delta cpu comm pid call netns interface ifindex proto flow icmp id
	mark len skb module ct)

# What it can show, and others as well, when the programs read it: groups of fields, and
# any number in struct sk_buff, skb.MEMBER.
FIELD_GROUPS=(tcp gso vlan tunnel)

# The command line: options, and what is left.
options=()
words=()

# one_of OPTION VALUE CHOICE...: VALUE must be one of these
one_of()
{
	local option=$1 value=$2 choice
	shift 2
	for choice; do
		[ "$value" != "$choice" ] || return 0
	done
	wrong "$option '$value': must be one of: $*"
}

# is_seconds OPTION VALUE: VALUE must be seconds, with milliseconds at most
is_seconds()
{
	[[ $2 =~ ^(0|[1-9][0-9]{0,8})(\.[0-9]{1,3})?$ ]] || wrong "$1 '$2': must be" \
		"seconds, from 0 to 999999999, as 5 or 0.5$3"
}

# is_ready_fd N: a descriptor that somebody has opened for us
is_ready_fd()
{
	! [[ $1 =~ ^[1-9][0-9]{0,2}$ && $1 -gt 2 ]] || ! { : >&"$1"; } 2>/dev/null ||
		return 0
	wrong "--ready-fd '$1': no open descriptor from 3 to 999 that can be written"
}

is_number()
{
	[[ $2 =~ ^(0|[1-9][0-9]{0,8})$ ]] ||
		wrong "$1 '$2': must be a number from 0 to 999999999"
}

# Interface and namespace names reach ip(8) and tc(8) as words and files as
# path components.
is_name()
{
	[[ $2 =~ ^[^-/[:space:]][^/[:space:]]*$ && $2 != . && $2 != .. ]] ||
		wrong "$1 '$2': not a name"
}

# is_ifname OPTION NAME: a name, or the beginning of one and *, of what the
# kernel's names usually have
is_ifname()
{
	[[ ${#2} -le 16 && ${2%'*'} =~ ^[A-Za-z0-9_.+=@~-]{0,15}$ ]] ||
		wrong "$1 '$2': not an interface's name, or the beginning of one and *"
}

# is_ring_size SIZE: bytes, as a number that is a power of two; sets buffer to it
is_ring_size()
{
	local -A units=([K]=1024 [M]=1048576)
	local unit=${1: -1}

	if [[ $1 =~ ^[1-9][0-9]{0,9}[KM]?$ ]]; then
		buffer=$((${1%[KM]} * ${units[$unit]:-1}))
		[[ $buffer -lt 4096 || $buffer -gt 1073741824 ||
			$((buffer & buffer - 1)) != 0 ]] || return 0
	fi
	wrong "-b '$1': must be a power of two from 4K to 1024M"
}

# is_field NAME: is it the name of fields of a packet?
is_field()
{
	[[ " ${FIELD_GROUPS[*]} " = *" $1 "* || $1 =~ ^skb\.[A-Za-z0-9_.]{1,59}$ ]]
}

# is_columns LIST: NAME,NAME… or, to change the usual ones, +NAME,-NAME… Sets "fields" to
# those of a packet among them, each once, and "rules" if that is one
is_columns()
{
	local name others=
	local -a names

	fields=
	rules=
	IFS=, read -ra names <<<"$1,"
	for name in "${names[@]}"; do
		if [[ $name = ?([+-])rules ]]; then
			rules=${name%-*}
		elif ! is_field "${name#[+-]}"; then
			others=yes
			one_of --columns "${name#[+-]}" "${STEP_COLUMNS[@]}" rules \
				"${FIELD_GROUPS[@]}" skb.MEMBER
		elif [[ $name != -* && ",$fields," != *",${name#+},"* ]]; then
			fields+=${fields:+,}${name#+}
		fi
	done
	[ "$output" != text ] || return 0
	[ -z "$others" ] || wrong "--columns: only -o text has columns"
	[[ -z $rules || -n $save || " json records " = *" $output "* ]] ||
		wrong "--columns: -o $output shows no rules: text, json and records do," \
			"and -W FILE saves them"
	[[ -z $fields || -n $save || " hops tree json records " = *" $output "* ]] ||
		wrong "--columns: -o $output shows no fields of packets: text, hops, tree," \
			"json and records do, and -W FILE saves them"
}

is_snap_length()
{
	[[ $1 =~ ^[1-9][0-9]{1,3}$ && $1 -ge 64 && $1 -le 8192 ]] ||
		wrong "--bytes '$1': must be a number from 64 to 8192"
}

# is_stack: "stack" must be one that the output shows, or is saved with
is_stack()
{
	one_of --stack "$stack" end all
	[[ -n $save || " text hops tree json records folded " = *" $output "* ]] ||
		wrong "--stack: -o $output shows no stacks: text, hops, tree, json," \
			"folded and records do, and -W FILE saves them"
}

# is_packets N: N must be a number of packets that good routes are learnt from
is_packets()
{
	[[ $1 =~ ^[1-9][0-9]{0,8}$ ]] || wrong "--until-differs '$1': must be a" \
		"number of packets, from 1 to 999999999"
}

# check_baseline: says what is wrong before anything is attached
check_baseline()
{
	[ "$until_differs" = yes ] ||
		wrong "--baseline: good routes are those of the file, not of" \
			"$until_differs packets"
	[[ -f $baseline && -r $baseline ]] ||
		wrong "--baseline '$baseline': no file that can be read"
}

# check_until_differs: exit statuses are those of diff(1), where 1 is no failure
check_until_differs()
{
	one_of -o "$output" text json
	[ -z "$columns" ] || wrong "--columns: a difference has none"
	[[ -z $stack || $save ]] || wrong "--stack: a difference has none"
	: "${count:=0}"
	FAILED=2
	[ "$until_differs" = yes ] || is_packets "$until_differs"
	[ -z "$baseline" ] || check_baseline
}

check_options()
{
	local name
	local -a names

	[ -z "$netns" ] || is_name -N "$netns"
	[ -z "$ifaces" ] || is_name -i "$ifaces"
	IFS=, read -ra names <<<"$ifaces"
	for name in "${names[@]}"; do
		is_name -i "$name"
	done
	[ -z "$ifname" ] || is_ifname --ifname "$ifname"
	[ -z "$dir" ] || one_of -d "$dir" in out both
	one_of -s "$select" auto clsact tcx receive
	one_of -a "$attach" auto kprobe multi fentry tracepoint
	[ ! -f "$read" ] || wrong "-r '$read': is a file: \"show FILE\" shows saved" \
		"records, and tcpdump -r packets"
	one_of -r "$read" auto ring map pipe
	one_of -o "$output" text hops tree json dot svg pcapng records stats \
		stats-json prometheus folded
	[ -z "$columns" ] || is_columns "$columns"
	[ -z "$until_differs" ] || check_until_differs
	: "${count:=1}"
	is_number -c "$count"
	is_seconds -w "$wait" "; -W FILE saves records, and -o pcapng packets"
	[ -z "$timeout" ] || is_seconds --timeout "$timeout"
	[ -z "$ready_fd" ] || is_ready_fd "$ready_fd"
	is_number -t "$table"
	[[ $table != 0 && $table -le 1000000 ]] ||
		wrong "-t '$table': must be a number from 1 to 1000000"
	is_ring_size "$buffer"
	[ "$output" != pcapng ] || : "${bytes:=256}"
	[ -z "$bytes" ] || is_snap_length "$bytes"
	[ -z "$stack" ] || is_stack
}

# set_option LETTER VALUE: sets the option's variable
set_option()
{
	case $1 in
	i) ifaces=$2 ;;
	N) netns=$2 ;;
	d) dir=$2 ;;
	s) select=$2 ;;
	F) filter_file=$2 ;;
	I) inner=$2 ;;
	m) mark=$2 ;;
	ifname) ifname=$2 ;;
	uid) uid=$2 ;;
	pid) pid=$2 ;;
	comm) comm=$2 ;;
	c) count=$2 ;;
	timeout) timeout=$2 ;;
	exec) exec_command=$2 ;;
	ready) ready_fd=$2 ;;
	until) until_differs=${2:-yes} ;;
	baseline) baseline=$2 until_differs=${until_differs:-yes} ;;
	w) wait=$2 ;;
	t) table=$2 ;;
	b) buffer=$2 ;;
	id) id=yes ;;
	bytes) bytes=$2 ;;
	stack) stack=$2 ;;
	skb) skb=$2 ;;
	aside) default_list aside_funcs.list; : "${aside:=$REPLY}" ;;
	asidefuncs) aside=$2 ;;
	a) attach=$2 ;;
	r) read=$2 ;;
	f) funcs=$2 funcs_given=yes ;;
	A) all=1 ;;
	R) returns=1 ;;
	T) tracepoints=yes ;;
	btf) btf=$2 ;;
	o) output=$2 ;;
	C) columns=$2 ;;
	W) save=$2 ;;
	n) ;;	# as of tcpdump: names are not looked up anyway
	v) verbose=-v ;;
	q) quiet=-q ;;
	h) usage; exit 0 ;;
	V) version; exit 0 ;;
	esac
}

# Long options without a short form are their own letter.
declare -A LONG=([--iface]=i [--netns]=N [--dir]=d [--select]=s [--count]=c [--wait]=w
	[--table]=t [--buffer]=b [--id]=id [--bytes]=bytes [--stack]=stack [--skb]=skb
	[--timeout]=timeout [--exec]=exec [--ready-fd]=ready
	[--until-differs]=until [--baseline]=baseline [--aside]=aside [--aside-funcs]=asidefuncs
	[--filter]=F [--inner]=I [--mark]=m [--ifname]=ifname [--uid]=uid
	[--pid]=pid [--comm]=comm [--attach]=a [--read]=r [--funcs]=f
	[--output]=o [--columns]=C [--write]=W [--all]=A [--returns]=R
	[--tracepoints]=T [--btf]=btf [--numeric]=n [--verbose]=v [--quiet]=q [--help]=h [--version]=V)
WITH_VALUE=i:N:d:s:c:w:t:b:F:I:m:a:r:f:o:C:W:

takes_value()
{
	[[ $1 = ifname || $1 = ?id || $1 = comm || $1 = bytes || $1 = stack || $1 = skb || $1 = btf ||
		$1 = asidefuncs || $1 = baseline || $1 = timeout || $1 = exec || $1 = ready ||
		$WITH_VALUE = *"$1:"* ]]
}

# may_have_value LETTER: of --NAME=VALUE alone, --NAME is enough
may_have_value()
{
	[ "$1" = until ]
}

# long_option WORD NEXT: sets name, letter and OPTARG of --WORD, whose value
# may be the NEXT word of the command line
long_option()
{
	name=--${1%%=*}
	letter=${LONG[$name]:-?}
	if [[ $letter != \? && $1 = *=* ]]; then
		takes_value "$letter" || may_have_value "$letter" ||
			wrong "$name: takes no value"
		OPTARG=${1#*=}
	elif takes_value "$letter"; then
		OPTARG=$2
		OPTIND=$((OPTIND + 1))
	else
		OPTARG=
	fi
}

# set_option_of LETTER NEXT: what getopts has found; "OPTARG" is its value
set_option_of()
{
	local letter=$1 name=-$1

	case $letter in
	-) long_option "$OPTARG" "$2" ;;
	:) name=-$OPTARG letter=$OPTARG OPTARG= ;;
	\?) name=-$OPTARG ;;
	esac
	[ "$letter" != '?' ] || wrong "unknown option '$name'"
	! takes_value "$letter" || [ "$OPTARG" ] || wrong "$name: needs a value"
	set_option "$letter" "$OPTARG"
}

# is_option WORD: is WORD, behind the first word that is no option, one? "-" and "-5"
# are words of expressions.
is_option()
{
	[[ $1 = -[!0-9]* ]]
}

# parse_options ARGUMENT...: sets the options, and "words" to what is no option;
# both may stand anywhere, but behind "--" there are words alone. getopts knows
# short options; --name comes to it as option "-" with a value.
parse_options()
{
	local letter end OPTIND

	while [ $# -gt 0 ]; do
		OPTIND=1 end=1
		while getopts ":${WITH_VALUE}ARTnvqhV-:" letter; do
			set_option_of "$letter" "${!OPTIND}"
			end=$OPTIND
		done
		options+=("${@:1:end-1}")
		shift $((OPTIND - 1))
		if [ $OPTIND != $end ]; then
			words+=("$@")
			break
		fi
		while [ $# -gt 0 ] && ! is_option "$1"; do
			words+=("$1")
			shift
		done
	done
	check_options
}
