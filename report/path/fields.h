/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fields of a packet at a step that were asked for by name: column "fields" of records,
 * "NAME=VALUE NAME=VALUE …".
 */
#ifndef PATH_FIELDS_H
#define PATH_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#define FIELD_ROOM	96	/* for a name, or a value, bytes; a longer one is cut */

struct shown_field {
	char name[FIELD_ROOM], value[FIELD_ROOM];
	bool known;
};

/* Takes the next field off *text, which is passed then; false: there is none. */
bool field_next(const char **text, struct shown_field *field);

/* Is the value an integer, as JSON has them? */
bool field_is_integer(const struct shown_field *field);

/* May that be the name of a field, or of a group of them? */
bool field_is_name(const char *name, size_t len);

/*
 * The value of the field @name in @fields, NULL: none, as text in @buf; of a group, which
 * is a name without a dot, all values that are known, each with its name in the group
 * before it. NULL: not known.
 */
const char *fields_value(const char *fields, const char *name, char *buf, size_t room);

#endif /* PATH_FIELDS_H */
