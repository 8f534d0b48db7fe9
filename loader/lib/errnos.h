/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ERRNOS_H
#define ERRNOS_H

/* The name of an error, errno(3), or of one of the kernel's own; or NULL. */
const char *errno_name(unsigned int number);

#endif /* ERRNOS_H */
