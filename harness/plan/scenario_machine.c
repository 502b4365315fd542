// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_machine.c - the part of a scenario that describes its machine
 */
#include <string.h>

#include "base/text.h"
#include "scenario_machine.h"

#define OPTIONAL	CYAML_FLAG_OPTIONAL
#define OPTIONAL_PTR	(CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

/* OVMF's own memory, and what it keeps free below 4 GiB. */
#define UEFI_MIN_MIB	128

/* What the harness knows of an architecture. */
static const struct arch {
	const char *name;
	const char *kernel;		/* the folder of build/kernels that a scenario has by default */
	int memory_min_mib;		/* of less, its kernel leaves no room for the next one */
	int memory_max_mib;		/* more needs PCI below 4 GiB to move, or a kernel with 64 bits */
	bool uefi;			/* there is firmware of that kind which starts its kernels */
} archs[] = {
	{ "i386", "i386", SCENARIO_MACHINE_MEMORY_MIN_MIB, 3072, false },
	{ "x86_64", "x86_64", 64, SCENARIO_MACHINE_MEMORY_MAX_MIB, true },
};

#define ARCHS	(sizeof(archs) / sizeof(archs[0]))

static const cyaml_strval_t accelerators[] = {
	{ "auto", ACCELERATOR_AUTO },
	{ "kvm", ACCELERATOR_KVM },
	{ "tcg", ACCELERATOR_TCG },
};

static const cyaml_strval_t chipsets[] = {
	{ "pc", CHIPSET_PC },
	{ "q35", CHIPSET_Q35 },
};

static const cyaml_strval_t firmwares[] = {
	{ "bios", FIRMWARE_BIOS },
	{ "uefi", FIRMWARE_UEFI },
};

static const cyaml_schema_value_t word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 63)
};

const cyaml_schema_field_t scenario_machine_fields[] = {
	CYAML_FIELD_STRING_PTR("arch", OPTIONAL_PTR, struct scenario_machine, arch, 1, 15),
	CYAML_FIELD_STRING_PTR("kernel", OPTIONAL_PTR, struct scenario_machine, kernel, 1, 63),
	CYAML_FIELD_ENUM("chipset", OPTIONAL, struct scenario_machine, chipset, chipsets,
			 CYAML_ARRAY_LEN(chipsets)),
	CYAML_FIELD_ENUM("firmware", OPTIONAL, struct scenario_machine, firmware, firmwares,
			 CYAML_ARRAY_LEN(firmwares)),
	CYAML_FIELD_INT("cpus", OPTIONAL, struct scenario_machine, cpus),
	CYAML_FIELD_INT("memory_mib", OPTIONAL, struct scenario_machine, memory_mib),
	CYAML_FIELD_ENUM("accelerator", OPTIONAL, struct scenario_machine, accelerator,
			 accelerators, CYAML_ARRAY_LEN(accelerators)),
	CYAML_FIELD_STRING_PTR("cpu_model", OPTIONAL_PTR, struct scenario_machine, cpu_model, 1,
			       63),
	CYAML_FIELD_SEQUENCE("cpu_disable", OPTIONAL_PTR, struct scenario_machine, cpu_disable,
			     &word, 0, 32),
	CYAML_FIELD_END
};

const char *scenario_chipset_name(enum chipset chipset)
{
	return chipsets[chipset].str;
}

/* By emulation QEMU's plain ones: its "max" has features whose emulation costs more than it gains. */
const char *scenario_machine_cpu_model(const struct scenario_machine *m, enum accelerator chosen)
{
	if (m->cpu_model)
		return m->cpu_model;
	if (chosen == ACCELERATOR_KVM)
		return SCENARIO_HOST_CPU;
	return strcmp(m->arch, "i386") ? "qemu64" : "qemu32";
}

static const struct arch *find_arch(const char *name)
{
	for (size_t i = 0; i < ARCHS; i++)
		if (!strcmp(archs[i].name, name))
			return &archs[i];
	return NULL;
}

/* The architecture that a kernel is built for: its folder is called "ARCH" or "ARCH-more". */
static bool is_for(const char *kernel, const struct arch *arch)
{
	size_t n = strlen(arch->name);

	return !strncmp(kernel, arch->name, n) && (!kernel[n] || kernel[n] == '-');
}

const char *scenario_machine_arch(const char *kernel)
{
	for (size_t i = 0; i < ARCHS; i++)
		if (is_for(kernel, &archs[i]))
			return archs[i].name;
	return archs[0].name;
}

void scenario_machine_complete(struct scenario_machine *m)
{
	const struct arch *arch;

	if (!m->arch)
		m->arch = text_format("%s", m->kernel ? scenario_machine_arch(m->kernel) :
						       archs[0].name);
	arch = find_arch(m->arch);
	if (!m->kernel)
		m->kernel = text_format("%s", arch ? arch->kernel : m->arch);
}

static int check_uefi(const struct scenario_machine *m, const struct arch *arch,
		      const char *clock, struct yaml_file *f, const char *memory_key,
		      struct error **err)
{
	if (!arch->uefi)
		return yaml_file_refuse(f, "machine.firmware", err, "the UEFI firmware has 64 bits, "
					"and a kernel of %s cannot find the ACPI tables behind it; "
					"uefi needs \"arch: x86_64\"", arch->name);
	if (m->memory_mib < UEFI_MIN_MIB)
		return yaml_file_refuse(f, memory_key, err, "%d is too little for UEFI "
					"firmware, which needs %d", m->memory_mib, UEFI_MIN_MIB);
	if (strcmp(clock, "wall"))
		return yaml_file_refuse(f, "clock", err, "\"%s\" is not to be had with UEFI firmware: "
					"it has no driver for SD cards, and every other disk completes "
					"when the host lets it", clock);
	return 0;
}

int scenario_machine_check(const struct scenario_machine *m, const char *clock,
			   struct yaml_file *f, const char *at, struct error **err)
{
	CLEANUP_FREE char *memory_key = text_format("%s.memory_mib", at);
	CLEANUP_FREE char *cpus_key = text_format("%s.cpus", at);
	const struct arch *arch = find_arch(m->arch);

	if (!arch)
		return yaml_file_refuse(f, "machine.arch", err, "\"%s\" is not one of: i386, x86_64",
					m->arch);
	if (!is_for(m->kernel, arch))
		return yaml_file_refuse(f, "machine.kernel", err, "\"%s\" is no kernel for %s: its "
					"name would begin with that", m->kernel, arch->name);
	if (m->memory_mib < arch->memory_min_mib || m->memory_mib > arch->memory_max_mib)
		return yaml_file_refuse(f, memory_key, err, "%d is out of range, should be "
					"%d to %d for %s", m->memory_mib, arch->memory_min_mib,
					arch->memory_max_mib, arch->name);
	if (strcmp(clock, "wall") && m->cpus != 1)
		return yaml_file_refuse(f, cpus_key, err, "the virtual clock needs one processor");
	return m->firmware == FIRMWARE_UEFI ? check_uefi(m, arch, clock, f, memory_key, err) : 0;
}

/* The root file system has programs of one architecture. */
int scenario_machine_check_kernels(const struct scenario_machine *m, char *const *kernels,
				   unsigned int n, const char *clock, struct yaml_file *f,
				   struct error **err)
{
	char key[64];

	for (unsigned int i = 0; i < n; i++) {
		snprintf(key, sizeof(key), "chain.kernels[%u]", i);
		if (!is_for(kernels[i], find_arch(m->arch)) || strchr(kernels[i], '/'))
			return yaml_file_refuse(f, key, err, "\"%s\" is no kernel for %s: its name "
						"would begin with that", kernels[i], m->arch);
	}
	if (n && strcmp(clock, "wall"))
		return yaml_file_refuse(f, "clock", err, "\"%s\" is not to be had with "
					"\"chain.kernels\": the card with another kernel is found too "
					"late", clock);
	return 0;
}
