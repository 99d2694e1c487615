/* SPDX-License-Identifier: MIT */
/* The files of data/ and themes/ that the program carries, sorted by name ("journeys/tob-annual.yaml"). */
#ifndef BUILTIN_H
#define BUILTIN_H

#include <stddef.h>

struct builtin_file {
	const char *name;
	const char *kind, *key; /* of its first line: "journey", "tob-annual" */
	const char *data;
	size_t size; /* a NUL follows */
};
extern const struct builtin_file builtin_files[];
extern const size_t builtin_file_count;

#endif
