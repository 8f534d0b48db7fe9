# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # "picked" is for run.sh
#
# changed.sh: picks the tests that a change of the sources can affect, too many when in
# doubt. Sourced by run.sh, which knows what the words stand for (find_thing).

# A trace of each kind: for what all traces go through.
SOME_TRACES=(e2e/{demo,end,read,tracepoint,attach})

picked=()	# tests_of_all

# tests_of FILE: the rules: the first one that fits FILE, a path below the top,
# says which tests; a rule that fits and says nothing: none
tests_of()
{
	local name=${1##*/}

	case $1 in
	selftests/vm-build.sh)	echo e2e/kernel ;;
	selftests/lib/*)	echo cli e2e ;;
	selftests/*/*.t)	[ ! -e "$TOP/$1" ] || echo "${1:10:-2}" ;;
	selftests/unit/*/test_*.c) [ ! -e "$TOP/$1" ] || echo "${name%.c}" ;;
	selftests/unit/*)	echo unit ;;
	selftests/filter/*)	echo filter ;;
	selftests/bpf/*)	echo bpf ;;
	selftests/cli/objects/*) echo 'cli/loader*' ;;
	selftests/golden/*)	echo unit/report; tests_naming golden ;;
	selftests/fuzz/*) echo cli/fuzz ;;
	selftests/bench/*) ;;
	selftests/e2e/few.list)	echo e2e ;;
	selftests/*/*.c)	tests_naming "(tool:|/)${name%.c}([^a-z_.]|\$)" \
					"${name/./[.]}" ;;
	selftests/*/*)		tests_naming "${name/./[.]}" ;;
	selftests/schema.py)	tests_naming 'schema[.]py' ;;
	selftests/lib.sh | selftests/state.sh | selftests/head.sh)
				echo cli e2e ;;
	selftests/*)		echo cli/runner ;;

	report/*)		echo unit/report; tests_naming golden 'pathreport'
				echo e2e/{columns,demo,flow,forms,pcapng,schema,tree,until} ;;
	lib/*)			echo unit cli "${SOME_TRACES[@]}" ;;
	loader/attach/*)	echo unit/loader 'cli/loader*' e2e ;;
	loader/filter/*)	echo unit/loader filter cli/{filter,input,options} \
					e2e/{expression,metadata,select,tunnels} ;;
	loader/plan/* | loader/syms/* | loader/list_make* | loader/cmd_list.c)
				echo unit/loader cli/{loader,find} \
					e2e/{list,aside,objects,rules} "${SOME_TRACES[@]}" ;;
	loader/trace/*)		echo unit/loader 'cli/loader*' e2e/{netns,load,missed} \
					e2e/{flow,relatives,schema,until} "${SOME_TRACES[@]}" ;;
	loader/cmd_find.c)	echo cli/find ;;
	loader/*)		echo unit/loader cli "${SOME_TRACES[@]}" ;;
	bpf/*)			echo 'cli/loader*' filter bpf e2e ;;
	data/*)			echo unit/report cli 'e2e/drops_*' e2e/{rules,tree,columns} ;;
	kp_funcs.list)		echo cli e2e ;;
	aside_funcs.list)	echo cli/loader e2e/aside ;;

	scripts/demo.sh)	echo cli/options e2e/{demo,install} ;;
	scripts/lab.sh)		echo e2e/{lab,demo} ;;
	scripts/lint.sh | scripts/paths.awk | scripts/declared.awk) echo lint ;;
	scripts/propose.sh)	echo cli/find ;;
	scripts/setup.sh)	echo cli/setup e2e/roots ;;
	scripts/vm*.sh)		echo cli/vm ;;
	scripts/filter.sh)	echo cli/{filter,input,options} e2e/expression ;;
	scripts/table.sh)	echo cli/{filter,options} e2e/{flow,select} ;;
	scripts/list.sh)	echo cli/find e2e/list ;;
	scripts/usage.sh)	echo cli ;;
	scripts/exec.sh)	echo cli/options e2e/exec ;;
	scripts/report.sh)	echo cli e2e/{columns,forms,demo,until} ;;
	scripts/hooks.sh | scripts/ifaces.sh | scripts/runs.sh | scripts/tc.sh)
				echo cli/options e2e/{devices,direction,foreign,hotplug} \
					e2e/{killed,netns,parallel,select} "${SOME_TRACES[@]}" ;;
	scripts/* | bpfpath.sh)	echo cli e2e/install "${SOME_TRACES[@]}" ;;

	*.schema.json)		echo cli/{docs,schema} e2e/schema ;;
	Documentation/* | *.md | NEWS) echo cli/docs ;;
	Makefile)		echo unit cli e2e/install ;;
	packaging/completion/*)	echo cli/completion ;;
	packaging/install.mk)	echo cli/{install,release,rpm} e2e/{install,packages} ;;
	packaging/release.sh)	echo cli/release ;;
	packaging/debian/*)	echo e2e/packages ;;
	packaging/*spec.in | packaging/rpmlint.toml)	echo cli/rpm ;;
	packaging/*) ;;
	COPYING | .ci/* | .gitignore) ;;
	*)			echo unit cli filter bpf e2e ;;
	esac
}

# tests_naming REGEX...: the test files that have it in them, or that use a helper
# which has it
tests_naming()
{
	local regex file helper
	local -A asked=()

	while [ $# -gt 0 ]; do
		regex=$1
		shift
		asked[$regex]=1
		for file in $(cd "$TOP/selftests" &&
				grep -slE -- "$regex" {cli,filter,bpf,e2e}/*.{t,sh}); do
			helper=${file##*/}
			helper=${helper/./[.]}
			if [[ $file == *.t ]]; then
				echo "${file%.t}"
			elif [ -z "${asked[$helper]}" ]; then
				set -- "$@" "$helper"
			fi
		done
	done
}

# changed_files [COMMIT]: what is different from the commit, paths below the top;
# a file that was renamed is two
changed_files()
{
	git -C "$TOP" diff --name-only --no-renames -z "${1:-HEAD}" -- &&
		git -C "$TOP" ls-files --others --exclude-standard -z
}

# tests_of_all: the tests of the files whose names, each ended by a NUL, are on
# stdin; sets "picked" to them, and says why
tests_of_all()
{
	local file words word
	local -A is_picked=()	# words: globs stay as they are

	picked=()
	while IFS= read -rd '' file; do
		read -ra words < <(tests_of "$file" | tr ' ' '\n' | sort -u |
			tr '\n' ' ') || true
		echo "# changed: $file: ${words[*]:-no test}"
		for word in "${words[@]}"; do
			is_picked[$word]=1
		done
	done
	[ ${#is_picked[@]} -eq 0 ] ||
		mapfile -t picked < <(printf '%s\n' "${!is_picked[@]}" | sort)
}
