/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "shim.h"

struct shim_file {
	sqlite3_file base;
	sqlite3_file *real; /* behind this struct */
	const char *path;
};

static sqlite3_vfs shim;
static sqlite3_vfs *below;
static shim_hook *watcher;

static sqlite3_file *real(sqlite3_file *f)
{
	return ((struct shim_file *)f)->real;
}

static int ask(enum shim_call call, sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	return watcher != NULL ? watcher(call, ((struct shim_file *)f)->path, data, n, at)
			       : SQLITE_OK;
}

static int shim_close(sqlite3_file *f)
{
	return real(f)->pMethods != NULL ? real(f)->pMethods->xClose(real(f)) : SQLITE_OK;
}

static int shim_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	int code = ask(SHIM_READ, f, NULL, n, at);
	return code != SQLITE_OK ? code : real(f)->pMethods->xRead(real(f), p, n, at);
}

static int shim_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	int code = ask(SHIM_WRITE, f, p, n, at);
	int done = real(f)->pMethods->xWrite(real(f), p, code != SQLITE_OK ? n / 2 : n, at);
	return code != SQLITE_OK ? code : done;
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	int code = ask(SHIM_TRUNCATE, f, NULL, 0, n);
	return code != SQLITE_OK ? code : real(f)->pMethods->xTruncate(real(f), n);
}

static int shim_sync(sqlite3_file *f, int flags)
{
	int code = ask(SHIM_SYNC, f, NULL, 0, 0);
	return code != SQLITE_OK ? code : real(f)->pMethods->xSync(real(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return real(f)->pMethods->xFileSize(real(f), n);
}

static int shim_lock(sqlite3_file *f, int level)
{
	int code = ask(SHIM_LOCK, f, NULL, 0, level);
	return code != SQLITE_OK ? code : real(f)->pMethods->xLock(real(f), level);
}

static int shim_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int shim_reserved(sqlite3_file *f, int *ret)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), ret);
}

static int shim_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int shim_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int shim_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_reserved,
	.xFileControl = shim_control,
	.xSectorSize = shim_sector,
	.xDeviceCharacteristics = shim_traits,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret_flags)
{
	(void)vfs;
	struct shim_file *file = (struct shim_file *)f;
	file->real = (sqlite3_file *)(file + 1);
	file->path = name; /* SQLite keeps it as long as the file is open */
	file->base.pMethods = NULL;
	int code = ask(SHIM_OPEN, f, NULL, 0, flags);
	code = code != SQLITE_OK ? code : below->xOpen(below, name, file->real, flags, ret_flags);
	file->base.pMethods = code == SQLITE_OK ? &methods : NULL;
	return code;
}

void shim_set(shim_hook *hook)
{
	if (below == NULL) {
		below = sqlite3_vfs_find(NULL);
		shim = *below;
		shim.zName = "shim";
		shim.szOsFile += (int)sizeof(struct shim_file);
		shim.xOpen = shim_open;
		(void)sqlite3_vfs_register(&shim, 1);
	}
	watcher = hook;
}
