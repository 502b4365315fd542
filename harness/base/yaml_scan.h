/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yaml_scan.h - YAML texts that are refused before anything is built of them
 */
#ifndef YAML_SCAN_H
#define YAML_SCAN_H

#include <yaml.h>

#include "error.h"

/*
 * yaml_scan() - refuse a text that is not YAML, and what YAML allows but no file here needs
 * The latter: a NUL character, deep nesting, many anchors, a second document.
 * Return: 0, or -EINVAL with *err set: "PATH:LINE: message".
 */
int yaml_scan(const char *path, const char *text, struct error **err);

/* Says where and why a parser failed. Return: -EINVAL. */
int yaml_scan_failed(const char *path, const yaml_parser_t *parser, struct error **err);

#endif /* YAML_SCAN_H */
