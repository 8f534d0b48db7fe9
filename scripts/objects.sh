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
FILTER=		# below it: for this filter,
SEEDS=		# and for where packets are to leave
RULES=		# or for the firewalls that are loaded

# objects_flags READ: the compiler's flags that are the same for all objects
objects_flags()
{
	echo -O2 -g -target bpf -std=gnu11 -Wall -Wextra -Werror
	echo "-DARCH_$(uname -m)" "-DREAD_${1^^}" ${id:+-DWITH_ID} \
		${bytes:+"-DWITH_BYTES=$bytes"} ${aside:+-DWITH_ASIDE} \
		${returns:+-DWITH_RETURNS}
	echo "-idirafter /usr/include/$(uname -m)-linux-gnu"
	"$BPFLOAD" cflags
}

# objects_expire: removes directories that were not used for long, and what a
# killed run was making; what other runs make or remove meanwhile is none of its
# business
objects_expire()
{
	find "$OBJECTS_ROOT" -mindepth 2 -maxdepth 2 \
		\( -name used -o -path '*/new.*/kernel.h' \) \
		-mtime +$OBJECTS_DAYS -printf '%h\0' 2>/dev/null |
		xargs -0 -r rm -rf || true
}

# objects_key READ: what goes into every object: the sources, the compiler, the
# kernel, whose notes have the id of its build, and what bpfload says of it
objects_key()
{
	local key

	key=$({
		echo "$1 $id $bytes $aside $returns"
		cat /proc/version "$ROOT"/bpf/*.[ch]
		cat /sys/kernel/notes 2>/dev/null || true
		stat -L -c '%n %s %Y' "$compiler" "$BPFLOAD"
	} | sha256sum)
	echo "${key:0:16}"
}

# objects_make READ: a new directory, which another run may make as well
objects_make()
{
	local new

	new=$(mktemp -d "$OBJECTS_ROOT/new.XXXXXX")
	"$BPFLOAD" layout >"$new/kernel.h"
	objects_flags "$1" >"$new/flags"
	mv -T "$new" "$OBJECTS" 2>/dev/null || rm -rf "$new"
	objects_expire
}

# objects_open READ: finds the directory; makes it where it is new
objects_open()
{
	local compiler

	compiler=$(command -v "$CLANG") ||
		die "no compiler: '$CLANG' is needed to compile the probes"
	[ -d "$OBJECTS_ROOT" ] || (umask 077; mkdir -p "$OBJECTS_ROOT")
	OBJECTS=$OBJECTS_ROOT/$(objects_key "$1")
	[ -d "$OBJECTS" ] || objects_make "$1"
	: >"$OBJECTS/used"
}

# objects_compile JOBS: runs the compiler for every 13 lines of that file, a word
# each. The first job goes alone: what is wrong with all is said once.
# The compiler puts an object in place only when it is whole.
objects_compile()
{
	local clang

	[ -s "$1" ] || return 0
	clang=(xargs -d '\n' -r -n 13 -P "$(nproc)" "$CLANG"
		"@$OBJECTS/flags" -I "$ROOT/bpf" -I "$OBJECTS" -c)
	head -n 13 "$1" | "${clang[@]}" ||
		die "the compiler refuses a program"
	tail -n +14 "$1" | "${clang[@]}" ||
		die "the compiler refuses a program"
}

# objects_new DIR FILE: a directory with that file, of what stands on stdin
objects_new()
{
	local new

	new=$(mktemp -d "$OBJECTS_ROOT/new.XXXXXX")
	cat >"$new/$2"
	mv -T "$new" "$1" 2>/dev/null || rm -rf "$new"
}

# short_hash TEXT
short_hash()
{
	local hash

	hash=$(sha256sum <<<"$1")
	echo "${hash:0:16}"
}

# objects_filter TEXT: finds or makes the directory for that expression.h
objects_filter()
{
	FILTER=$OBJECTS/filter.$(short_hash "$1")
	[ -d "$FILTER" ] || objects_new "$FILTER" expression.h <<<"$1"
}

# objects_seeds FLAG...: finds or makes the directory for seeds with these flags
objects_seeds()
{
	SEEDS=$FILTER/seeds.$(short_hash "$*")
	[ -d "$SEEDS" ] || printf '%s\n' -DKP_SEED "-I $FILTER" "$@" |
		objects_new "$SEEDS" flags
}

# objects_rules: finds or makes the directory for what sees firewalls decide
objects_rules()
{
	local text

	text=$("$BPFLOAD" rules)
	RULES=$OBJECTS/rules.$(short_hash "$text")
	[ -d "$RULES" ] || objects_new "$RULES" rules.h <<<"$text"
}

# objects_classifier HOOK FORM: compiles it; prints its path
objects_classifier()
{
	local object=$FILTER/$1.$2.o

	[ -e "$object" ] ||
		"$CLANG" "@$OBJECTS/flags" -I "$ROOT/bpf" -I "$OBJECTS" \
			-I "$FILTER" "-D${1^^}" "-DFILTER_${2^^}" -c -o "$object" \
			"$ROOT/bpf/classifier.c" || return
	echo "$object"
}

# objects_of LIST READ: adds to each line of a plan its object, and writes to
# RUN/jobs what the compiler must do for those that are not there. A function
# of the list (its number is that of its line) has an object of its own, as the
# lines of trace_pipe have its name in them; all others share one with those
# of the same form. Seeds have the filter in them, rules what the modules say.
objects_of()
{
	awk -F '\t' -v OFS='\t' -v dir="$OBJECTS" -v src="$ROOT/bpf" \
		-v jobs="$RUN/jobs" -v read="$2" \
		-v seeds="$SEEDS" -v rules="$RULES" '
	input == "list" { lines = FNR; next }
	input == "objects" { have[$0] = 1; next }
	/^#/ { next }
	$4 == "skip" { print $0, "-"; next }
	{
		drop = $3 == 2		# only then do reason and caller count
		where = drop || $4 == "fexit" || $4 == "fentry_return" ? $13 : 0
		form = $3 "." $10 "." $11 "." (drop ? $12 : 0) "." where
		if ($4 ~ /^(multi|session)/)	# its cookies tell
			form = $3 == 3 ? "aside" : "0.1.0.0.0"
		rule = $4 ~ /^rule_/
		rank = $14
		parent = $15
		if (parent)
			form = form ".of." ($4 == "multi" ? 2 : parent)
		own = $4 == "tracepoint" || read == "pipe" ||
		      $4 == "kprobe" && $1 <= lines && !rank
		name = own ? $2 : "any"
		object = (rule ? rules : rank ? seeds : dir) "/" $4 "." (own ? $1 "." : "") \
			name "." form ".o"
		print $0, object
		if (object in have)
			next
		have[object] = 1
		print (own ? "-DKP_NUM=" $1 : "-UKP_NUM") "\n-DKP_NAME=" name \
			"\n-DKP_FIN=" $3 "\n-DKP_ARG=" $10 "\n-DKP_DEREF=" $11 \
			"\n-DKP_REASON=" (drop ? $12 : 0) \
			"\n-DKP_LOCATION=" where \
			"\n" (own ? "-DKP_RANK=" rank : "-UKP_RANK") \
			"\n" (parent ? "-DKP_PARENT=" parent : "-UKP_PARENT") \
			"\n" (rule ? "-I" rules : rank ? "@" seeds "/flags" : \
				"-UKP_SEED") \
			"\n-o\n" object "\n" src "/" $4 ".c" >jobs
	}' input=list "$1" input=objects <(printf '%s\n' "$OBJECTS"/* "$SEEDS"/* \
			${RULES:+"$RULES"/*}) \
		input=plan -
}

# objects_probes LIST READ: compiles what the plan on stdin needs and is not
# there; prints the plan with each line's object. LIST is the list's file.
objects_probes()
{
	: >"$RUN/jobs"
	objects_of "$@"
	objects_compile "$RUN/jobs"
}
