# SPDX-License-Identifier: GPL-2.0-only
#
# paths.awk: prints names of files that are not there, in documents and in comments of
# sources; for lint.sh. The first file that it reads holds the names of all files, a line
# each; it looks at the others. A name may lack its first directories: "plan.h" is
# loader/plan/plan.h.

BEGIN {
	FS = "\n"
	PART = "[A-Za-z0-9_.*{},$<>-]"
	ENDS = "c|h|sh|t|def|list|md|py|awk|mk|in|json"
	NAME = PART "*(/" PART "+)*[A-Za-z0-9_*>}]\\.(" ENDS ")([^A-Za-z0-9_./-]|$)"
	OURS = "(bpf|loader|report|scripts|selftests|data|packaging|Documentation)/"
	FOLDER = "(^|[^A-Za-z0-9_./$}-])" OURS PART "+(/" PART "+)*"
	# of the kernel, of libraries, of what the reader has, of what stands for many
	OTHERS = "^(include|linux|uapi|net|netinet|kernel|mm|tools)/|[*{}$<>]|NAME|" \
		"^(/|my\\.|sources\\.list|TMP|Documentation/[^/]*/)"
}

# have_all PATH: it and all folders that it is in are there; so are all ends of it
function have_all(path, parts, n, i, tail)
{
	n = split(path, parts, "/")
	for (i = n; i; i--) {
		tail = i < n ? parts[i] "/" tail : parts[i]
		have[tail]
	}
	do {
		there[path]
	} while (sub(/\/[^\/]*$/, "", path))
}

FNR == NR { have_all($0); next }

FNR == 1 {
	is_c = FILENAME ~ /\.([ch]|def)$/
	is_text = FILENAME ~ /\.(md|8|json)$|NEWS$/
	in_comment = 0
}

# c_comment TEXT: what of a line of C stands in a comment
function c_comment(text)
{
	if (!in_comment) {
		if (!match(text, /\/\*|\/\//))
			return ""
		text = substr(text, RSTART)
		in_comment = text ~ /^\/\*/
	}
	if (text ~ /\*\//)
		in_comment = 0
	return text
}

# is_there NAME: with one of our folders in front, all of it counts
function is_there(name)
{
	return name in there || name !~ "^" OURS && name in have
}

# look REGEX TEXT: for names of that form
function look(regex, text, name)
{
	while (match(text, regex)) {
		name = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		sub(/[^A-Za-z0-9_*}>]+$/, "", name)
		sub(/^[^A-Za-z0-9_*$\/]*(\.\.?\/)*/, "", name)
		if (name !~ OTHERS && !is_there(name) && !said[FILENAME, FNR, name]++) {
			printf "%s:%d: no such file: %s\n", FILENAME, FNR, name
			wrong = 1
		}
	}
}

{
	text = $0
	if (is_c)
		text = c_comment(text)
	else if (!is_text)
		text = match(text, /(^|[ \t])#/) ? substr(text, RSTART) : ""
	look(NAME, text)
	look(FOLDER, text)
}

END { exit wrong }
