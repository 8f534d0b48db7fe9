#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: JSON of all forms fits its schema, and documents name its keys
# requires: cmd:jq cmd:python3
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"

cd "$TOP" || exit 1
GOLDEN=selftests/golden
PATHREPORT=${BUILD:-build}/pathreport

python3 -c 'import jsonschema' 2>/dev/null || skip_all "no python3-jsonschema"
plan 13

# fits SCHEMA FILE...
fits()
{
	selftests/schema.py "Documentation/$1.schema.json" "${@:2}" >&2
}

# keys SCHEMA: all that it names
keys()
{
	jq -r '.. | objects | .properties? // empty | keys[]' \
		"Documentation/$1.schema.json" | sort -u
}

# unnamed SCHEMA DOCUMENT...: keys that the documents do not name
unnamed()
{
	local key

	for key in $(keys "$1"); do
		grep -qE "\`([a-z_]+\.)?$key\`" "${@:2}" || echo "$key"
	done
}

mapfile -t packets < <(find "$GOLDEN" -name '*.json' |
	grep -vE '\.(diff|until)\.json$')
ok "golden files of -o json" fits packet "${packets[@]}"
ok "golden files of diff" fits diff "$GOLDEN"/*.{diff,until}.json
ok "golden files of stats-json" fits stats "$GOLDEN"/*.stats-json

# every trace that is here, made JSON now
for file in "$GOLDEN"/*.in; do
	"$PATHREPORT" --data data -o json "$file"
done >"$TMP/all.json" 2>/dev/null
ok "all traces, -o json" fits packet "$TMP/all.json"
for file in "$GOLDEN"/*.in; do
	"$PATHREPORT" -o stats-json "$file"
done >"$TMP/all.stats" 2>/dev/null
ok "all traces, -o stats-json" fits stats "$TMP/all.stats"

head -n 1 "$GOLDEN/drop.json" >"$TMP/drop"
jq -c 'del(.family.late)' "$TMP/drop" >"$TMP/broken"
ok "a key is missing" not fits packet "$TMP/broken"
jq -c '.events[0].more = 1' "$TMP/drop" >"$TMP/broken"
ok "a key more" not fits packet "$TMP/broken"
jq -c '.events[0].ns = "1"' "$TMP/drop" >"$TMP/broken"
ok "another type" not fits packet "$TMP/broken"
jq -c '.end.how = "lost"' "$TMP/drop" >"$TMP/broken"
ok "another end" not fits packet "$TMP/broken"
jq -c '.packet = null' "$TMP/drop" >"$TMP/broken"
ok "null where there always is something" not fits packet "$TMP/broken"

is "$(unnamed packet Documentation/json.md)" "" "json.md names all keys"
is "$(unnamed diff Documentation/{diff,json}.md)" "" "diff.md names all keys"
is "$(unnamed stats Documentation/{stats,json,records}.md)" "" \
	"stats.md names all keys"
