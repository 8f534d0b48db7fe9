/* SPDX-License-Identifier: GPL-2.0-only */
/* BPF objects made by clang from a few lines of C. */
#ifndef COMPILE_H
#define COMPILE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../../loader/lib/file.h"

/* What each source begins with. */
#define HEAD \
	"#define SEC(name) __attribute__((section(name), used))\n" \
	"#define __uint(name, value) int (*name)[value]\n" \
	"#define __type(name, value) typeof(value) *name\n" \
	"typedef unsigned int u32; typedef unsigned long long u64;\n" \
	"static void *(*lookup)(void *, const void *) = (void *)1;\n"
#define LICENSE "char LICENSE[] SEC(\"license\") = \"GPL\";\n"
#define PLAIN \
	"SEC(\"kprobe/x\") int probe(void *ctx) { return 0; }\n"

/* The object in memory, to be freed; the test cannot go on without. */
static inline char *compile(const char *flags, const char *source,
			    size_t *size)
{
	char path[] = "/tmp/bpfpath-test.XXXXXX", command[128], *bytes;
	int fd = mkstemp(path);
	FILE *clang;

	snprintf(command, sizeof(command),
		 "clang -target bpf -O2 %s -c -x c -o %s -", flags, path);
	clang = popen(command, "w");
	if (fd < 0 || !clang || fputs(source, clang) < 0 || pclose(clang) ||
	    file_read(path, &bytes, size)) {
		puts("Bail out! clang does not compile for BPF");
		exit(1);
	}
	close(fd);
	unlink(path);
	return bytes;
}

#endif /* COMPILE_H */
