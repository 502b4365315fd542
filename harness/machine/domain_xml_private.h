/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * domain_xml_private.h - what the files that write a machine's XML share
 */
#ifndef DOMAIN_XML_PRIVATE_H
#define DOMAIN_XML_PRIVATE_H

#include "base/xml.h"
#include "domain_xml.h"

/* Opens an element: its name, then its attributes as name and value, then NULL. */
void xml_begin(xmlTextWriterPtr w, const char *const *words);

#define begin(w, ...) xml_begin(w, (const char *const[]){ __VA_ARGS__, NULL })

static inline void end(xmlTextWriterPtr w)
{
	xmlTextWriterEndElement(w);
}

#define leaf(w, ...) do { begin(w, __VA_ARGS__); end(w); } while (0)

/* An element with attributes around a text. */
#define around(w, content, ...) \
	do { begin(w, __VA_ARGS__); xmlTextWriterWriteString(w, X(content)); end(w); } while (0)

/* Whether the machine has the plugin that throws translated code away: see witness/plugin_discard.c. */
bool domain_discards(const struct domain_config *c);

/* The elements "features" and "cpu". */
void domain_write_cpu(xmlTextWriterPtr w, const struct domain_config *c);

/* What libvirt does not know and hands on to QEMU as it is. */
void domain_write_arguments(xmlTextWriterPtr w, const struct domain_config *c);

#endif /* DOMAIN_XML_PRIVATE_H */
