#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bpfpath.sh: options that are refused, and runs that cannot be
# requires: root cmd:clang
# kernels: host
# shellcheck disable=SC2016 # what is in single quotes must not expand
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/refusal.sh"
plan 240

NOBODY=(setpriv --reuid 65534 --regid 65534 --clear-groups --)
FORMS='text hops tree json dot svg pcapng records stats stats-json prometheus folded'
CHOICES=(d:'in out both' s:'auto clsact tcx receive' a:'auto kprobe multi fentry tracepoint'
	r:'auto ring map pipe' o:"$FORMS")
WITH_VALUE=(iface netns dir select count wait attach read funcs output columns write)
LONG_ONLY=(ifname uid pid comm bytes stack aside-funcs timeout exec ready-fd)
WHICH='which packets? icmp|icmp6|tcp|udp SRC_ADDRESS, or an expression'

new_lab || exit 1
mount_quietly
# A short run on node A; nothing is said but what goes wrong.
SHORT=(-q -N "$NS_A" -a tracepoint "${FEW[@]}" -w 1)

unknown_options()
{
	local name

	refuses_usage "unknown option '-x'" -x icmp 10.0.0.1
	refuses_usage "unknown option '-x'" -qx
	refuses_usage "unknown option '-?'" '-?'
	refuses_usage "unknown option '-:'" -:
	for name in nonsense COUNT h @ '*' '$(id)' 'a[$(id)]' 'count;id' \
			$'count\nid'; do
		refuses_usage "unknown option '--$name'" "--$name"
	done
	refuses_usage "unknown option '--nonsense'" --nonsense=1
	refuses_usage "unknown option '--nonsense'" --nonsense icmp 10.0.0.1
	refuses_usage "unknown option '--'" --=x
}

values()
{
	local name letter

	for name in "${WITH_VALUE[@]}"; do
		letter=${name::1}
		[ "$name" != netns ] || letter=N
		[ "$name" != write ] || letter=W
		[ "$name" != columns ] || letter=C
		refuses_usage "-$letter: needs a value" "-$letter"
		refuses_usage "-$letter: needs a value" -q"$letter" ''
		refuses_usage "--$name: needs a value" "--$name"
		refuses_usage "--$name: needs a value" "--$name="
	done
	for name in "${LONG_ONLY[@]}"; do
		refuses_usage "--$name: needs a value" "--$name"
		refuses_usage "--$name: needs a value" "--$name="
	done
	refuses_usage "-F: needs a value" -F
	refuses_usage "--filter: needs a value" --filter
	for name in verbose quiet help version; do
		refuses_usage "--$name: takes no value" "--$name=1"
	done
	refuses_usage "--quiet: takes no value" --quiet=
}

choices()
{
	local choice letter

	for choice in "${CHOICES[@]}"; do
		letter=${choice%%:*}
		refuses_usage "-$letter 'x': must be one of: ${choice#*:}" \
			"-${letter}x" icmp 10.0.0.1
	done
	refuses_usage "-o 'text json': must be one of: $FORMS" \
		--output='text json' show "$TMP"
	refuses_usage "--stack 'x': must be one of: end all" --stack x icmp
	refuses_usage "--stack: -o svg shows no stacks: text, hops, tree, json, folded and records do, and -W FILE saves them" \
		--stack end -o svg icmp
	refuses_usage "--stack: a difference has none" --stack end --until-differs icmp
	refuses_usage "-d 'In': must be one of: in out both" --dir In list
}

numbers()
{
	local number

	for number in -1 x 1x 1.5 0x10 08 +1 1e3 ' 1' '1 ' '$(id)' 1000000000 \
			99999999999999999999; do
		refuses_usage "-c '$number': must be a number from 0 to \
999999999" -c "$number" icmp 10.0.0.1
	done
	refuses_usage "-c '-1': must be a number from 0 to 999999999" \
		--count -1 icmp 10.0.0.1
	for number in -1 x 1000000000 $'1\n2' .5 0. 0.0001 1.5s packets.pcap; do
		refuses_usage "-w '$number': must be seconds, from 0 to 999999999, \
as 5 or 0.5; -W FILE saves records, and -o pcapng packets" \
			"--wait=$number" icmp 10.0.0.1
	done
	refuses_usage "-r '$BPFPATH': is a file: \"show FILE\" shows saved \
records, and tcpdump -r packets" -r "$BPFPATH"
	for number in 0 1000001; do
		refuses_usage "-t '$number': must be a number from 1 to \
1000000" -t "$number" icmp 10.0.0.1
	done
	for number in 0 x 4 2K 5K 4097 2048M 4k 4KK K -4K '4 K' '$(id)' 08K; do
		refuses_usage "-b '$number': must be a power of two from 4K to \
1024M" --buffer "$number" icmp 10.0.0.1
	done
	refuses_usage "--id: takes no value" --id=1 icmp 10.0.0.1
	refuses_usage "--aside: takes no value" --aside=1 icmp 10.0.0.1
	for number in 0 63 8193 x 64K 0x40; do
		refuses_usage "--bytes '$number': must be a number from 64 to 8192" \
			--bytes "$number" icmp 10.0.0.1
	done
}

names()
{
	local name

	for name in . .. -x a/b ../a 'a b' ' a' $'a\tb' $'a\nb' $'a\n'; do
		refuses_usage "-N '$name': not a name" -N "$name" udp 10.0.0.1
		refuses_usage "-i '$name': not a name" -i "$name" udp 10.0.0.1
	done
	refuses_usage "-i '': not a name" -i lo,,lo udp 10.0.0.1
	refuses_usage "-i '-x': not a name" -i lo,-x udp 10.0.0.1
	refuses_usage "-i 'lo, lo': not a name" -i 'lo, lo' udp 10.0.0.1
}

words()
{
	local verb

	refuses_usage "$WHICH" -q
	refuses_usage "$WHICH" --
	refuses_usage "$WHICH" -i lo
	refuses_usage "--ifname 'a*b': not an interface's name, or the \
beginning of one and *" --ifname 'a*b' icmp
	refuses_usage "only packets made here have a user and a process: -d \
out or both, not in" -d in --uid 0 icmp
	refuses_usage "only packets made here have a user and a process: -d \
out or both, not in" --pid 1 icmp 10.0.0.1
	for verb in list check clean demo; do
		refuses_usage "$verb: 'more' is one word too many" "$verb" more
	done
	refuses_usage "unknown option '-x'" demo -x
	refuses_usage "-d 'x': must be one of: in out both" icmp 10.0.0.1 -d x
	refuses_usage "unknown option '-x'" list -x
	refuses_usage "show: one FILE is needed" show -- -x -y
	refuses_usage "--ready-fd '77': no open descriptor from 3 to 999 that can be \
written" --ready-fd 77 icmp
	refuses_usage "--uid 'nobody2': no such user" --uid nobody2 icmp
	refuses 1 "--pid 4194304: no such process" --pid 4194304 icmp
	refuses_usage "'no.invalid' is no address, and no host that has one for udp" \
		udp no.invalid
	refuses_usage "show: one FILE is needed" show
	refuses_usage "show: one FILE is needed" show a b
}

talks()
{
	run -h
	is "$STATUS|$err|${out::18}" '0||Usage: bpfpath.sh ' '-h'
	run --help -x
	is "$STATUS|$err|${out::18}" '0||Usage: bpfpath.sh ' '--help'
	run help
	is "$STATUS|$err|${out::18}" '0||Usage: bpfpath.sh ' 'help'
	run version
	like "$STATUS|$err|$out" '^0\|\|bpfpath [0-9.]+$' 'version'
	run --version
	like "$STATUS|$err|$out" '^0\|\|bpfpath [0-9.]+$' '--version'
}

not_here()
{
	local name

	for name in eth77 any '*' @ lo@veth-a abcdefghijklmnopq '"'; do
		refuses 1 "no such interface: '$name' in namespace $NS_A" \
			"${SHORT[@]}" -i "lo,$name" icmp 10.0.0.1
	done
	refuses 1 "no such interface: 'eth77'" -q -i eth77 -a tracepoint \
		icmp 10.0.0.1
	refuses 1 "no such network namespace: '${NS_A}x'" \
		-N "${NS_A}x" icmp 10.0.0.1
	: >"/run/netns/$NS_A.file"
	refuses 1 "/run/netns/$NS_A.file: not a network namespace" \
		-N "$NS_A.file" icmp 10.0.0.1
	rm "/run/netns/$NS_A.file"
}

# What is wrong with a command line counts for anybody.
without_root()
{
	local verb

	as=("${NOBODY[@]}")
	if ! "${as[@]}" test -x "$BPFPATH"; then
		for verb in 1 2 3 4 5 6 7; do
			skip "without root" "$TOP is not for everybody"
		done
	else
		refuses_usage "unknown option '-x'" -x
		refuses_usage "$WHICH" -i lo
		refuses 1 "must be run as root (sudo)" icmp 10.0.0.1
		for verb in list check clean demo; do
			refuses 1 "must be run as root (sudo)" "$verb"
		done
	fi
	as=()
}

without_kprobes()
{
	if has_kprobes; then
		skip "-a kprobe without kprobes" "this kernel has them"
		skip "list -a kprobe without kprobes" "this kernel has them"
		return
	fi
	run -a kprobe -N "$NS_A" icmp 10.0.0.1
	like "$STATUS|$err|$out|$left" \
		'^4\|bpfpath: attach by kprobe: .*CONFIG_KPROBES.*\|\|$' \
		"-a kprobe without kprobes"
	run -a kprobe -f "$TOP/kp_funcs.list" list
	like "$STATUS|$err|$out|$left" \
		'^4\|bpfpath: attach by kprobe: .*CONFIG_KPROBES.*\|\|$' \
		"list -a kprobe without kprobes"
}

# fake NAME LINE...: a command of that name, which comes before the others
fake()
{
	mkdir -p "$TMP/fake"
	printf '%s\n' '#!/bin/sh' "${@:2}" >"$TMP/fake/$1"
	chmod +x "$TMP/fake/$1"
	as=(env "PATH=$TMP/fake:$PATH")
}

real()
{
	rm -r "$TMP/fake"
	as=()
}

# A trace makes nothing: where the programs are older than their sources, it says so.
unbuilt()
{
	local tree=$TMP/unbuilt

	mkdir "$tree"
	cp -r "$TOP"/{bpfpath.sh,scripts,bpf,lib,loader,report,data,*.list} "$tree"
	BPFPATH=$tree/bpfpath.sh
	for words in "${SHORT[*]} icmp 10.0.0.1" list check "show $TMP/none"; do
		# shellcheck disable=SC2086 # words
		refuses 1 "bpfpath is not built, or its sources are newer: \
'bpfpath.sh setup' builds it" $words
	done
	BPFPATH=$TOP/bpfpath.sh
}

# The file systems that a run needs, in a mount namespace without them
mounts()
{
	cat >"$TMP/without" <<-'END'
	#!/bin/sh
	mount --make-rprivate /
	while mountpoint -q "$1"; do
		umount "$1" || exit 99
	done
	shift
	PATH=$1:$PATH
	shift
	exec "$@"
	END
	chmod +x "$TMP/without"
	fake mount 'exit 32'
	as=(unshare -m -- "$TMP/without" /sys/fs/bpf "$TMP/fake")
	refuses 4 "/sys/fs/bpf: cannot be mounted" "${SHORT[@]}" icmp 10.0.0.1
	as=(unshare -m -- "$TMP/without" /sys/kernel/tracing "$TMP/fake")
	refuses 4 "/sys/kernel/tracing: cannot be mounted" "${SHORT[@]}" \
		-r pipe icmp 10.0.0.1
	as=(unshare -m -- "$TMP/without" /sys/fs/bpf /)
	refuses 3 "mounted /sys/fs/bpf
tracing icmp and src host 10.0.0.1 …
bpfpath: no packet matched: icmp and src host 10.0.0.1" \
		"${SHORT[@]}" icmp 10.0.0.1
	real
}

# on_tc once|always: a tc that sends SIGTERM to the driver, the first time or
# whenever it changes something
on_tc()
{
	fake tc "case \$* in *-batch*)" \
		"[ -e '$TMP/sent' ] || kill \"\$DRIVER\"" \
		"[ $1 = always ] || : >'$TMP/sent'" 'sleep 0.1' ';; esac' \
		"exec $(type -P tc) \"\$@\""
	as=(env "PATH=$TMP/fake:$PATH" sh -c 'DRIVER=$$ exec "$@"' sh)
	run "${SHORT[@]}" -i lo icmp 10.0.0.1
	is "$STATUS|$err|$out|$left" "143|||" "SIGTERM while attaching, $1"
	real
	rm -f "$TMP/sent"
}

# no_classifier: an ingress qdisc has no place for what leaves
no_classifier()
{
	local name names=(lo veth-a macvlan-a)

	for name in "${names[@]}"; do
		on A tc qdisc add dev "$name" ingress
	done
	run "${SHORT[@]}" -s clsact -i lo -d out icmp 10.0.0.1
	is "$STATUS|$err|$out|$left" "1|bpfpath: interface 'lo': takes no \
classifier (egress): it has an ingress qdisc
bpfpath: nothing is traced||" "an interface that takes no classifier"
	run "${SHORT[@]}" -s clsact -i any -d out icmp 10.0.0.1
	is "$STATUS|${err##*$'\n'}|$out|$left" \
		"1|bpfpath: no interface takes a classifier||" \
		"no interface takes a classifier"
	for name in "${names[@]}"; do
		ok "the ingress qdisc of $name is still there" \
			on A tc qdisc del dev "$name" ingress
	done
	on_tc once
	on_tc always
}

no_packet()
{
	gives_up "host 10.0.0.1" "${SHORT[@]}" 10.0.0.1
	gives_up "net fd00::/64" fd00::/64 "${SHORT[@]}" -w 0.2 -n
	gives_up "ip[0] -5 > 7" "${SHORT[@]}" -d in ip[0] -5 '>' 7
	refuses 3 "localhost is 127.0.0.1
tracing icmp and src host 127.0.0.1 …
bpfpath: no packet matched: icmp and src host 127.0.0.1" \
		icmp localhost "${SHORT[@]}"
	gives_up "packets, user 0" "${SHORT[@]}" --uid root
	gives_up "icmp and src host 10.0.0.1" "${SHORT[@]}" icmp 10.0.0.1
	gives_up "ip6 and tcp and src host fd00::1" \
		"${SHORT[@]}" -c 0 -d both -i any tcp fd00::1
}

no_output()
{
	SECONDS=0
	refuses 1 "$TMP/no/file: No such file or directory
tracing icmp and src host 10.0.0.1 …" \
		"${SHORT[@]}" -w 100 -W "$TMP/no/file" icmp 10.0.0.1
	ok "a report that cannot be saved ends the run" [ "$SECONDS" -lt 50 ]
	STATUS=0
	"$BPFPATH" "${SHORT[@]}" -w 100 icmp 10.0.0.1 >&- 2>"$TMP/err" ||
		STATUS=$?
	is "$STATUS|$(sort "$TMP/err")|$(tc_state "$NS_A")" \
		"1|bpfpath: stdout: Bad file descriptor
tracing icmp and src host 10.0.0.1 …|" "stdout closed"
}

unknown_options
values
choices
numbers
names
words
talks
not_here
without_root
without_kprobes
unbuilt
mounts
no_classifier
no_packet
no_output
