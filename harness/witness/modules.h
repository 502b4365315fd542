/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * modules.h - names for the functions of kernel modules, by their bytes
 *
 * Where a module lies in a running kernel, only that kernel knows. But its code is that of
 * its file, except where relocations changed it.
 */
#ifndef MODULES_H
#define MODULES_H

#include "base/error.h"
#include "profile_trace.h"

/*
 * modules_name() - give functions of modules their names in a profile's tree
 * @dir:	folder with the modules' files, *.ko; it need not exist
 * @code:	of the functions; those that no file has keep the name they have
 * @t:		its functions are not sorted yet
 * A name becomes "boot_image [tkm]". Return: 0, or a negative errno with *err set.
 */
int modules_name(const char *dir, const module_code_vec *code, struct call_tree *t,
		 struct error **err);

#endif /* MODULES_H */
