// SPDX-License-Identifier: GPL-2.0-only
/*
 * efi_start.c - the first program that UEFI firmware starts: it starts the boot loader
 *
 * It is for UEFI what mbr.S is for a BIOS. By the time it is here, efi_header.S has set the
 * mark. It takes the device path of the file that it came from, replaces the file's name by
 * that of GRUB, and has the firmware load and start that. When it returns, the firmware goes on
 * with the next boot option, as after any program that failed.
 *
 * Names and layouts are those of the UEFI specification 2.10; of a table only what is used is
 * named, and the rest is room.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOADER		u"\\EFI\\BOOT\\GRUBX64.EFI"

#define EFIAPI		__attribute__((ms_abi))
#define EFI_NOT_FOUND	(UINT64_C(1) << 63 | 14)

#define NODE_MEDIA	4		/* type of a device path's node ... */
#define NODE_FILE	4		/* ... and its subtype */
#define NODE_END	0x7f
#define NODE_END_WHOLE	0xff

struct guid {
	uint32_t a;
	uint16_t b, c;
	uint8_t d[8];
};

struct node {
	uint8_t type, subtype, length[2];
};

struct file_node {
	struct node head;
	uint16_t name[sizeof(LOADER) / sizeof(uint16_t)];
	struct node end;
} __attribute__((packed));

struct boot_services {
	uint8_t header[24];
	void *before_handle_protocol[16];
	uint64_t (EFIAPI *handle_protocol)(void *handle, const struct guid *protocol, void **to);
	void *before_load_image[5];
	uint64_t (EFIAPI *load_image)(uint8_t by_policy, void *parent, const void *path,
				      void *source, uint64_t bytes, void **handle);
	uint64_t (EFIAPI *start_image)(void *handle, uint64_t *data_bytes, uint16_t **data);
};

_Static_assert(offsetof(struct boot_services, handle_protocol) == 152, "as specified");
_Static_assert(offsetof(struct boot_services, load_image) == 200, "as specified");

struct system_table {
	uint8_t header[24];
	void *before_boot_services[9];
	struct boot_services *boot_services;
};

_Static_assert(offsetof(struct system_table, boot_services) == 96, "as specified");

struct loaded_image {
	uint64_t revision;
	void *parent, *system_table;
	void *device;
};

static const struct guid loaded_image_guid = {
	0x5b1b31a1, 0x9562, 0x11d2, { 0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b }
};
static const struct guid device_path_guid = {
	0x09576e91, 0x6d3f, 0x11d2, { 0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b }
};

static const struct file_node loader = {
	{ NODE_MEDIA, NODE_FILE, { offsetof(struct file_node, end), 0 } }, LOADER,
	{ NODE_END, NODE_END_WHOLE, { sizeof(struct node), 0 } }
};

/* Longer than the path of any disk in a machine. */
static uint8_t path[512];

static void copy(uint8_t *to, const void *from, size_t n)
{
	const volatile uint8_t *bytes = from;

	for (size_t i = 0; i < n; i++)
		to[i] = bytes[i];
}

/* The device's path, then the loader's. Return: false when it has no room. */
static bool make_path(const uint8_t *device)
{
	size_t n = 0;

	while (device[n] != NODE_END) {
		const struct node *node = (const struct node *)(device + n);

		n += node->length[0] | (size_t)node->length[1] << 8;
		if (n > sizeof(path) - sizeof(loader))
			return false;
	}
	copy(path, device, n);
	copy(path + n, &loader, sizeof(loader));
	return true;
}

uint64_t EFIAPI efi_start(void *self, struct system_table *table)
{
	struct boot_services *firmware = table->boot_services;
	struct loaded_image *image;
	void *device, *handle;
	uint64_t status = firmware->handle_protocol(self, &loaded_image_guid, (void **)&image);

	if (!status)
		status = firmware->handle_protocol(image->device, &device_path_guid, &device);
	if (!status && !make_path(device))
		status = EFI_NOT_FOUND;
	if (!status)
		status = firmware->load_image(0, self, path, NULL, 0, &handle);
	return status ? status : firmware->start_image(handle, NULL, NULL);
}
