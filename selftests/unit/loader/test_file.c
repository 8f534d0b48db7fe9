// SPDX-License-Identifier: GPL-2.0-only
/* Files as a whole: small, large, of unknown size, not there. */
#include "../../../loader/lib/file.h"
#include "capture.h"

static void is_read(size_t size)
{
	char path[] = "/tmp/bpfpath-test.XXXXXX", what[64];
	int fd = mkstemp(path);
	char *bytes, *want = malloc(size + 1);
	size_t got, i;

	for (i = 0; i < size; i++)
		want[i] = i * 7;
	snprintf(what, sizeof(what), "a file of %zu bytes", size);
	is_int(write(fd, want, size), size, what);
	is_int(file_read(path, &bytes, &got), 0, "... is read");
	ok(got == size && !memcmp(bytes, want, size) && !bytes[size],
	   "... as it is, with a NUL at its end");
	free(bytes);
	free(want);
	close(fd);
	unlink(path);
}

static void is_error(const char *path, int want, const char *what)
{
	char *bytes;
	size_t size;

	is_int(file_read(path, &bytes, &size), want, what);
	ok(!bytes, "... gives nothing");
}

int main(void)
{
	char *bytes;
	size_t size;

	tap_plan(23);
	is_read(0);
	is_read(1);
	is_read(65535);
	is_read(65536);
	is_read(300000);
	is_int(file_read("/proc/self/status", &bytes, &size), 0,
	       "a file of /proc");
	is_int(size, strlen(bytes), "... is text");
	free(bytes);
	is_error("/nonexistent", -ENOENT, "a file that is not there");
	is_error("/", -EISDIR, "a directory");
	is_error("/dev/zero", -EFBIG, "a file without end");
	return tap_done();
}
