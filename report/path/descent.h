/* SPDX-License-Identifier: GPL-2.0-only */
/* The lines of descent of a packet's relatives. */
#ifndef DESCENT_H
#define DESCENT_H

#include "family.h"

/* Sets line and parent of each member (path.h). Returns 0 or -ENOMEM. */
int descent_name(struct family *f);

#endif /* DESCENT_H */
