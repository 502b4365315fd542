/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scenario_machine.h - the machine that a scenario asks for
 */
#ifndef SCENARIO_MACHINE_H
#define SCENARIO_MACHINE_H

#include "base/yaml_file.h"
#include "firmware.h"

/* CONFIG_NR_CPUS of kernels/base.config: the kernel leaves all others alone. */
#define SCENARIO_MACHINE_CPUS_MAX	8
/* Below this, a kernel and its root file system's cache have no room. */
#define SCENARIO_MACHINE_MEMORY_MIN_MIB	32
#define SCENARIO_MACHINE_MEMORY_MAX_MIB	8192

/* The host's own processor. */
#define SCENARIO_HOST_CPU	"host-passthrough"

enum accelerator { ACCELERATOR_AUTO, ACCELERATOR_KVM, ACCELERATOR_TCG };
enum chipset { CHIPSET_PC, CHIPSET_Q35 };

struct scenario_machine {
	char *arch;			/* "i386", "x86_64" */
	char *kernel;			/* a folder of build/kernels: "i386", "i386-pae", "x86_64-6.12" */
	enum chipset chipset;
	enum firmware firmware;
	int cpus;
	int memory_mib;
	enum accelerator accelerator;
	char *cpu_model;		/* libvirt's name, or "max"; NULL: the default of the accelerator */
	char **cpu_disable;		/* CPU features taken away */
	unsigned int cpu_disable_count;
};

/* Keys and types of "machine"; whole numbers and their limits are in scenario.c. */
extern const cyaml_schema_field_t scenario_machine_fields[];

/* "pc" or "q35", as scenarios and samples name it, and libvirt. */
const char *scenario_chipset_name(enum chipset chipset);

/*
 * scenario_machine_cpu_model() - what processor it has
 * @chosen:	the accelerator, not ACCELERATOR_AUTO
 *
 * Return: a name of QEMU's, or a mode of libvirt's: "max" or SCENARIO_HOST_CPU.
 */
const char *scenario_machine_cpu_model(const struct scenario_machine *m, enum accelerator chosen);

/* The architecture of a folder of build/kernels; the first one, where its name tells none. */
const char *scenario_machine_arch(const char *kernel);

/* Sets the architecture and the kernel where the file does not name them. */
void scenario_machine_complete(struct scenario_machine *m);

/*
 * scenario_machine_check() - whether such a machine can be made
 * @m:		complete
 * @clock:	of the scenario
 * @f:		the file that it was read from
 * @at:		the key there that has its numbers: "machine"
 *
 * Return: 0, or a negative errno with *err set.
 */
int scenario_machine_check(const struct scenario_machine *m, const char *clock,
			   struct yaml_file *f, const char *at, struct error **err);

/*
 * scenario_machine_check_kernels() - whether its reboots can lead to other kernels
 * @m:		checked
 * @kernels:	of "chain.kernels", names of n folders of build/kernels
 *
 * Return: as scenario_machine_check().
 */
int scenario_machine_check_kernels(const struct scenario_machine *m, char *const *kernels,
				   unsigned int n, const char *clock, struct yaml_file *f,
				   struct error **err);

#endif /* SCENARIO_MACHINE_H */
