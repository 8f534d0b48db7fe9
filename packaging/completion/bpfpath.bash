# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2207 # words without blanks
#
# bpfpath.bash: completion for bash. cli/completion.t compares it with "bpfpath -h".

_bpfpath_verbs='setup list check clean demo show diff help version'
_bpfpath_flags='-A --all -R --returns -T --tracepoints -n --numeric -v --verbose
	-q --quiet -h --help -V --version --id --aside --until-differs'
_bpfpath_valued='-F --filter -I --inner -m --mark --uid --pid --comm -i --iface
	--ifname -N --netns -d --dir -s --select -c --count --baseline -w --wait --timeout --exec
	--ready-fd -t --table -b --buffer --bytes --skb --stack --aside-funcs -a --attach -r --read --btf
	-f --funcs -o --output -C --columns -W --write'
_bpfpath_dirs='in out both'
_bpfpath_select='auto clsact tcx receive'
_bpfpath_attach='auto kprobe multi fentry tracepoint'
_bpfpath_read='auto ring map pipe'
_bpfpath_output='text hops tree json dot svg pcapng records stats stats-json
	prometheus folded'
_bpfpath_columns='time delta cpu comm pid call netns interface ifindex proto flow icmp
	id mark len skb module ct rules tcp gso vlan tunnel'

# _bpfpath_words WORD...: those that go on as what has been typed
_bpfpath_words()
{
	COMPREPLY=($(compgen -W "$*" -- "$cur")) || true
}

# _bpfpath_after WORD...: the same, of a list with commas: the word behind the last one
_bpfpath_after()
{
	local before=

	[[ $cur != *,* ]] || before=${cur%,*},
	COMPREPLY=($(compgen -P "$before" -W "$*" -- "${cur##*,}")) || true
	compopt -o nospace
}

_bpfpath_interfaces()
{
	local path

	for path in /sys/class/net/*; do
		[ ! -e "$path/ifindex" ] || echo "${path##*/}"
	done
}

_bpfpath_namespaces()
{
	local path

	for path in /run/netns/*; do
		[ ! -e "$path" ] || echo "${path##*/}"
	done
}

_bpfpath_processes()
{
	local path

	for path in /proc/[1-9]*; do
		if [ "$1" ]; then
			cat "$path/comm" 2>/dev/null
		else
			echo "${path##*/}"
		fi
	done
}

# _bpfpath_value OPTION: what may stand behind it; 1: it is no option with a value
_bpfpath_value()
{
	case $1 in
	-i | --iface)	_bpfpath_after any "$(_bpfpath_interfaces)" ;;
	--ifname)	_bpfpath_words "$(_bpfpath_interfaces)" ;;
	-N | --netns)	_bpfpath_words all "$(_bpfpath_namespaces)" ;;
	-d | --dir)	_bpfpath_words "$_bpfpath_dirs" ;;
	-s | --select)	_bpfpath_words "$_bpfpath_select" ;;
	-a | --attach)	_bpfpath_words "$_bpfpath_attach" ;;
	-r | --read)	_bpfpath_words "$_bpfpath_read" ;;
	-o | --output)	_bpfpath_words "$_bpfpath_output" ;;
	-C | --columns)	_bpfpath_after "$_bpfpath_columns" ;;
	--stack)	_bpfpath_words 'end all' ;;
	--uid)		COMPREPLY=($(compgen -u -- "$cur")) || true ;;
	--pid)		_bpfpath_words "$(_bpfpath_processes)" ;;
	--comm)		_bpfpath_words "$(_bpfpath_processes comm)" ;;
	--exec)		COMPREPLY=($(compgen -c -- "$cur")) || true ;;
	-F | --filter | --baseline | --aside-funcs | --btf | -f | --funcs | -W | --write)
			compopt -o default ;;
	*)		[[ " ${_bpfpath_valued//[$'\n\t']/ } " == *" $1 "* ]] ;;
	esac
}

_bpfpath()
{
	local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}

	COMPREPLY=()
	# "=" is a word of its own, unless COMP_WORDBREAKS has it not
	if [[ $before = = && $COMP_CWORD -gt 2 ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	elif [[ $cur = = ]]; then
		cur=
	fi
	! _bpfpath_value "$before" || return 0
	if [[ $cur = -* ]]; then
		_bpfpath_words "$_bpfpath_flags" "$_bpfpath_valued"
	elif [[ " ${COMP_WORDS[*]} " = *' '@(show|diff)' '* ]]; then
		compopt -o default
	else
		_bpfpath_words "$_bpfpath_verbs" icmp icmp6 tcp udp host port
	fi
}

complete -F _bpfpath bpfpath bpfpath.sh
