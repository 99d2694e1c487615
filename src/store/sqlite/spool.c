/* SPDX-License-Identifier: MIT */
/*
 * SQLite writes a page into its rollback journal in three pieces, two of them of four bytes, and each is a call of
 * the system. Here they are gathered and written 64 KiB at a time. Nothing of the database is written before
 * the journal was synced, and a sync writes all that was gathered: so a program that dies in between leaves a
 * database that is whole without it. What was not written yet, also because it could not be, is read from memory.
 */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "sqlite/spool.h"

#define ROOM ((sqlite3_int64)64 * 1024) /* SQLite takes no more than 128 KiB at a time */

struct spool {
	sqlite3_vfs vfs;
	sqlite3_vfs *below;
};

struct spool_file {
	sqlite3_file base;
	sqlite3_file *real; /* behind this struct */
	unsigned char *data; /* what is not written yet; NULL before the first */
	sqlite3_int64 at, n; /* where it belongs */
};

static struct spool_file *of(sqlite3_file *f)
{
	return (struct spool_file *)f;
}

static sqlite3_file *real(sqlite3_file *f)
{
	return of(f)->real;
}

/* What cannot be written stays. */
static int flush(struct spool_file *f)
{
	if (f->n == 0) {
		return SQLITE_OK;
	}
	int code = f->real->pMethods->xWrite(f->real, f->data, (int)f->n, f->at);
	if (code == SQLITE_OK) {
		f->at += f->n;
		f->n = 0;
	}
	return code;
}

static int spool_close(sqlite3_file *f)
{
	(void)flush(of(f));
	free(of(f)->data);
	return real(f)->pMethods->xClose(real(f));
}

/* What the file has, and over it what waits. */
static int spool_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	struct spool_file *s = of(f);
	sqlite3_int64 end = at + n, waits_to = s->at + s->n;
	int code = real(f)->pMethods->xRead(real(f), to, n, at);
	if (s->n == 0 || (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)) {
		return code;
	}
	sqlite3_int64 from = at > s->at ? at : s->at, until = end < waits_to ? end : waits_to;
	if (from < until) {
		memcpy((char *)to + (from - at), s->data + (from - s->at), (size_t)(until - from));
	}
	return end <= waits_to ? SQLITE_OK : code;
}

static int spool_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	struct spool_file *s = of(f);
	int code = SQLITE_OK;
	if (s->n > 0 && (at != s->at + s->n || s->n + n > ROOM)) {
		code = flush(s);
	}
	if (code != SQLITE_OK || n > ROOM) {
		return code != SQLITE_OK ? code : real(f)->pMethods->xWrite(real(f), data, n, at);
	}
	if (s->data == NULL) {
		s->data = tend_alloc((size_t)ROOM);
	}
	s->at = s->n == 0 ? at : s->at;
	memcpy(s->data + s->n, data, (size_t)n);
	s->n += n;
	return SQLITE_OK;
}

static int spool_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct spool_file *s = of(f);
	int code = SQLITE_OK;
	if (size <= s->at) {
		s->n = 0;
	} else {
		code = flush(s);
	}
	return code != SQLITE_OK ? code : real(f)->pMethods->xTruncate(real(f), size);
}

static int spool_sync(sqlite3_file *f, int flags)
{
	int code = flush(of(f));
	return code != SQLITE_OK ? code : real(f)->pMethods->xSync(real(f), flags);
}

static int spool_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	int code = real(f)->pMethods->xFileSize(real(f), ret);
	sqlite3_int64 end = of(f)->at + of(f)->n;
	if (code == SQLITE_OK && of(f)->n > 0 && end > *ret) {
		*ret = end;
	}
	return code;
}

static int spool_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int spool_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int spool_reserved(sqlite3_file *f, int *ret)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), ret);
}

static int spool_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int spool_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int spool_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = spool_close,
	.xRead = spool_read,
	.xWrite = spool_write,
	.xTruncate = spool_truncate,
	.xSync = spool_sync,
	.xFileSize = spool_size,
	.xLock = spool_lock,
	.xUnlock = spool_unlock,
	.xCheckReservedLock = spool_reserved,
	.xFileControl = spool_control,
	.xSectorSize = spool_sector,
	.xDeviceCharacteristics = spool_traits,
};

/* Other files are those of the system below, as they are. */
static int spool_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret)
{
	sqlite3_vfs *below = ((struct spool *)vfs)->below;
	if ((flags & SQLITE_OPEN_MAIN_JOURNAL) == 0) {
		return below->xOpen(below, name, f, flags, ret);
	}
	struct spool_file *s = of(f);
	*s = (struct spool_file){.real = (sqlite3_file *)(s + 1)};
	int code = below->xOpen(below, name, s->real, flags, ret);
	s->base.pMethods = code == SQLITE_OK ? &methods : NULL;
	return code;
}

struct spool *spool_create(const char **ret_name)
{
	sqlite3_vfs *below = sqlite3_vfs_find(NULL);
	if (below == NULL) {
		return NULL;
	}
	struct spool *s = tend_alloc(sizeof(*s));
	s->below = below;
	s->vfs = *below;
	s->vfs.zName = tend_format("spool-%p", (void *)s);
	s->vfs.szOsFile += (int)sizeof(struct spool_file);
	s->vfs.xOpen = spool_open;
	(void)sqlite3_vfs_register(&s->vfs, 0);
	*ret_name = s->vfs.zName;
	return s;
}

void spool_destroy(struct spool *s)
{
	if (s == NULL) {
		return;
	}
	(void)sqlite3_vfs_unregister(&s->vfs);
	free((char *)s->vfs.zName);
	free(s);
}
