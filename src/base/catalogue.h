/* SPDX-License-Identifier: MIT */
/* The compiled-in translations, sorted by message (bytes). */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stddef.h>

struct catalogue_entry {
	const char *message, *translation;
};
extern const struct catalogue_entry catalogue_zh[];
extern const size_t catalogue_zh_count;

#endif
