#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: setup.sh with package managers that only note what they are asked
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 25

SETUP=$TOP/scripts/setup.sh
ALONE=$TMP/setup.sh	# the same, but it finds programs in BIN alone
BIN=$TMP/bin
OUT=		# of the last run: stdout,
ERR=		# stderr

# fake NAME: a program from stdin
fake()
{
	{ echo "#!$BASH"; cat; } >"$BIN/$1"
	chmod +x "$BIN/$1"
}

# new_machine UID: it has all programs but gcc, make and bpftool
new_machine()
{
	local tool

	rm -rf "$BIN" "$TMP/calls"
	mkdir "$BIN"
	for tool in ip tc ping mount flock nsenter timeout xargs awk cmp \
		setpriv unshare jq git shellcheck qemu-system-x86_64 busybox cpio xz \
		qemu-system-aarch64 aarch64-linux-gnu-gcc \
		zstd modprobe nft tcpdump strace dot od bridge script tshark capinfos python3 \
		llvm-strip dh lintian rpmbuild rpmlint jsonschema debootstrap iptables-legacy clang-format ovs-vswitchd; do
		touch "$BIN/$tool"
		chmod +x "$BIN/$tool"
	done
	mkdir -p "$TMP/clang/lib/linux"
	touch "$TMP/clang/lib/linux/libclang_rt.fuzzer-x86_64.a"
	fake clang <<<"echo '$TMP/clang'"
	for tool in mktemp rm tail touch chmod; do
		ln -sf "$(type -P "$tool")" "$BIN/$tool"
	done
	fake id <<<"echo $1"
}

# has_manager NAME [REFUSED]: it "installs" all but what it refuses
has_manager()
{
	fake "$1" <<-END
	[ ! -x "$TMP/policy" ] || echo unstarted >>"$TMP/calls"
	echo "\${0##*/} \$*" >>"$TMP/calls"
	for word; do
		case \$word in
		${2:-none}) echo "no package \$word"; exit 100 ;;
		gcc | make) touch "$BIN/\$word"; chmod +x "$BIN/\$word" ;;
		esac
	done
	END
}

# run_setup [run|test]: sets STATUS, OUT and ERR
run_setup()
{
	STATUS=0
	OUT=$(PATH=$BIN "$BASH" "$ALONE" "$@" 2>"$TMP/err") || STATUS=$?
	ERR=$(<"$TMP/err")
	diag "$ERR"
}

calls()
{
	cat "$TMP/calls" 2>/dev/null
}

# every_need_is_listed: what tests require, setup.sh installs
every_need_is_listed()
{
	local word

	# shellcheck disable=SC2013 # words are what it is about
	for word in $(sed -n 's/^# requires://p' "$TOP"/selftests/*/*.t |
			grep -o 'cmd:[^ ]*'); do
		grep -q "^${word#cmd:}[[:space:]]" "$SETUP" ||
			{ diag "$word"; return 1; }
	done
}

sed "/^PATH=/d; s|^POLICY=.*|POLICY=$TMP/policy|" "$SETUP" >"$ALONE"
ok "what tests require is installed" every_need_is_listed

STATUS=0
OUT=$("$SETUP" 2>&1) || STATUS=$?
is "$STATUS:$OUT" "0:" "all are there: no word"

run_setup nonsense
is "$STATUS:$ERR" "2:setup.sh: usage: setup.sh [run|test]" "wrong usage"

new_machine 1000
has_manager apt
has_manager apt-get
run_setup
is "$STATUS" 1 "a user cannot install"
is "$ERR" "setup.sh: missing: gcc make; as root I would install by apt: gcc make" \
	"a user is told what is missing"
is "$(calls)" "" "nothing is tried without root"

new_machine 0
has_manager apt
has_manager apt-get
run_setup
is "$STATUS:$OUT" "0:" "root installs, and stdout stays empty"
is "$ERR" "setup.sh: installing by apt: gcc make" "root is told what comes"
like "$(calls)" "^apt-get -q update"$'\n' "apt's lists are renewed first"
like "$(calls)" "install --no-install-recommends gcc make$" \
	"apt is asked for what is missing"
like "$(calls)" $'\n'"unstarted"$'\n' "what packages bring is not started"
ok "... and may be later" not test -e "$TMP/policy"
rm "$TMP/calls"
run_setup
is "$STATUS:$ERR:$(calls)" "0::" "the second run does nothing"

run_setup test
is "$STATUS" 0 "tests want more"
like "$(calls)" "install --no-install-recommends bpftool$" "bpftool is one"

new_machine 0
has_manager apt
has_manager apt-get bpftool
run_setup test
is "$STATUS" 0 "tests do without bpftool"
like "$ERR" "no package bpftool here" "and say so"

new_machine 0
has_manager apt
has_manager apt-get
rm "$TMP/clang/lib/linux/libclang_rt.fuzzer-x86_64.a"
run_setup test
like "$(calls)" "install --no-install-recommends libclang-rt-dev" \
	"what clang fuzzes with is another"

new_machine 0
has_manager apt
has_manager apt-get make
run_setup
is "$STATUS" 1 "apt fails"
like "$ERR" "no package make"$'\n'"setup.sh: apt could not install: gcc make" \
	"apt's last words are shown"

new_machine 0
has_manager apt
fake apt-get <<<"exit 0"
run_setup
is "$STATUS:${ERR##*setup.sh: }" \
	"1:still missing: gcc make; by apt came: gcc make" \
	"a package without the program is noticed"

for manager in dnf pacman apk; do
	new_machine 0
	has_manager $manager
	run_setup
	like "$STATUS $(calls)" "^0 $manager .* gcc make$" "$manager is asked"
done

new_machine 0
run_setup
like "$STATUS:$ERR" "^1:setup.sh: missing: gcc make; no package manager" \
	"no package manager"
