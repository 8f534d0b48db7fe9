// SPDX-License-Identifier: GPL-2.0-only
#include "obj_maps.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What is being read: for messages. */
struct map_place {
	const char *object;
	const struct btf *btf;
	const char *map;
};

static const struct {
	const char *name;
	bool is_type;		/* a type whose size counts, else a number */
	int field;		/* in struct obj_map; -1: of no interest */
} members[] = {
	{ "type", false, offsetof(struct obj_map, type) },
	{ "key", true, offsetof(struct obj_map, key_size) },
	{ "key_size", false, offsetof(struct obj_map, key_size) },
	{ "value", true, offsetof(struct obj_map, value_size) },
	{ "value_size", false, offsetof(struct obj_map, value_size) },
	{ "max_entries", false, offsetof(struct obj_map, max_entries) },
	{ "map_flags", false, offsetof(struct obj_map, flags) },
	{ "pinning", false, -1 },	/* where to pin is the loader's to say */
};

#define MEMBERS (sizeof(members) / sizeof(*members))

static int map_wrong(const struct map_place *place, const char *member,
		     const char *what)
{
	warnx("%s: map '%s': member '%s': %s", place->object, place->map,
	      member, what);
	return -EINVAL;
}

/* What a pointer type points to, NULL when it is none. */
static const struct btf_type *pointee(const struct btf *btf, uint32_t id,
				      uint32_t *target)
{
	const struct btf_type *type = btf_type_by_id(btf, btf_resolve(btf, id));

	if (!type || btf_kind(type) != KIND_PTR)
		return NULL;
	*target = btf_resolve(btf, type->type);
	return btf_type_by_id(btf, *target);
}

/* The value of a member: array length or size of a type; -1: not that form. */
static int64_t member_value(const struct btf *btf, uint32_t id, bool is_type)
{
	const struct btf_array *array;
	const struct btf_type *type;
	uint32_t target;

	type = pointee(btf, id, &target);
	if (!type)
		return -1;
	if (is_type)
		return btf_size(btf, target);
	if (btf_kind(type) != KIND_ARRAY)
		return -1;
	array = (const struct btf_array *)(type + 1);
	return array->nelems;
}

static int parse_member(const struct map_place *place,
			const struct btf_member *member, struct obj_map *map)
{
	const char *name = btf_string(place->btf, member->name_off);
	uint32_t *field;
	int64_t value;
	size_t i;

	for (i = 0; i < MEMBERS && strcmp(members[i].name, name); i++)
		;
	if (i == MEMBERS)
		return map_wrong(place, name, "not known");
	value = member_value(place->btf, member->type, members[i].is_type);
	if (value < 0)
		return map_wrong(place, name,
				 members[i].is_type ?
					 "not of the form __type()" :
					 "not of the form __uint()");
	if (members[i].field < 0)
		return 0;
	field = (uint32_t *)((char *)map + members[i].field);
	if (*field && *field != value)
		return map_wrong(place, name, "contradicts another member");
	*field = value;
	return 0;
}

static int parse_map(const struct map_place *place, const struct btf_type *type,
		     struct obj_map *map)
{
	const struct btf_member *member;
	uint32_t i;
	int err = 0;

	if (!type || btf_kind(type) != KIND_STRUCT) {
		warnx("%s: map '%s': not a struct", place->object, place->map);
		return -EINVAL;
	}
	member = (const struct btf_member *)(type + 1);
	for (i = 0; !err && i < btf_vlen(type); i++)
		err = parse_member(place, member + i, map);
	if (!err && !map->type)
		err = map_wrong(place, "type", "missing");
	return err;
}

/* A map's name becomes a file's name when it is pinned. */
static bool is_identifier(const char *name)
{
	const char *at = name;

	while (isalnum((unsigned char)*at) || *at == '_')
		at++;
	return *name && !*at;
}

static int check_name(const struct map_place *place, const struct object *obj)
{
	uint32_t i;

	if (!is_identifier(place->map)) {
		warnx("%s: a map without a proper name", place->object);
		return -EINVAL;
	}
	for (i = 0; i < obj->map_count; i++) {
		if (!strcmp(obj->maps[i].name, place->map)) {
			warnx("%s: map '%s': defined twice", place->object,
			      place->map);
			return -EINVAL;
		}
	}
	return 0;
}

/* Adds the map that the variable @id is. */
static int add_map(const char *object, const struct btf *btf, uint32_t id,
		   struct object *obj)
{
	const struct btf_type *var = btf_type_by_id(btf, id);
	struct map_place place = { .object = object, .btf = btf };
	struct obj_map *map = &obj->maps[obj->map_count];
	int err;

	if (!var || btf_kind(var) != KIND_VAR) {
		warnx("%s: section '.maps': not a list of variables", object);
		return -EINVAL;
	}
	place.map = btf_string(btf, var->name_off);
	err = check_name(&place, obj);
	if (err)
		return err;
	map->name = strdup(place.map);
	if (!map->name)
		return -ENOMEM;
	obj->map_count++;
	return parse_map(&place,
			 btf_type_by_id(btf, btf_resolve(btf, var->type)), map);
}

static bool is_zero(const void *bytes, size_t size)
{
	const char *at = bytes;

	return !size || (!*at && !memcmp(at, at + 1, size - 1));
}

int obj_maps_add_data(const char *name, const struct elf_section *section,
		      struct object *obj)
{
	struct map_place place = {
		.object = name,
		.map = section->name + strlen(DATA_PREFIX),
	};
	struct obj_map *grown, *map;
	int err = check_name(&place, obj);

	if (err)
		return err;
	if (!is_zero(section->data->d_buf, section->data->d_size)) {
		warnx("%s: section '%s': variables must be 0 at first", name,
		      section->name);
		return -EINVAL;
	}
	grown = reallocarray(obj->maps, obj->map_count + 1, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	obj->maps = grown;
	map = &grown[obj->map_count];
	*map = (struct obj_map){
		.name = strdup(place.map),
		.section = section->index,
		.type = BPF_MAP_TYPE_ARRAY,
		.key_size = sizeof(uint32_t),
		.value_size = section->data->d_size,
		.max_entries = 1,
		.flags = BPF_F_MMAPABLE,
	};
	if (!map->name)
		return -ENOMEM;
	obj->map_count++;
	return 0;
}

int obj_maps_parse(const char *name, const struct btf *btf,
		   struct object *obj)
{
	const struct btf_var_secinfo *var;
	const struct btf_type *section;
	uint32_t i;
	int err = 0;

	section = btf_type_by_id(btf, btf_find(btf, ".maps", KIND_DATASEC));
	if (!section) {
		warnx("%s: section '.maps': not described by BTF", name);
		return -EINVAL;
	}
	var = (const struct btf_var_secinfo *)(section + 1);
	obj->maps = calloc(btf_vlen(section) + 1, sizeof(*obj->maps));
	if (!obj->maps)
		return -ENOMEM;
	for (i = 0; !err && i < btf_vlen(section); i++)
		err = add_map(name, btf, var[i].type, obj);
	return err;
}
