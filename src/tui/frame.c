/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "frame.h"

void frame_init(struct frame *f, int writer, int output)
{
	*f = (struct frame){.writer = writer, .output = output, .memory = -1};
	char *name = tend_format("/tend-frame-%ld", (long)getpid());
	f->memory = shm_open(
		name, O_RDWR | O_CREAT | O_EXCL, 0600); /* closed when it executes another */
	if (f->memory >= 0) {
		(void)shm_unlink(name);
	}
	free(name);
}

void frame_finish(struct frame *f)
{
	if (f->memory >= 0) {
		(void)close(f->memory);
	}
	f->memory = -1;
}

static void lead(int from, int to)
{
	while (dup2(to, from) < 0 && errno == EINTR) {}
}

void frame_begin(struct frame *f)
{
	if (f->memory >= 0) {
		lead(f->writer, f->memory);
	}
}

static void write_all(int fd, const char *s, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, s, n);
		if (done < 0 && errno != EINTR) {
			return;
		}
		s += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
}

void frame_end(struct frame *f)
{
	if (f->memory < 0) {
		return;
	}
	lead(f->writer, f->output);
	off_t n = lseek(f->memory, 0, SEEK_CUR);
	if (n <= 0) {
		return;
	}
	char *text = tend_alloc((size_t)n);
	ssize_t got = pread(f->memory, text, (size_t)n, 0);
	if (got > 0) {
		write_all(f->output, text, (size_t)got);
	}
	free(text);
	(void)lseek(f->memory, 0, SEEK_SET);
}
