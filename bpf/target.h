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
#define KP_STACKS	1	/* it can tell the kernel's stack */
#endif

#define KP_DEREF	VALUE(kp_deref)
#define KP_REASON	((__u32)VALUE(kp_reason))
#define KP_CALLER	((__u32)VALUE(kp_caller))
#define KP_RESULT	((__u32)VALUE(kp_result))
#define KP_STAGE	((__u32)VALUE(kp_stage))
#define KP_PARENT	((__u32)VALUE(kp_parent))
#define KP_IS_FRESH	VALUE(kp_is_fresh)
#define KP_IS_BOOL	VALUE(kp_is_bool)
#define KP_TYPE		((__u32)VALUE(kp_type))
#define KP_ENTRY	VALUE(kp_entry)
#define KP_ROLE		((__u32)VALUE(kp_role))
#define KP_IS_IP6	VALUE(kp_is_ip6)

#endif /* TARGET_H */
