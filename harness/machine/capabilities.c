// SPDX-License-Identifier: GPL-2.0-only
/*
 * capabilities.c - what a libvirt says of itself
 *
 * Format: https://libvirt.org/formatcaps.html
 */
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "capabilities.h"

/* The label of the model "dac" is "+USER:+GROUP". */
#define LABEL "string(/capabilities/host/secmodel[model='dac']/baselabel[@type='qemu'])"

int64_t capabilities_user(const char *xml)
{
	xmlDocPtr document = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL,
					   XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
	xmlXPathContextPtr context = document ? xmlXPathNewContext(document) : NULL;
	xmlXPathObjectPtr label = context ? xmlXPathEval((const xmlChar *)LABEL, context) : NULL;
	unsigned int uid;
	int64_t user = -1;

	if (label && label->stringval && sscanf((const char *)label->stringval, "+%u:", &uid) == 1)
		user = uid;
	xmlXPathFreeObject(label);
	xmlXPathFreeContext(context);
	xmlFreeDoc(document);
	return user;
}
