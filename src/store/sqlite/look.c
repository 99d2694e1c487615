/* SPDX-License-Identifier: MIT */
/* What can be told about a store's files before SQLite opens them and acts on what they hold. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "sqlite/look.h"

/* Ends a journal that names a journal of several files; SQLite may delete the file of that name. */
static const unsigned char journal_magic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

static enum tend_status fail_not_regular(const char *path, struct tend_error *err)
{
	return tend_fail(err, TEND_UNAVAILABLE, _("%s: not a store: not a regular file"), path);
}

/* We write one file a transaction and never such a name, so that a journal with one is a stranger's. */
static bool names_others(int fd, off_t size)
{
	unsigned char tail[sizeof(journal_magic)];
	return size > (off_t)sizeof(tail)
		&& pread(fd, tail, sizeof(tail), size - (off_t)sizeof(tail))
		== (ssize_t)sizeof(tail)
		&& memcmp(tail, journal_magic, sizeof(tail)) == 0;
}

/* SQLite would follow a link, and wait for ever at a pipe. */
static enum tend_status look_beside(const char *path, const char *suffix, struct tend_error *err)
{
	char *name = tend_format("%s%s", path, suffix);
	struct stat st;
	enum tend_status status = TEND_OK;
	if (lstat(name, &st) == 0 && !S_ISREG(st.st_mode)) {
		status = fail_not_regular(name, err);
	}
	free(name);
	return status;
}

static enum tend_status look_at_journal(const char *path, struct tend_error *err)
{
	char *name = tend_format("%s-journal", path);
	struct stat st;
	enum tend_status status = TEND_OK;
	int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0) {
		if (fstat(fd, &st) == 0 && names_others(fd, st.st_size)) {
			status = tend_fail(err, TEND_UNAVAILABLE,
				_("%s: not a journal of this store: it names other files"), name);
		}
		(void)close(fd);
	}
	free(name);
	return status;
}

static enum tend_status look_at_file(const char *path, struct tend_error *err)
{
	struct stat st;
	if (stat(path, &st) != 0) {
		if (errno == ENOENT) {
			return tend_fail(err, TEND_UNAVAILABLE,
				_("%s: there is no store; make one with `tend store init`"), path);
		}
		return tend_fail(err, TEND_UNAVAILABLE, _("%s: the store cannot be opened: %s"),
			path, strerror(errno));
	}
	if (S_ISDIR(st.st_mode)) {
		return tend_fail(err, TEND_UNAVAILABLE, _("%s: a folder is not a store"), path);
	}
	if (!S_ISREG(st.st_mode)) {
		return fail_not_regular(path, err);
	}
	if (st.st_size == 0) {
		return tend_fail(
			err, TEND_UNAVAILABLE, _("%s: not a store: the file is empty"), path);
	}
	if (access(path, R_OK) != 0) {
		return tend_fail(err, TEND_UNAVAILABLE, _("%s: the store cannot be opened: %s"),
			path, strerror(errno));
	}
	return TEND_OK;
}

enum tend_status sqlite_look(const char *path, struct tend_error *err)
{
	static const char *const suffixes[] = {"-journal", "-wal", "-shm"};
	enum tend_status status = look_at_file(path, err);
	/* beside the file that a link leads to, where SQLite looks for it */
	char *real = status == TEND_OK ? realpath(path, NULL) : NULL;
	const char *place = real != NULL ? real : path;
	for (size_t i = 0; status == TEND_OK && i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		status = look_beside(place, suffixes[i], err);
	}
	status = status == TEND_OK ? look_at_journal(place, err) : status;
	free(real);
	return status;
}

/* Through SQLite's own file: closing another one would drop its locks. */
static int64_t file_size(struct sqlite_db *db)
{
	sqlite3_file *file = NULL;
	sqlite3_int64 size = -1;
	if (sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK
		|| file == NULL || file->pMethods == NULL
		|| file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
		return -1;
	}
	return size;
}

enum tend_status sqlite_whole(struct sqlite_db *db, struct tend_error *err)
{
	int64_t pages = sqlite_number(db, "PRAGMA page_count");
	int64_t bytes = sqlite_number(db, "PRAGMA page_size");
	int64_t size = file_size(db);
	if (size >= 0 && pages > 0 && size < pages * bytes) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("%s: the store is damaged (%s); put a backup in its place with `tend "
			  "store "
			  "restore`"),
			db->base.path, _("its end is missing"));
	}
	return TEND_OK;
}
