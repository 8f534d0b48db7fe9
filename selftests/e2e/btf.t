#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --btf: a kernel without BTF takes it from a file, if it is its own
# requires: root cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 22

new_lab || exit 1
mount_quietly

OWN=$TMP/own		# what the kernel has
cp -r /sys/kernel/btf "$OWN"
TRACE=(-N "$NS_B" -i veth-b -d in -o json -w 20 icmp)

# A kernel that has nothing of the kind.
cat >"$TMP/without" <<'END'
#!/usr/bin/env bash
exec unshare -m bash -ec 'mount -t tmpfs tmpfs /sys/kernel/btf; exec "$@"' "$0" "$@"
END
cat >"$TMP/bpfpath" <<END
#!/usr/bin/env bash
exec "$TMP/without" "$BPFPATH" "\$@"
END
chmod +x "$TMP/without" "$TMP/bpfpath"
is "$("$TMP/without" ls /sys/kernel/btf)" "" "the kernel's BTF is hidden"
WITH_BTF=$BPFPATH

trace want ping_peer 10.0.0.1 -- "${TRACE[@]}"
is "$STATUS" 0 "with BTF of its own: exit status"

BPFPATH=$TMP/bpfpath
for file in "$OWN" "$OWN/vmlinux"; do
	trace got ping_peer 10.0.0.1 -- --btf "$file" "${TRACE[@]}"
	is "$STATUS" 0 "${file#"$TMP"/}: exit status"
	is "$(funcs_of got)" "$(funcs_of want)" "... the same path"
	is "$(json got '.[0].events | map(.dev) | unique | join(",")')" \
		"$(json want '.[0].events | map(.dev) | unique | join(",")')" \
		"... the same interfaces"
	is "$(json got '.[0].selected.netns')" "$(json want '.[0].selected.netns')" \
		"... the same namespace"
done
trace tree ping_peer 10.0.0.1 -- --btf "$OWN" -N "$NS_B" -i veth-b -d in -o tree \
	-w 20 icmp
is "$STATUS" 0 "a tree: exit status"

# refused WHAT FILE MESSAGE: nothing is traced
refused()
{
	local status=0

	"$BPFPATH" --btf "$2" -a tracepoint "${TRACE[@]}" >"$TMP/out" 2>"$TMP/err" ||
		status=$?
	like "$status|$(<"$TMP/out")|$(<"$TMP/err")" "^1\|\|.*$3" "$1"
}

head -c 100000 "$OWN/vmlinux" >"$TMP/cut"
mkdir "$TMP/empty"
refused "cut off" "$TMP/cut" "$TMP/cut: BTF: the (types|strings) are cut off"
refused "no BTF" "$BPFPATH" 'no magic number at its start'
refused "an ELF file without" "$(type -P ls)" 'without a section .BTF'
refused "a directory without vmlinux" "$TMP/empty" "--btf $TMP/empty: no BTF of a kernel"
refused "no file" "$TMP/none" "--btf $TMP/none: cannot be read"

# like_kernel MEMBERS: BTF of a kernel whose packets have these at their begin, in an
# ELF file, as archives have it
like_kernel()
{
	clang -g -target bpf -x c -c -o "$TMP/other" - <<-END
		struct net_device { char name[16]; int ifindex; };
		struct sk_buff { $1 };
		struct net_device lo;
		int consume_skb(struct sk_buff *skb) { return skb->len; }
		int ip_rcv(struct sk_buff *skb, struct net_device *dev)
		{ return dev->ifindex; }
	END
}

if type -P clang >/dev/null; then
	like_kernel 'unsigned len;'
	refused "another sk_buff" "$TMP/other" 'it has no sk_buff'
	like_kernel 'struct net_device *dev; unsigned len, mark, priority;
		unsigned short protocol;'
	refused "whose members are elsewhere" "$TMP/other" \
		'is not of the kernel that runs: sk_buff.len is at another place'
	sed -i 's/ip_rcv/ip_svr/g' "$TMP/other"
	refused "other functions" "$TMP/other" '50 of 100 functions in it are not there'
else
	skip "another sk_buff" "no clang here"
	skip "whose members are elsewhere" "no clang here"
	skip "other functions" "no clang here"
fi

STATUS=0
"$BPFPATH" list -a fentry -f "$TOP/kp_funcs.list" --btf "$OWN" >"$TMP/out" 2>&1 ||
	STATUS=$?
is "$STATUS" 4 "fentry needs the kernel's own"
like "$("$BPFPATH" list --btf "$OWN" 2>/dev/null)" $'\nip_rcv ' "list"
BPFPATH=$WITH_BTF
like "$("$BPFPATH" list --btf "$TMP/cut" 2>&1)" \
	"^bpfpath: --btf $TMP/cut: is not read: this kernel has BTF itself"$'\n' \
	"a kernel with BTF reads no other"
