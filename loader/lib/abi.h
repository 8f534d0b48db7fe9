/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many arguments of a function the calling convention passes in
 * registers: System V ABI for AMD64, section 3.2.3; Procedure Call Standard
 * for the Arm 64-bit Architecture, section 6.8.
 */
#ifndef ABI_H
#define ABI_H

#if defined(__aarch64__)
#define ABI_REGS	8
#else
#define ABI_REGS	6
#endif

#endif /* ABI_H */
