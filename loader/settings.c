// SPDX-License-Identifier: GPL-2.0-only
#include "settings.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "../lib/digits.h"

/* The constants that a program may name (bpf/constants.h). */
static const char *const names[] = {
#define TARGET(name)		#name,
#define RUN(name)		#name,
#define FACT(name)		#name,
#define MEMBER(module, s, m)	"off_" #s "__" #m,
#define BITS(module, s, m)	"bit_" #s "__" #m, "width_" #s "__" #m,
#include "../bpf/constants.def"
};

static bool is_known(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

int settings_constant(const char *text, struct consts *consts)
{
	size_t len = strcspn(text, "=");
	char name[OBJ_NAME_LEN];
	uint64_t value;

	if (!len || len >= sizeof(name) || !text[len] ||
	    digits_read(text + len + 1, 10, UINT64_MAX, &value)) {
		warnx("constant '%s': must be NAME=NUMBER", text);
		return -EINVAL;
	}
	memcpy(name, text, len);
	name[len] = '\0';
	if (!is_known(name)) {
		warnx("constant '%s': no program has one of that name", name);
		return -EINVAL;
	}
	return consts_set(consts, name, value);
}

int settings_option(int option, const char *value, struct settings *settings)
{
	switch (option) {
	case SETTINGS_CONSTANTS:
		return consts_read(&settings->consts, value);
	case SETTINGS_SET:
		return settings_constant(value, &settings->consts);
	case SETTINGS_FILTER:
		filters_free(&settings->filters);
		return wanted_read(value, &settings->consts,
				   &settings->filters);
	case SETTINGS_FIELDS:
		fields_free(&settings->fields);
		return fields_read(value, &settings->consts, &settings->fields);
	}
	return 1;
}

struct binding settings_binding(const struct settings *settings,
				const char *dir)
{
	return (struct binding){
		.dir = dir,
		.consts = &settings->consts,
		.funcs = settings->filters.funcs,
		.func_count = FILTER_FUNCS,
		.fields = settings->fields.funcs,
	};
}

void settings_free(struct settings *settings)
{
	consts_free(&settings->consts);
	filters_free(&settings->filters);
	fields_free(&settings->fields);
}
