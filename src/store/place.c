/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "place.h"

enum { TRIES = 10000 };

static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL) {
		return tend_strdup(".");
	}
	return slash == path ? tend_strdup("/") : tend_strndup(path, (size_t)(slash - path));
}

void place_sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd); /* some file systems cannot; the file itself is safe */
		(void)close(fd);
	}
	free(folder);
}

enum tend_status place_temp(const char *target, char **ret, struct tend_error *err)
{
	for (int i = 0; i < TRIES; i++) {
		char *temp = tend_format("%s.new-%ld-%d", target, (long)getpid(), i);
		int fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd >= 0) {
			(void)fchmod(fd, 0600); /* whatever the umask takes away */
			(void)close(fd);
			*ret = temp;
			return TEND_OK;
		}
		free(temp);
		if (errno != EEXIST) {
			break;
		}
	}
	return tend_fail(err, TEND_FAILED, _("%s: cannot be written: %s"), target, strerror(errno));
}

static enum tend_status sync_file(const char *path, struct tend_error *err)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;
	int problem = errno;
	if (fd >= 0) {
		(void)close(fd);
	}
	return synced ? TEND_OK
		      : tend_fail(err, TEND_FAILED, _("%s: cannot be written: %s"), path,
			      strerror(problem));
}

/* A new name for `temp`, never in the place of another file; 0 or an errno. */
static int put_new(const char *temp, const char *target)
{
	if (link(temp, target) == 0) {
		(void)unlink(temp);
		return 0;
	}
	if (errno != EPERM && errno != ENOTSUP && errno != EMLINK) {
		return errno;
	}
	struct stat st; /* a file system without links */
	if (lstat(target, &st) == 0) {
		return EEXIST;
	}
	return rename(temp, target) == 0 ? 0 : errno;
}

static enum tend_status fail_to_put(const char *target, int problem, struct tend_error *err)
{
	if (problem == EEXIST) {
		return tend_fail(err, TEND_FAILED,
			_("%s: is there already; choose another name, or --force to replace it"),
			target);
	}
	return tend_fail(
		err, TEND_FAILED, _("%s: cannot be written: %s"), target, strerror(problem));
}

enum tend_status place_file(
	const char *temp, const char *target, bool force, struct tend_error *err)
{
	enum tend_status status = sync_file(temp, err);
	if (status != TEND_OK) {
		return status;
	}
	int problem = force ? (rename(temp, target) == 0 ? 0 : errno) : put_new(temp, target);
	if (problem != 0) {
		return fail_to_put(target, problem, err);
	}
	place_sync_folder(target);
	return TEND_OK;
}

enum tend_status place_beside(const char *temp, const char *target, const char *suffix, char **ret,
	struct tend_error *err)
{
	enum tend_status status = sync_file(temp, err);
	for (int i = 1; status == TEND_OK && i <= TRIES; i++) {
		char *name = i == 1 ? tend_format("%s%s", target, suffix)
				    : tend_format("%s%s-%d", target, suffix, i);
		int problem = put_new(temp, name);
		if (problem == 0) {
			place_sync_folder(name);
			*ret = name;
			return TEND_OK;
		}
		if (problem != EEXIST || i == TRIES) {
			status = fail_to_put(name, problem, err);
		}
		free(name);
	}
	return status;
}

void place_discard(char *temp)
{
	if (temp != NULL) {
		struct tend_str journal = {0};
		tend_str_addf(&journal, "%s-journal", temp);
		(void)unlink(tend_str_text(&journal));
		(void)unlink(temp);
		tend_str_finish(&journal);
	}
	free(temp);
}
