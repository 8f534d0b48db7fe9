// SPDX-License-Identifier: GPL-2.0-only
/* Copies of what the kernel says: made, used, and not believed for long. */
#include "../../../loader/lib/file.h"
#include "../../../loader/syms/snapshot.h"
#include "capture.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#define BOOT_ID_LEN	36

static char dir[] = "/tmp/bpfpath-test.XXXXXX";
static char original[64], copies[64], copy[96];

static void put(const char *path, const char *text, size_t size)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(text, 1, size, file) != size || fclose(file))
		abort();
}

static void put_original(const char *text)
{
	put(original, text, strlen(text));
}

static bool is_kept(const char *line)
{
	return *line != '-';
}

static int keep(char **text, size_t *size)
{
	return snapshot_keep_lines(is_kept, *text, size);
}

static int fail(char **text, size_t *size)
{
	(void)text;
	(void)size;
	return -EINVAL;
}

static void is_read(const char *from, int (*make)(char **text, size_t *size),
		    const char *want, const char *what)
{
	char *bytes = NULL;
	size_t size = 0;

	is_int(snapshot_read(original, from, make, &bytes, &size), 0, what);
	is_str(bytes, want, "... gives the text");
	is_int(size, strlen(want), "... and its size");
	free(bytes);
}

/* All files of the directory, also those that begin with a dot. */
static int count_copies(void)
{
	DIR *open = opendir(copies);
	int count = -2;		/* . and .. */

	while (readdir(open))
		count++;
	closedir(open);
	return count;
}

static void test_copy(void)
{
	char *bytes;
	size_t size;

	put_original("first\n");
	is_read(copy, NULL, "first\n", "without a copy");
	is_int(count_copies(), 1, "... a copy is made, and nothing else");
	file_read(copy, &bytes, &size);
	ok(*bytes == '#' && size > BOOT_ID_LEN &&
		   !strcmp(strchrnul(bytes, '\n'), "\nfirst\n"),
	   "... which is a line for the key and the text");
	free(bytes);
	put_original("second\n");
	is_read(copy, NULL, "first\n", "with a copy");
	unlink(original);
	is_read(copy, NULL, "first\n", "with a copy alone");
	unlink(copy);
	is_int(snapshot_read(original, copy, NULL, &bytes, &size), -ENOENT,
	       "with neither");
}

static void test_kept_lines(void)
{
	put_original("-no\nyes\n-no\n\nlast");
	is_read(copy, keep, "yes\n\nlast", "only some lines");
	is_read(copy, NULL, "yes\n\nlast", "... and so the copy");
	unlink(copy);
	put_original("-no\n-no");
	is_read(copy, keep, "", "no line at all");
	is_read(copy, keep, "", "... and so the copy");
	unlink(copy);
}

static void test_hidden(void)
{
	put_original("0000000000000000 T ip_rcv\n");
	is_read(copy, NULL, "0000000000000000 T ip_rcv\n",
		"hidden addresses");
	is_int(count_copies(), 0, "... are not kept");
	put_original("-0000000000000000 A per_cpu\n1 T ip_rcv\n");
	is_read(copy, keep, "1 T ip_rcv\n", "an address of 0 that is left out");
	is_int(count_copies(), 1, "... hides nothing");
	unlink(copy);
	put_original("-1 A first\n0000000000000000 T ip_rcv\n");
	is_read(copy, keep, "0000000000000000 T ip_rcv\n",
		"lines that are kept and hidden");
	is_int(count_copies(), 0, "... are not kept");
}

static void test_not_made(void)
{
	char *bytes;
	size_t size;

	put_original("text\n");
	is_int(snapshot_read(original, copy, fail, &bytes, &size), -EINVAL,
	       "what cannot be made of it is an error");
	ok(!bytes, "... gives nothing");
	is_int(count_copies(), 0, "... and leaves no copy");
}

/* What is there instead of a good copy is not used, and replaced. */
static void is_replaced(const char *bytes, size_t size, const char *what)
{
	put(copy, bytes, size);
	put_original("new\n");
	is_read(copy, NULL, "new\n", what);
	put_original("newer\n");
	is_read(copy, NULL, "new\n", "... and is replaced");
	is_int(count_copies(), 1, "... by one copy");
}

static void test_bad_copies(void)
{
	char *good, *other;
	size_t size, key;

	put_original("old\n");
	is_read(copy, NULL, "old\n", "a good copy");
	file_read(copy, &good, &size);
	key = strchr(good, '\n') + 1 - good;
	other = memcpy(malloc(size), good, size);
	other[1] ^= 1;
	is_replaced(other, size, "a copy of another boot");
	other[1] ^= 1;
	other[key - 2] ^= 1;
	is_replaced(other, size, "a copy with other modules");
	is_replaced("", 0, "an empty copy");
	is_replaced(good, key - 1, "a copy that is cut off in its key");
	is_replaced("old\n", 4, "a copy without a key");
	put(copy, good, key);
	is_read(copy, NULL, "", "a copy of nothing");
	free(good);
	free(other);
	unlink(copy);
}

static void test_no_room(void)
{
	char longer[5000], below[96];

	snprintf(below, sizeof(below), "%s/text", original);
	put_original("text\n");
	is_read("/nonexistent/text", NULL, "text\n",
		"a directory that is not there");
	is_read(below, NULL, "text\n", "a directory that is none");
	chmod(copies, 0500);
	is_read(copy, NULL, "text\n", "a directory that is not writable");
	chmod(copies, 0700);
	unlink(copy);		/* for root it is */
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	is_read(longer, NULL, "text\n", "too long a name");
}

int main(void)
{
	tap_plan(93);
	if (!mkdtemp(dir))
		abort();
	snprintf(original, sizeof(original), "%s/text", dir);
	snprintf(copies, sizeof(copies), "%s/copies", dir);
	snprintf(copy, sizeof(copy), "%s/text", copies);
	if (mkdir(copies, 0700))
		abort();
	test_copy();
	test_kept_lines();
	test_hidden();
	test_not_made();
	test_bad_copies();
	test_no_room();
	unlink(original);
	rmdir(copies);
	is_int(rmdir(dir), 0, "nothing is left behind");
	return tap_done();
}
