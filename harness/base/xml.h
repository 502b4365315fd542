/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * xml.h - what writing XML with libxml2 takes
 */
#ifndef XML_H
#define XML_H

#include <libxml/xmlwriter.h>

#define X(text) ((const xmlChar *)(text))

/* For CLEANUP(): a buffer and the writer into it, each of which may be NULL. */
static inline void cleanup_xml_writer(xmlTextWriterPtr *w)
{
	if (*w)
		xmlFreeTextWriter(*w);
}

static inline void cleanup_xml_buffer(xmlBufferPtr *b)
{
	if (*b)
		xmlBufferFree(*b);
}

#endif /* XML_H */
