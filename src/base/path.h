/* SPDX-License-Identifier: MIT */
/* Parts of paths, for file.c. */
#ifndef PATH_H
#define PATH_H

/* The folder that holds `path` ("." where it names none), allocated. */
char *path_dir(const char *path);
/* The path made safe for a message, allocated. */
char *path_shown(const char *path);

#endif
