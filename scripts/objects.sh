# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# objects.sh: BPF objects, compiled when they are needed and kept; sourced by
# bpfpath.sh. Objects lie in a directory that is named by all that goes into
# every one of them: sources, kernel, compiler, way of reading. Their own names
# say the rest, so nothing is ever out of date; what was not used for a month
# goes.

CLANG=${CLANG:-clang}
OBJECTS_ROOT=/var/cache/bpfpath/objects
OBJECTS_DAYS=30

OBJECTS=	# the directory for this kernel and way of reading

# objects_flags READ: the compiler's flags that are the same for all objects
objects_flags()
{
	echo -O2 -g -target bpf -std=gnu11 -Wall -Wextra -Werror
	echo "-DARCH_$(uname -m)" "-DREAD_${1^^}"
	echo "-idirafter /usr/include/$(uname -m)-linux-gnu"
	"$BPFLOAD" cflags
}

# objects_expire: removes old directories; those that other runs make or remove
# meanwhile are none of its business
objects_expire()
{
	find "$OBJECTS_ROOT" -mindepth 1 -maxdepth 1 -mtime +$OBJECTS_DAYS \
		-exec rm -rf {} + 2>/dev/null || true
}

# objects_open READ: finds the directory; makes it where it is new
objects_open()
{
	local new key compiler

	compiler=$(command -v "$CLANG") ||
		die "no compiler: '$CLANG' is needed to compile the probes"
	(umask 077; mkdir -p "$OBJECTS_ROOT")
	new=$(mktemp -d "$OBJECTS_ROOT/new.XXXXXX")
	"$BPFLOAD" layout >"$new/kernel.h"
	objects_flags "$1" >"$new/flags"
	key=$(cat "$new/kernel.h" "$new/flags" "$ROOT"/bpf/*.[ch] \
		<(stat -L -c '%n %s %Y' "$compiler") | sha256sum | cut -c 1-16)
	OBJECTS=$OBJECTS_ROOT/$key
	[ -d "$OBJECTS" ] || mv -T "$new" "$OBJECTS" 2>/dev/null || true
	rm -rf "$new"
	touch "$OBJECTS"
	objects_expire
}

# objects_compile JOBS: runs the compiler for every 10 words of that file, which
# NUL separates. The first job goes alone: what is wrong with all is said once.
# The compiler puts an object in place only when it is whole.
objects_compile()
{
	local clang=(xargs -0 -r -n 10 -P "$(nproc)" "$CLANG"
		"@$OBJECTS/flags" -I "$ROOT/bpf" -I "$OBJECTS" -c)

	[ -s "$1" ] || return 0
	head -z -n 10 "$1" | "${clang[@]}" ||
		die "the compiler refuses a program"
	tail -z -n +11 "$1" | "${clang[@]}" ||
		die "the compiler refuses a program"
}

# objects_classifier HOOK FLAG...: compiles it; prints its path
objects_classifier()
{
	local hook=$1 object
	shift
	object=$OBJECTS/classifier.$hook.$(printf '%s ' "$@" | sha256sum | cut -c 1-16).o
	[ -e "$object" ] ||
		"$CLANG" "@$OBJECTS/flags" -I "$ROOT/bpf" -I "$OBJECTS" \
			"-D${hook^^}" "$@" -c -o "$object" "$ROOT/bpf/classifier.c" || return
	echo "$object"
}

# objects_probes PLAN: compiles what the plan's lines need and is not there;
# prints the plan with each line's object
objects_probes()
{
	local num name fin how symbol unique module addr btf arg deref reason location why object
	local jobs=$RUN/jobs

	: >"$jobs"
	while IFS=$'\t' read -r num name fin how symbol unique module addr btf \
			arg deref reason \
			location why; do
		object=-
		case $how in
		kprobe|tracepoint)
			object=$OBJECTS/$how.$num.$name.$fin.$arg.$deref.$reason.$location.o
			[ -e "$object" ] || printf '%s\0' "-DKP_NUM=$num" \
				"-DKP_NAME=$name" "-DKP_FIN=$fin" \
				"-DKP_ARG=$arg" "-DKP_DEREF=$deref" \
				"-DKP_REASON=$reason" "-DKP_LOCATION=$location" \
				-o "$object" "$ROOT/bpf/$how.c" >>"$jobs"
			;;
		esac
		printf '%s\t' "$num" "$name" "$fin" "$how" "$symbol" "$unique" "$module" "$addr" "$btf" \
			"$arg" "$deref" "$reason" "$location" "$why"
		printf '%s\n' "$object"
	done
	objects_compile "$jobs"
}
