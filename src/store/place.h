/* SPDX-License-Identifier: MIT */
/* Putting a finished file in its place: written beside it first, synced, then linked or renamed. */
#ifndef STORE_PLACE_H
#define STORE_PLACE_H

#include <stdbool.h>

#include <tend/error.h>

/* Makes an empty file 0600 beside `target`; its name is allocated. */
enum tend_status place_temp(const char *target, char **ret, struct tend_error *err);
/* Syncs `temp` and makes it `target`. What is there is an error that names it unless `force`; a link is
 * never followed. */
enum tend_status place_file(
	const char *temp, const char *target, bool force, struct tend_error *err);
/* Makes it TARGETSUFFIX or, where that is taken, TARGETSUFFIX-N, and says which; the name is allocated. */
enum tend_status place_beside(const char *temp, const char *target, const char *suffix, char **ret,
	struct tend_error *err);
/* Removes what is left of it and frees the name; NULL is fine. */
void place_discard(char *temp);
/* Syncs the folder that `path` is in, so that its name survives a power cut. */
void place_sync_folder(const char *path);

#endif
