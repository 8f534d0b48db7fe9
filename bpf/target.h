/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a program must know of the function that it is a probe of: constants, so that one
 * object is for all functions; or macros of the same names, for an object that is
 * compiled for one function. kprobe.multi has them in the cookie instead (bpfpath.h).
 *	KP_NUM		its number (line of kp_funcs.list)
 *	KP_NAME		its name
 *	KP_FIN		enum verdict: what reaching it means for the packet
 *	KP_ARG		1..8: which argument is the packet
 */
#ifndef TARGET_H
#define TARGET_H

#include "constants.h"

#ifndef KP_NUM
#define KP_NUM		((__u32)VALUE(kp_num))
#define KP_NAME		any
#define KP_FIN		((int)VALUE(kp_fin))
#define KP_ARG		((__u32)VALUE(kp_arg))
#endif

#define KP_DEREF	VALUE(kp_deref)
#define KP_REASON	((__u32)VALUE(kp_reason))
#define KP_LOCATION	((__u32)VALUE(kp_location))
#define KP_STAGE	((__u32)VALUE(kp_stage))
#define KP_PARENT	((__u32)VALUE(kp_parent))

#endif /* TARGET_H */
