/* SPDX-License-Identifier: GPL-2.0-only */
/* What the code under test says on stderr. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "../tap.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static FILE *capture_stderr;
static char *capture_text;
static size_t capture_size;

/*
 * From here on the stream stderr goes to memory; what a sanitizer says goes
 * to the descriptor and stays visible.
 */
static inline void capture_begin(void)
{
	program_invocation_short_name = (char *)"bpfpath";
	free(capture_text);
	capture_text = NULL;
	capture_stderr = stderr;
	stderr = open_memstream(&capture_text, &capture_size);
}

/*
 * Puts stderr back and returns what was said, without the last newline; it
 * stays until the next capture_begin().
 */
static inline const char *capture_end(void)
{
	fclose(stderr);
	stderr = capture_stderr;
	if (capture_size && capture_text[capture_size - 1] == '\n')
		capture_text[capture_size - 1] = '\0';
	return capture_text;
}

#endif /* CAPTURE_H */
