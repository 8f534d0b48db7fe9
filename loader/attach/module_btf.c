// SPDX-License-Identifier: GPL-2.0-only
#include "module_btf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/grow.h"
#include "../kernel/sys.h"

/* Takes the descriptor over, unless the BTF is no module's. */
static int add(struct module_btfs *btfs, int fd)
{
	struct module_btf *grown, *it;

	grown = grow(btfs->list, btfs->count, sizeof(*grown));
	if (!grown) {
		close(fd);
		return -ENOMEM;
	}
	btfs->list = grown;
	it = &grown[btfs->count];
	it->fd = fd;
	if (sys_btf_name(fd, it->name, sizeof(it->name)) || !*it->name)
		close(fd);
	else
		btfs->count++;
	return 0;
}

static int open_all(struct module_btfs *btfs)
{
	int err = 0, fd;
	uint32_t id = 0;

	while (!err && !(err = sys_btf_next_id(id, &id))) {
		fd = sys_btf_open(id);
		if (fd >= 0)
			err = add(btfs, fd);
		else if (fd != -ENOENT)
			err = fd;
	}
	return err == -ENOENT ? 0 : err;
}

static int find(const struct module_btfs *btfs, const char *module)
{
	for (int i = 0; i < btfs->count; i++)
		if (!strcmp(btfs->list[i].name, module))
			return btfs->list[i].fd;
	return -ENOENT;
}

int module_btf_fd(struct module_btfs *btfs, const char *module)
{
	int ret = 0;

	if (!*module)
		return 0;
	pthread_mutex_lock(&btfs->lock);
	if (!btfs->list)
		ret = open_all(btfs);
	if (!ret)
		ret = find(btfs, module);
	pthread_mutex_unlock(&btfs->lock);
	return ret;
}

void module_btfs_close(struct module_btfs *btfs)
{
	for (int i = 0; i < btfs->count; i++)
		close(btfs->list[i].fd);
	free(btfs->list);
	btfs->list = NULL;
	btfs->count = 0;
}
