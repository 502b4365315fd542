// SPDX-License-Identifier: GPL-2.0-only
/*
 * sha256.c - the name of a file's contents
 */
#include "sha256.h"

#include <errno.h>
#include <stdio.h>

#include <openssl/evp.h>

#include "cleanup.h"

#define SHA256_BYTES 32

static inline void cleanup_digest(EVP_MD_CTX **c)
{
	EVP_MD_CTX_free(*c);
}

int sha256_file(const char *path, char *hex, struct error **err)
{
	CLEANUP(cleanup_digest) EVP_MD_CTX *context = EVP_MD_CTX_new();
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	unsigned char buffer[65536], digest[SHA256_BYTES];
	size_t n;

	if (!f)
		return error_set(err, ERROR_HOST, errno, "cannot read %s", path);
	if (!context || !EVP_DigestInit_ex(context, EVP_sha256(), NULL))
		return error_set(err, ERROR_INSTRUMENT, 0, "there is no SHA-256");
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		EVP_DigestUpdate(context, buffer, n);
	if (ferror(f))
		return error_set(err, ERROR_HOST, errno, "cannot read %s", path);
	EVP_DigestFinal_ex(context, digest, NULL);
	for (int i = 0; i < SHA256_BYTES; i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
	return 0;
}
