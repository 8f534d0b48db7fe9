// SPDX-License-Identifier: GPL-2.0-only
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

int process_name(int pid, char name[PROCESS_NAME_LEN])
{
	char path[64], *comm;
	size_t size;
	int err;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	err = file_read(path, &comm, &size);
	if (err)
		return err;
	snprintf(name, PROCESS_NAME_LEN, "%.*s", (int)strcspn(comm, "\n"), comm);
	free(comm);
	return 0;
}
