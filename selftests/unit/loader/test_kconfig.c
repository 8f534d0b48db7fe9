// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "../../../loader/kernel/kconfig.h"
#include "../tap.h"

static const char config[] = "CONFIG_KPROBES=y\n"
			     "# CONFIG_FPROBE is not set\n"
			     "CONFIG_NET_CLS_BPF=m\n"
			     "CONFIG_KPROBES_ON_FTRACE=y\n"
			     "CONFIG_DEFAULT_HOSTNAME=\"(none)\"";

static char path[] = "/tmp/test_kconfig.XXXXXX";

static void is_option(const char *option, const char *want)
{
	char value[32] = "";

	is_int(kconfig_get_from(path, option, value, sizeof(value)), 0, option);
	is_str(value, want, want);
}

static void test_file(const char *mode)
{
	gzFile file = gzopen(path, mode);

	gzputs(file, config);
	gzclose(file);
	is_option("CONFIG_KPROBES", "y");
	is_option("CONFIG_FPROBE", "n");
	is_option("CONFIG_NET_CLS_BPF", "m");
	is_option("CONFIG_KPROBE", "n");
	is_option("CONFIG_DEFAULT_HOSTNAME", "\"(none)\"");
}

int main(void)
{
	char value[32];
	int fd = mkstemp(path);

	tap_plan(21);
	close(fd);
	test_file("wT");	/* plain */
	test_file("w");		/* gzipped */
	unlink(path);
	ok(kconfig_get_from(path, "CONFIG_KPROBES", value, sizeof(value)) < 0,
	   "a file that is not there is an error");
	return tap_done();
}
