// SPDX-License-Identifier: GPL-2.0-only
#include "fields.h"

#include <stdio.h>
#include <string.h>

#define SKB	"skb."

static const char *const groups[] = { "tcp", "gso", "vlan", "tunnel" };

static void copy(char out[FIELD_ROOM], const char *text, size_t len)
{
	snprintf(out, FIELD_ROOM, "%.*s", (int)len, text);
}

bool field_next(const char **text, struct shown_field *field)
{
	const char *at = *text;
	size_t len, name;

	if (!at)
		return false;
	at += strspn(at, " ");
	len = strcspn(at, " ");
	if (!len)
		return false;
	name = strcspn(at, "=");
	if (name > len)
		name = len;
	copy(field->name, at, name);
	copy(field->value, at + name + (name < len), len - name - (name < len));
	field->known = *field->value && strcmp(field->value, "-");
	*text = at + len;
	return true;
}

bool field_is_integer(const struct shown_field *field)
{
	const char *digits = field->value + (*field->value == '-');

	return *digits && strspn(digits, "0123456789") == strlen(digits) &&
	       (*digits != '0' || !digits[1]);
}

bool field_is_name(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (strlen(groups[i]) == len && !strncmp(name, groups[i], len))
			return true;
	return len > strlen(SKB) && len < FIELD_ROOM && !strncmp(name, SKB, strlen(SKB));
}

/* Is @field one of the group @name? Gives its name there, or NULL. */
static const char *within(const struct shown_field *field, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(field->name, name, len) && field->name[len] == '.' ?
		       field->name + len + 1 :
		       NULL;
}

const char *fields_value(const char *fields, const char *name, char *buf, size_t room)
{
	bool is_group = !strchr(name, '.');
	const char *text = fields, *of;
	struct shown_field field;
	size_t len = 0;

	while (field_next(&text, &field)) {
		of = is_group ? within(&field, name) : NULL;
		if (!field.known || (is_group ? !of : strcmp(field.name, name)))
			continue;
		if (!is_group) {
			snprintf(buf, room, "%s", field.value);
			return buf;
		}
		if (len < room)
			len += snprintf(buf + len, room - len, "%s%s %s", len ? " " : "",
					of, field.value);
	}
	return len ? buf : NULL;
}
