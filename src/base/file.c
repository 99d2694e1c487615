/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "path.h"

enum { CHUNK = 64 * 1024, TEMP_TRIES = 100 };

static enum tend_status fail_on(struct tend_error *err, const char *path, const char *what, int why)
{
	char *shown = path_shown(path);
	(void)tend_fail(err, TEND_FAILED, "%s: %s: %s", shown, what, strerror(why));
	free(shown);
	return TEND_FAILED;
}

static enum tend_status read_all(
	int fd, const char *path, size_t limit, struct tend_str *out, struct tend_error *err)
{
	char *chunk = tend_alloc(CHUNK);
	size_t total = 0;
	enum tend_status status = TEND_OK;
	for (;;) {
		ssize_t n = read(fd, chunk, CHUNK);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			status = fail_on(err, path, _("cannot be read"), errno);
		}
		if (n <= 0) {
			break;
		}
		total += (size_t)n;
		if (total > limit) {
			char *shown = path_shown(path);
			status = tend_fail(err, TEND_BAD_INPUT,
				_("%s: larger than the limit of %zu bytes"), shown, limit);
			free(shown);
			break;
		}
		tend_str_addn(out, chunk, (size_t)n);
	}
	free(chunk);
	return status;
}

enum tend_status tend_file_read(
	const char *path, size_t limit, struct tend_str *out, struct tend_error *err)
{
	bool standard = strcmp(path, "-") == 0;
	size_t before = out->len;
	int fd = STDIN_FILENO;
	if (!standard) {
		/* Not blocking: opening a FIFO that nobody writes to would wait for ever. */
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		if (fd < 0) {
			return fail_on(err, path, _("cannot be opened"), errno);
		}
		(void)fcntl(fd, F_SETFL, 0);
	}
	struct stat st;
	enum tend_status status;
	if (fstat(fd, &st) != 0) {
		status = fail_on(err, path, _("cannot be read"), errno);
	} else if (S_ISDIR(st.st_mode)) {
		status = fail_on(err, path, _("cannot be read"), EISDIR);
	} else {
		status = read_all(fd, path, limit, out, err);
	}
	if (!standard) {
		(void)close(fd);
	}
	if (status != TEND_OK && out->data != NULL) {
		out->len = before;
		out->data[before] = '\0';
	}
	return status;
}

/* Creates a file that nobody else has beside `path`; sets its name, which the caller frees. */
static int create_temp(const char *path, char **ret_name)
{
	struct timespec now = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	char *dir = path_dir(path);
	int fd = -1;
	for (int i = 0; i < TEMP_TRIES; i++) {
		char *name = tend_format("%s/.tend-%ld-%lx-%d.tmp", dir, (long)getpid(),
			(unsigned long)now.tv_nsec, i);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd >= 0) {
			*ret_name = name;
			break;
		}
		int why = errno;
		free(name);
		errno = why;
		if (why != EEXIST) {
			break;
		}
	}
	int why = errno;
	free(dir);
	errno = why;
	return fd;
}

static bool write_all(int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t written = write(fd, data, n);
		if (written < 0 && errno == EINTR) {
			continue;
		}
		if (written < 0) {
			return false;
		}
		data += written;
		n -= (size_t)written;
	}
	return fsync(fd) == 0;
}

/* Some file systems have no sync of folders (EINVAL); there is nothing more to do then. */
static bool sync_dir(const char *path)
{
	char *dir = path_dir(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(dir);
	if (fd < 0) {
		return errno == EACCES;
	}
	bool synced = fsync(fd) == 0 || errno == EINVAL;
	int why = errno;
	(void)close(fd);
	errno = why;
	return synced;
}

/*
 * link() fails where the name is taken, so that nothing is replaced between a look and the act.
 * File systems without hard links get the look and the act.
 */
static int put_in_place(const char *temp, const char *path, bool force)
{
	if (force) {
		return rename(temp, path);
	}
	if (link(temp, path) == 0) {
		(void)unlink(temp);
		return 0;
	}
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) {
		return -1;
	}
	struct stat st;
	if (lstat(path, &st) == 0) {
		errno = EEXIST;
		return -1;
	}
	return rename(temp, path);
}

static enum tend_status fail_existing(struct tend_error *err, const char *path)
{
	char *shown = path_shown(path);
	(void)tend_fail(err, TEND_FAILED,
		_("%s: exists already and is not replaced (--force replaces it)"), shown);
	free(shown);
	return TEND_FAILED;
}

enum tend_status tend_file_write(
	const char *path, const char *data, size_t n, bool force, struct tend_error *err)
{
	struct stat st;
	bool exists = lstat(path, &st) == 0;
	if (exists && S_ISDIR(st.st_mode)) {
		return fail_on(err, path, _("cannot be written"), EISDIR);
	}
	if (exists && !force) {
		return fail_existing(err, path);
	}
	char *temp = NULL;
	int fd = create_temp(path, &temp);
	if (fd < 0) {
		return fail_on(err, path, _("cannot be created"), errno);
	}
	enum tend_status status = TEND_OK;
	bool written = write_all(fd, data, n);
	int why = errno;
	if (close(fd) != 0 && written) {
		written = false;
		why = errno;
	}
	if (!written) {
		status = fail_on(err, path, _("cannot be written"), why);
	} else if (put_in_place(temp, path, force) != 0) {
		status = errno == EEXIST ? fail_existing(err, path)
					 : fail_on(err, path, _("cannot be created"), errno);
	} else if (!sync_dir(path)) {
		status = fail_on(err, path, _("cannot be synced to the disk"), errno);
	}
	if (status != TEND_OK) {
		(void)unlink(temp);
	}
	free(temp);
	return status;
}
