#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the test runner itself: what it counts as passed, failed, skipped
# kernels: host
# requires: cmd:git cmd:script cmd:gcc cmd:make
# shellcheck disable=SC2016 # what is in single quotes must not expand
. "${BASH_SOURCE%/*}/../lib.sh"
plan 104

RUN=$TOP/selftests/run.sh
HEAD='#!/usr/bin/env bash'
HERE=$(uname -r | grep -o '^[0-9]*[.][0-9]*')
LIB=". '$TOP/selftests/lib.sh'"

# fake NAME LINE...: a test file of these lines
fake()
{
	printf '%s\n' "$HEAD" "${@:2}" >"$TMP/$1.t"
}

# run ARGS...: sets out, last and status
run()
{
	status=0
	out=$(cd "$TMP" && BPFPATH_LOGS=$TMP/logs "$RUN" -n "$@" 2>"$TMP/err") ||
		status=$?
	last=${out##*$'\n'}
	diag "$out"
}

# has REGEX WHAT: a line of the stream matches
has()
{
	ok "$2" grep -qE "$1" <<<"$out"
}

fake good 'echo 1..2' 'echo "ok 1 - first"' 'echo "ok 2 - second"'
run good.t
is "$last" "3 passed, 0 failed, 0 skipped" "good: the last line"
is "$status" 0 "good: the exit status"
is "${out%%$'\n'*}" "TAP version 13" "good: the first line"
has '^ok 1 - good: first$' "good: the first result"
has '^ok 2 - good: second$' "good: the second result"
has '^ok 3 - good: left nothing behind$' "good: leftovers are looked for"
has '^1\.\.3$' "good: the plan"
ok "good: its log is gone" test ! -e "$TMP/logs/good.log"

run good.t good.t
has '^ok 4 - good: first$' "two files: numbered as one stream"

# Each line comes as the time ends that next_line() waits for it.
each_in_time()
{
	for ((n = 1; n <= 1000; n++)); do
		then=$((${EPOCHREALTIME/[.,]/} + 1900 + RANDOM % 200))
		until [ "${EPOCHREALTIME/[.,]/}" -ge "$then" ]; do
			:
		done
		echo "line $n"
	done | bash -c '. "$1"
		TICK=0.002
		show_progress() { :; }
		while next_line; do
			echo "$line"
		done' - "$TOP/selftests/stream.sh"
}

is "$(each_in_time | cksum)" "$(seq -f 'line %g' 1000 | cksum)" \
	"lines that come as a wait ends: none is joined to the next"

run -k good.t
ok "-k: the log is kept" test -e "$TMP/logs/good.log"

fake bad 'echo 1..2' 'echo "not ok 1 - first"' 'echo "# because"' \
	'echo why >&2' 'echo "ok 2 - second"'
run bad.t
is "$last" "2 passed, 1 failed, 0 skipped" "bad: the last line"
is "$status" 1 "bad: the exit status"
has '^not ok 1 - bad: first$' "bad: the result"
has '^# because$' "bad: its diagnostics are shown"
has '^# why$' "bad: its stderr is shown"
has '^# failed: 1 - bad: first$' "bad: named again at the end"

fake noplan 'echo "ok 1 - first"'
run noplan.t
is "$status" 1 "no plan: the exit status"
has '^not ok 2 - noplan: no plan \(exit status 0\)$' "no plan: the result"

fake short 'echo 1..3' 'echo "ok 1 - first"'
run short.t
has '^not ok 2 - short: 1 of 3 results \(exit status 0\)$' "too few results"

fake crash 'echo 1..2' 'echo "ok 1 - first"' "kill -SEGV \$\$"
run crash.t
has '^not ok 2 - crash: 1 of 2 results \(exit status 139\)$' "a crash"

fake late 'echo 1..1' 'echo "ok 1 - first"' 'exit 3'
run late.t
has '^not ok 2 - late: exit status 3, though nothing failed$' "a bad status"

fake empty 'echo 1..0'
run empty.t
has '^not ok 1 - empty: no tests in it$' "a plan of nothing"

fake silent ':'
run silent.t
is "$status" 1 "silent: the exit status"

fake hang 'echo 1..1' 'sleep 1000'
run -t 1 hang.t
is "$status" 1 "hang: the exit status"
has '^not ok 1 - hang: no end after 1 seconds$' "hang: the result"
has '^ok 2 - hang: left nothing behind$' "hang: its process is ended"

# shellcheck disable=SC2016 # the fake test expands it
fake stray 'echo 1..1' 'echo "ok 1 - first"' 'sleep 1000 &' \
	"echo \$! >'$TMP/stray'"
run stray.t
has '^ok 1 - stray: first$' "stray process: the file's own result"
has '^not ok 2 - stray: left something behind$' "stray process: a failure"
has '^# process: sleep 1000' "stray process: it is named"
ok "stray process: it is ended" \
	test -z "$(tr '\0' ' ' <"/proc/$(cat "$TMP/stray")/cmdline")"

fake skips 'echo 1..2' 'echo "ok 1 - first # SKIP no moon"' \
	'echo "ok 2 - second"'
run skips.t
is "$last" "2 passed, 0 failed, 1 skipped" "a result skipped: the last line"
has '^ok 1 - skips: first # SKIP no moon$' "a result skipped: its reason"

fake all 'echo "1..0 # SKIP no sun"'
run all.t good.t
has '^ok 1 - all # SKIP no sun$' "a file skipped: its reason"
is "$last" "4 passed, 0 failed, 1 skipped" "a file skipped: the last line"

fake needs '# requires: cmd:no-such-command' "$LIB" 'plan 1' 'pass one'
run needs.t
has '# SKIP no no-such-command here$' "requires: a missing command skips"

fake lib "$LIB" 'plan 4' 'is 1 1 one' 'like abc "^a" two' \
	'unlike abc "^b" three' 'skip four "no wind"'
run lib.t
is "$last" "4 passed, 0 failed, 1 skipped" "lib.sh: good results"

fake libbad "$LIB" 'plan 3' 'is 1 2 one' 'like abc "^b" two' 'ok three false'
run libbad.t
is "$last" "1 passed, 3 failed, 0 skipped" "lib.sh: bad results"
has "^# want: '2'\$" "lib.sh: says what was wanted"

# ---------------------------------------------------------------- where time goes

fake busy 'echo 1..1' 'echo 200 >>"$BPFPATH_TRACES"' \
	'echo 300 >>"$BPFPATH_TRACES"' 'for ((i = 0; i < 100000; i++)); do :; done' \
	'echo "ok 1 - first"'
# a run of the runner inside the runner, as in a guest
fake inner "echo '# kernel 6.12.57+deb13-amd64'" 'echo "ok 1 - demo: first"' \
	"echo '# time 6.12 boot: 7.000 s, 6.000 s CPU, 0 traces in 0.000 s'" \
	"echo '# time 6.12 e2e/x: 99.000 s, 9.000 s CPU, 3 traces in 8.000 s'" \
	'echo 1..1' 'echo "1 passed, 0 failed, 0 skipped"'
run busy.t inner.t
has '^ok 3 - 6\.12 demo: first$' "a run in a guest: results bear the kernel"
has "^# time $HERE busy: [0-9.]+ s, [0-9.]+ s CPU, 2 traces in 0\.500 s$" \
	"times: of each file"
isnt "$(sed -nE 's/^# time .* busy: .* ([0-9.]+) s CPU,.*/\1/p' <<<"$out")" \
	0.000 "times: CPU"
is "$(grep -A 1 '^# the slowest:' <<<"$out" | tail -n 1 | tr -s ' ')" \
	"# 99.0 s 9.0 s 6.12 e2e/x" "times: the slowest file comes first"
has "^# +[0-9.]+ s +[0-9.]+ s  $HERE +busy$" "times: with the others"
has '^# boots: 1, in 7\.0 s$' "times: boots"
has '^# traces: 5, armed in 8\.5 s$' "times: traces"
is "$(tail -n 2 <<<"$out")" $'1..4\n4 passed, 0 failed, 0 skipped' \
	"times: the plan and the sums come last"
is "$(<"$TMP/err")" "" "no terminal: nothing on stderr"

# more lines than a pipe takes at once: a reader of the first ones must not end
# the run (SIGPIPE, 141)
fake many 'for ((i = 1000; i < 4000; i++)); do' 'echo "# time 6.12 e2e/x$i: \
$i.000 s, 1.000 s CPU, 0 traces in 0.000 s"' 'done' 'echo 1..1' 'echo "ok 1 - first"'
run many.t
is "$status" 0 "times: of more files than a pipe takes: the status"
is "$(grep -c '^# .*  6\.12 *e2e/x39' <<<"$out")" 20 "times: of those the slowest"

fake slow 'echo 1..1' 'sleep 1.2' 'echo "ok 1 - first"'
is "$(cd "$TMP" && export BPFPATH_LOGS=$TMP/logs TERM=xterm &&
	script -qec "'$RUN' -n good.t slow.t >'$TMP/out'" /dev/null </dev/null |
	tr -d '\n' | sed $'s/\r\e\\[K/\\n/g' |
	grep -oE '^[0-9]+ done, [0-9]+ left, 0:[0-9]{2}: [a-z]+' |
	sed 's/, 0:[0-9]*//' | uniq)" $'0 done, 2 left: good\n1 done, 1 left: slow' \
	"a terminal: what runs, what is done, what is left"
is "$(grep -c $'\e' "$TMP/out")" 0 "a terminal: stdout is as ever"

# ---------------------------------------------------------------- what runs where

# A tree of its own: the runner, and files that are not to be run
TREE=$TMP/tree
mkdir -p "$TREE/selftests/"{cli,e2e,filter,unit/report} "$TREE/report"
cp "$TOP"/selftests/*.sh "$TREE/selftests"
for name in e2e/all e2e/ends e2e/one e2e/host cli/all cli/host; do
	printf '%s\n' "$HEAD" "# kernels: ${name#*/}" | sed '/: all$/d' \
		>"$TREE/selftests/$name.t"
done
printf '%s\n' '# also: trixie-arm64 trixie-rt' '. helper.sh' >>"$TREE/selftests/e2e/one.t"
echo '. other.sh' >"$TREE/selftests/e2e/helper.sh"
echo ': "$TOOLS/tool"' >"$TREE/selftests/e2e/other.sh"
touch "$TREE/selftests/e2e/tool.c" "$TREE/selftests/unit/report/test_a.c"

# chosen ARG...: "KERNEL NAME" of what would run, all on a line
chosen()
{
	"$TREE/selftests/run.sh" -l "$@" 2>"$TMP/err" | grep -v '^[#T]' |
		paste -sd,
}

is "$(chosen e2e/one)" "$HERE e2e/one" "a name with its group"
is "$(chosen one.t)" "$HERE e2e/one" "a name without"
is "$(chosen all)" "$HERE cli/all,$HERE e2e/all" "a name in two groups"
is "$(chosen test_a)" "$HERE unit/test_a" "a unit test"
is "$(chosen "$TREE/selftests/cli/all.t")" "$HERE cli/all" "a path"
is "$(chosen cli unit)" "$HERE cli/all,$HERE cli/host,$HERE unit/test_a" "groups"
is "$(chosen vm)" "bullseye cli/all,bullseye e2e/all,bullseye e2e/ends,\
bookworm cli/all,bookworm e2e/all,\
trixie cli/all,trixie e2e/all,trixie e2e/one,\
forky cli/all,forky e2e/all,forky e2e/ends,\
trixie-arm64 e2e/one,trixie-rt e2e/one" \
	"kernels: what goes to which guest"
is "$(chosen --vm trixie vm)" "trixie cli/all,trixie e2e/all,trixie e2e/ends,\
trixie e2e/one" "kernels: all to the only one"
is "$(chosen --vm forky-arm64 --vm trixie-rt --vm trixie vm | grep -o "trixie[^,]* e2e/[eo].*")" \
	"trixie-rt e2e/one,trixie cli/all,trixie e2e/all,trixie e2e/ends,trixie e2e/one" \
	"also: other kinds of kernels, which are neither ends nor one"
is "$(chosen --vm forky-arm64 e2e/host)" "forky-arm64 e2e/host" \
	"--vm: a file by name in such a guest"
is "$(chosen --vm bullseye --vm forky vm | tr , '\n' | grep -E 'ends|one' |
	paste -sd,)" "bullseye e2e/ends,forky e2e/ends,forky e2e/one" \
	"kernels: two guests"
is "$(chosen e2e | tr , '\n' | wc -l)" 4 "kernels: all of them here"
is "$(chosen --no-vm vm)" "" "--no-vm"
is "$(chosen --vm trixie e2e/host e2e/one)" "trixie e2e/host,trixie e2e/one" \
	"--vm: files by name go there, and nowhere else"
is "$(chosen --vm trixie all vm | tr , '\n' | sort | uniq -d)" "" \
	"--vm: none goes there twice"
chosen --vm trixie e2e >/dev/null
like "$(<"$TMP/err")" '^run.sh: --vm: neither' "--vm: nothing to run there"

git_in()
{
	git -C "$TREE" -c user.name=x -c user.email=x@y "$@" >&2
}

git_in init -q
git_in add .
git_in commit -qm first
is "$(chosen --changed)" "" "--changed: nothing"
"$TREE/selftests/run.sh" -n --changed >"$TMP/out"
is "$?|$(tail -n 1 "$TMP/out")" "0|0 passed, 0 failed, 0 skipped" \
	"--changed: which is no failure"
echo >>"$TREE/selftests/e2e/tool.c"
is "$(chosen --changed)" "$HERE e2e/one" "--changed: a tool that a helper's helper names"
is "$("$TREE/selftests/run.sh" -l --changed | grep '^# changed')" \
	"# changed: selftests/e2e/tool.c: e2e/one" "--changed: why"
git_in commit -qam second
echo >"$TREE/selftests/e2e/new.t"
is "$(chosen --changed)" "$HERE e2e/new" "--changed: a new file"
is "$(chosen --changed=HEAD~1)" "$HERE e2e/new,$HERE e2e/one" \
	"--changed: since a commit"
echo >>"$TREE/selftests/cli/host.t"
is "$(chosen --vm trixie --changed)" "$HERE cli/host,trixie e2e/new" \
	"--changed: in a guest, but for what is the same everywhere"
touch "$TREE/report/diagnose.c"
like "$(chosen --changed)" "$HERE unit/test_a" "--changed: a source, its unit tests"
touch "$TREE/what is this"
is "$(chosen --changed | tr , '\n' | wc -l)" 8 "--changed: who knows: everything"
chosen --changed=nothing >/dev/null
like "$(<"$TMP/err")" "^run.sh: --changed: no such commit: 'nothing'" \
	"--changed: no such commit"

# rules: every word that the rules say of any of our files is a test
rules()
(
	. "$TOP/selftests/changed.sh"
	cd "$TOP" || return
	find bpf data lib loader report scripts selftests Documentation ./*.* \
		-type f | sed 's,^\./,,' | while read -r file; do
		tests_of "$file"
	done | tr ' ' '\n' | sort -u >"$TMP/words"
	mapfile -t words <"$TMP/words"
	"$RUN" -l "${words[@]}" >/dev/null
)

ok "--changed: the rules name tests that are there" rules

# rule_of FILE: the tests that the rules say of it
rule_of()
(
	. "$TOP/selftests/changed.sh"
	tests_of "$1"
)

like "$(rule_of scripts/tc.sh)" "e2e/foreign" "--changed: a rule of several scripts"

# ---------------------------------------------------------------- leftovers

# beside MAKE WHAT UNDO: something of others that appears while a test runs
beside()
{
	in_background run env -C "$TMP" BPFPATH_LOGS="$TMP/logs" "$RUN" -n wait.t
	wait_for 10 test -e "$TMP/waits"
	eval "$1"
	: >"$TMP/go"
	wait_end "$PID"
	out=$(<"$TMP/run.out")
	has '^ok 2 - wait: left nothing behind$' "a foreign $2 is none of the test's"
	rm "$TMP/waits" "$TMP/go"
	eval "$3"
}

# leaves COMMAND WHAT REGEX: a test that leaves that behind
leaves()
{
	fake leaves "$LIB" 'plan 1' "$1" 'pass one'
	run leaves.t
	has '^not ok 2 - leaves: left something behind$' "a $2 of the test is found"
	has "^# > .*$3" "a $2 of the test is named"
}

if [ "$EUID" -eq 0 ]; then
	mount_quietly
	fake wait 'echo 1..1' ": >'$TMP/waits'" \
		"until [ -e '$TMP/go' ]; do sleep 0.05; done" 'echo "ok 1 - x"'
	beside 'mkdir -p "$PINS/$$" "$RUNS/runs/$$"' "run" \
		'rmdir "$PINS/$$" "$RUNS/runs/$$"'
	beside 'ip netns add "bpfpath-t$$-A"' "lab" 'ip netns del "bpfpath-t$$-A"'
	beside 'tc qdisc add dev lo clsact' "filter" 'tc qdisc del dev lo clsact'
	leaves "mkdir -p '$PINS/0$$'" "pin" "$PINS/0$$"
	leaves "mkdir -p '$RUNS/runs/0$$'" "run" "$RUNS/runs/0$$"
	leaves "ip netns add bpfpath-left$$-A" "lab" "bpfpath-left$$-A"
	leaves 'tc qdisc add dev lo clsact' "filter" clsact
	is "$(machine_state | grep -E "/0$$\$|bpfpath-left$$-A| lo ")" "" \
		"and nothing of it stays here"
else
	for what in {1..12}; do
		skip "leftovers" "needs root"
	done
fi

# ---------------------------------------------------------------- make check-unit

# unit_tree LINE...: the tree has one unit test, with these lines; sets status, out
unit_tree()
{
	printf '%s\n' '#include "../tap.h"' 'int main(void)' '{' "$@" '}' \
		>"$TREE/selftests/unit/report/test_a.c"
	status=0
	out=$("${as[@]}" make -s -C "$TREE" check-unit 2>&1) || status=$?
	diag "$out"
}

as=(env -u BPFPATH_LOGS)
mkdir "$TREE/packaging"
cp "$TOP/Makefile" "$TREE"
cp "$TOP/packaging/install.mk" "$TREE/packaging"
cp "$TOP/selftests/unit/tap.h" "$TREE/selftests/unit"
echo 'int nothing;' >"$TREE/report/diagnose.c"
mkdir -p "$TREE/build"
if [ "$EUID" -eq 0 ]; then
	as+=(setpriv --reuid=65534 --regid=65534 --clear-groups --)
	chmod 711 "$TMP"
	chown -R 65534 "$TREE"
fi
unit_tree 'tap_plan(2);' 'ok(1, "one");' 'ok(1, "two");' 'return tap_done();'
is "$status|${out##*$'\n'}" "0|2 passed, 0 failed, 0 skipped" \
	"check-unit: runs them, without root"
unit_tree 'tap_plan(1);' 'ok(0, "one");' 'return tap_done();'
is "$status" 2 "check-unit: a failure"
has '^not ok 1 - test_a: one$' "check-unit: says which"
unit_tree 'tap_plan(2);' 'ok(1, "one");' 'return 0;' 'ok(1, "two");'
has '^not ok 2 - test_a: 1 of 2 results' "a unit test that returns early"
unit_tree 'return 0;'
has '^not ok 1 - test_a: no plan' "a unit test that returns at once"
unit_tree 'ok(1, "one");' 'tap_plan(1);' 'return tap_done();'
is "$status" 2 "a unit test that plans afterwards"

# ---------------------------------------------------------------- wrong usage

run no-such-file
is "$status" 2 "no such file: the exit status"
ok "no such file: the message" \
	grep -q "^run.sh: no such group or file: 'no-such-file'$" "$TMP/err"

run --vm potato vm
is "$status" 2 "unknown release: the exit status"

run -t soon good.t
is "$status" 2 "bad time limit: the exit status"

run --what
is "$status" 2 "unknown option: the exit status"
ok "unknown option: the usage" grep -q '^Usage: run.sh' "$TMP/err"
