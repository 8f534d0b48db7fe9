// SPDX-License-Identifier: GPL-2.0-only
#include "run_notes.h"
#include "../../lib/digits.h"

const char *const run_notes[RUN_NOTES] = {
	"selected", "lost", "missed", "untracked", "orphans"
};

struct number run_note(const struct notes *notes, const char *name)
{
	const char *value = notes_find(notes, name);
	struct number n = { .known = false };

	n.known = value && !digits_read(value, 10, UINT64_MAX, &n.value);
	if (!n.known)
		n.value = 0;
	return n;
}
