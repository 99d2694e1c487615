/* SPDX-License-Identifier: MIT */
/*
 * Files: reading with a limit, and writing so that a reader sees the old file or the new one,
 * never half of one. All files are created 0600, folders 0700.
 */
#ifndef TEND_FILE_H
#define TEND_FILE_H

#include <tend/error.h>

struct tend_str;

/* Appends the file to `out`; "-" is standard input. TEND_FAILED where it cannot be read, TEND_BAD_INPUT
 * where it is larger than `limit` bytes. */
enum tend_status tend_file_read(
	const char *path, size_t limit, struct tend_str *out, struct tend_error *err);
/*
 * Written beside the target, synced, then linked or renamed into place, and the folder synced. An
 * existing file or link is an error that names it unless `force`; a link is replaced, not followed.
 */
enum tend_status tend_file_write(
	const char *path, const char *data, size_t n, bool force, struct tend_error *err);
/* mkdir -p, 0700. */
enum tend_status tend_mkdirs(const char *path, struct tend_error *err);
/* DIR/NAME, allocated. */
char *tend_path_join(const char *dir, const char *name);
/* A file name made from outside text: no slash, no leading dot or dash, no control or invisible
 * characters, no trailing blank or dot, at most 100 bytes at a grapheme boundary, never empty. */
char *tend_safe_name(const char *text);
/* $XDG_CONFIG_HOME/tend, $XDG_DATA_HOME/tend, $XDG_STATE_HOME/tend with their defaults; allocated. */
char *tend_config_dir(void);
char *tend_state_dir(void);
char *tend_data_dir(void);

#endif
