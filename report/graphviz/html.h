/* SPDX-License-Identifier: GPL-2.0-only */
/* Text within the HTML-like labels of Graphviz. */
#ifndef HTML_H
#define HTML_H

#include <stddef.h>
#include <stdio.h>

/* Prints s: control characters and stray bytes as \xNN. */
void html_print(FILE *out, const char *s);

/* Prints s in lines of that many bytes or so, broken at spaces. */
void html_wrap(FILE *out, const char *s, size_t columns);

#endif /* HTML_H */
