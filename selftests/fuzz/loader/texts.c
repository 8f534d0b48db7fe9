// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a text that the kernel has in a file: what can be traced, what must
 * not be probed, how it was configured, and what is kept of such a text.
 */
#include "../../../loader/kernel/kconfig.h"
#include "../../../loader/plan/probeable.h"
#include "../../../loader/syms/snapshot.h"
#include "../../../loader/syms/traceable.h"
#include "files.h"

#define ADDRS	"available_filter_functions_addrs"

static char path[128];
static int file;

static void remove_all(void)
{
	unlink(path);
	kernel_dir_remove();
}

static void prepare(void)
{
	if (*path)
		return;
	files_make();
	file = files_link(ADDRS);
	snprintf(path, sizeof(path), "%s/" ADDRS, kernel_dir);
	atexit(remove_all);
}

static void trace(void)
{
	struct traceable *it;

	if (traceable_open(kernel_dir, &it))
		return;
	traceable_has(it, 0);
	traceable_has(it, 0xffffffff81000000);
	traceable_has(it, ~0ull);
	traceable_free(it);
}

static void probe(void)
{
	static const struct ksym sym = { .name = "ip_rcv" };
	struct found found = { .name = "ip_rcv", .module = "", .sym = &sym };
	struct discovery discovery = { .list = &found, .count = 1 };

	probeable_mark(&discovery, path, MARK_TRACEABLE);
	probeable_mark(&discovery, path, MARK_BLACKLISTED);
	probeable_is(&discovery, &found);
}

static void configure(void)
{
	char value[8];

	if (!kconfig_get_from(path, "CONFIG_KPROBES", value, sizeof(value)))
		fuzz_check(memchr(value, '\0', sizeof(value)) != NULL);
}

static bool is_kept(const char *line)
{
	return *line == 'f';
}

static int keep_lines(char **bytes, size_t *size)
{
	return snapshot_keep_lines(is_kept, *bytes, size);
}

/* Nothing but lines that are kept; the copy cannot be made. */
static void keep(void)
{
	char *text, *line;
	size_t size;

	if (snapshot_read(path, "/nonexistent/copy", keep_lines, &text, &size))
		return;
	fuzz_check(strlen(text) == size);
	for (line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		fuzz_check(!*line || is_kept(line));
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	prepare();
	files_put(file, data, size);
	trace();
	probe();
	configure();
	keep();
	return 0;
}
