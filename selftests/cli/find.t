#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: functions that take a packet, of a kernel of a few lines
# requires: cmd:clang
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 24

BPFLOAD=$TOP/build/bpfload
PROPOSE=$TOP/scripts/propose.sh

# ---------------------------------------------------------------- the kernel

cat >"$TMP/kernel.c" <<'END'
struct sk_buff { int len; };
struct netlink_callback;
typedef void (*btf_trace_kfree_skb)(void *, struct sk_buff *, void *);
btf_trace_kfree_skb keep_tracepoint;

#define KEEP	__attribute__((noinline, used))

KEEP int ip_rcv(struct sk_buff *skb) { return skb->len; }
KEEP int tcp_ack(int sk, const struct sk_buff *skb) { return skb->len; }
KEEP int core(struct sk_buff **skb) { return (*skb)->len; }
KEEP int merge(struct sk_buff *to, int n, struct sk_buff **from)
{
	return to->len + n + (*from)->len;
}
KEEP int kfree_skbmem(struct sk_buff *skb) { return skb->len; }
KEEP int moved(struct sk_buff *skb) { return skb->len; }
KEEP int black(struct sk_buff *skb) { return skb->len; }
KEEP int hidden(struct sk_buff *skb) { return skb->len; }
KEEP int inlined(struct sk_buff *skb) { return skb->len; }
KEEP int nla_put(struct sk_buff *skb) { return skb->len; }
KEEP int dump_it(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cb ? skb->len : 0;
}
KEEP int __bpf_trace_x(void *data, struct sk_buff *skb)
{
	return data ? skb->len : 0;
}
KEEP int no_packet(int n) { return n; }
END

# symbols NAME...: lines of kallsyms
symbols()
{
	local n=4096

	for name; do
		printf '%016x t %s\n' $((n += 256)) "$name"
	done
}

# types OBJECT: its BTF, which begins with a magic number, a version, flags and
# the size of a header; what follows it does not matter
types()
{
	local offset

	offset=$(LC_ALL=C grep -obUaP '\x9f\xeb\x01\x00\x18\x00\x00\x00' "$1" |
		sed -n 1p | cut -d : -f 1)
	tail -c "+$((offset + 1))" "$1"
}

clang -g -O2 -target bpf -c -o "$TMP/kernel.o" "$TMP/kernel.c" || exit 1
mkdir "$TMP/btf" "$TMP/tracefs"
types "$TMP/kernel.o" >"$TMP/btf/vmlinux"
symbols ip_rcv tcp_ack core merge kfree_skbmem moved.isra.0 black hidden \
	merge.constprop.0 nla_put dump_it __bpf_trace_x no_packet >"$TMP/syms"
printf '%s\n' ip_rcv tcp_ack core merge kfree_skbmem moved.isra.0 black \
	nla_put >"$TMP/tracefs/available_filter_functions"
printf '0x1-0x2\t%s\n' black >"$TMP/tracefs/kprobes_blacklist"

# ---------------------------------------------------------------- find

# find ARG...: of that kernel; sets STATUS, and out without tabs
find_there()
{
	STATUS=0
	"$BPFLOAD" find --kallsyms "$TMP/syms" --btf-dir "$TMP/btf" "$@" >"$TMP/out" \
		2>"$TMP/err" || STATUS=$?
	out=$(tr '\t' ' ' <"$TMP/out")
}

# has_line LINE WHAT
has_line()
{
	ok "$2" grep -qxF "$1" <<<"$out"
}

find_there --limits "$TMP/tracefs"
is "$STATUS|$(<"$TMP/err")|${out%%$'\n'*}" '0||#bpfpath-find-1 name arg module status how why' \
	"a table with a header"
has_line 'ip_rcv 1 - yes kprobe,multi,fentry -' "a function"
has_line 'tcp_ack 2 - yes kprobe,multi,fentry -' "a const packet, argument 2"
has_line 'core *1 - yes kprobe,multi,fentry -' "a struct sk_buff **"
has_line 'merge 1,*3 - yes kprobe,multi,fentry -' "two packets"
has_line 'merge.constprop.0 1,*3 - noise - compiled variant: its arguments may have moved' \
	"a variant beside its function"
has_line 'moved 1 - yes kprobe,multi -' "a variant whose arguments are known"
has_line 'black 1 - yes multi,fentry -' "on the black list"
has_line 'hidden 1 - no - notrace, as inline functions are: cannot be traced' \
	"not to be traced"
has_line 'inlined 1 - no - inlined, no code of its own' "without code"
has_line 'nla_put 1 - noise - netlink messages' "noise by its name"
has_line 'dump_it 1 - noise - netlink messages' "noise by its argument"
has_line '__bpf_trace_x 2 - noise - part of a tracepoint' "a tracepoint's stub"
is "$(wc -l <<<"$out")" 14 "no other lines"

find_there --tracepoints
is "$out" $'#bpfpath-find-1 name arg module status how why\nkfree_skb 1 - yes tracepoint -' \
	"tracepoints"

# ---------------------------------------------------------------- propose

printf '%s\n' '# a list' 'ip_rcv 0' 'gone 0' 'moved 0' 'skb:kfree_skb 2' \
	'net:gone_too 0' 'tcp_v* 0' '!gone_as_well' >"$TMP/list"
printf '%s\t' '#bpfpath-records-1' type packet func >"$TMP/records"
printf '%s\t%s\t%s\n' '' '' '' step 1 core select 1 merge step 1 ip_rcv \
	>>"$TMP/records"

propose()
{
	"$PROPOSE" -f "$TMP/list" -k "$TMP/syms" -b "$TMP/btf" "$@" 2>&1
}

is "$(propose -d "$TMP/tracefs")" \
	$'+black 0\n+core 0 *1\n+kfree_skbmem 1\n+merge 0\n+tcp_ack 0 2\n-gone\n-net:gone_too' \
	"proposed: what the list lacks, and what is not here"
is "$(propose "$TMP/records")" \
	$'+core 0 *1\n-gone\n-net:gone_too' \
	"proposed: what packets have passed"
is "$("$PROPOSE" -f "$TMP/none" 2>&1; echo $?)" \
	"propose.sh: $TMP/none: cannot be read"$'\n1' "no such list"
like "$("$PROPOSE" -x 2>&1; echo $?)" '^propose.sh: -x: .*Usage: .*2$' \
	"no such option"

# ---------------------------------------------------------------- tables

# shellcheck source=scripts/table.sh
. "$TOP/scripts/table.sh"

# table: its columns in another order than they are asked for
table()
{
	printf '%s\t%s\t%s\n' '#kind-1' b a 2 1 '' 4 3 ''
}

is "$(table | rows a!=1 a b)" $'3\t4' "a table is read by the names of its columns"
is "$(table | rows c=1 a 2>&1; echo "${PIPESTATUS[1]}")" \
	$'bpfpath: #kind-1: no column c\n1' "... to choose lines by an unknown one fails"
is "$(table | rows a=1 a c 2>&1; echo "${PIPESTATUS[1]}")" \
	$'bpfpath: #kind-1: no column c\n1' "... to ask for an unknown one fails"
declare -A at=()
columns at a b <<<"$(table)"
is "${at[a]},${at[b]}" 1,0 "where columns stand is known"
ok "... that there is no such column, too" not columns at a c <<<"$(table)"
