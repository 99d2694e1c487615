/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

enum { ARENA_BLOCK = 16 * 1024 };

struct tend_arena_block {
	struct tend_arena_block *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};

static void (*oom_hook)(void);

void tend_oom_hook(void (*hook)(void))
{
	oom_hook = hook;
}

static _Noreturn void out_of_memory(void)
{
	if (oom_hook != NULL) {
		oom_hook();
	}
	(void)fputs("tend: out of memory\n", stderr);
	abort();
}

void *tend_calloc(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size > 0 ? size : 1);
	if (p == NULL) {
		out_of_memory();
	}
	return p;
}

void *tend_alloc(size_t size)
{
	return tend_calloc(1, size);
}

void *tend_realloc(void *p, size_t n, size_t size)
{
	if (size > 0 && n > SIZE_MAX / size) {
		out_of_memory();
	}
	size_t total = n * size;
	void *ret = realloc(p, total > 0 ? total : 1);
	if (ret == NULL) {
		out_of_memory();
	}
	return ret;
}

char *tend_strndup(const char *s, size_t n)
{
	char *copy = tend_alloc(n + 1);
	if (n > 0) {
		memcpy(copy, s, n);
	}
	return copy;
}

char *tend_strdup(const char *s)
{
	return s != NULL ? tend_strndup(s, strlen(s)) : NULL;
}

char *tend_vformat(const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	char *text = tend_alloc((size_t)(n > 0 ? n : 0) + 1);
	if (n > 0) {
		(void)vsnprintf(text, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	return text;
}

char *tend_format(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *text = tend_vformat(fmt, args);
	va_end(args);
	return text;
}

void *tend_grow(void *items, size_t *n, size_t *cap, size_t size)
{
	if (*n == *cap) {
		*cap = *cap > 0 ? *cap * 2 : 8;
		items = tend_realloc(items, *cap, size);
	}
	memset((char *)items + *n * size, 0, size);
	*n += 1;
	return items;
}

void *tend_arena_alloc(struct tend_arena *a, size_t size)
{
	size_t align = alignof(max_align_t);
	size = (size + align - 1) / align * align;
	struct tend_arena_block *b = a->blocks;
	if (b == NULL || b->size - b->used < size) {
		size_t room = size > ARENA_BLOCK / 4 ? size : ARENA_BLOCK;
		b = tend_alloc(sizeof(*b) + room);
		b->size = room;
		if (room == size
			&& a->blocks != NULL) { /* a large one: keep filling the present block */
			b->next = a->blocks->next;
			a->blocks->next = b;
		} else {
			b->next = a->blocks;
			a->blocks = b;
		}
	}
	void *p = b->data + b->used;
	b->used += size;
	return p;
}

char *tend_arena_strndup(struct tend_arena *a, const char *s, size_t n)
{
	char *copy = tend_arena_alloc(a, n + 1);
	if (n > 0) {
		memcpy(copy, s, n);
	}
	return copy;
}

char *tend_arena_strdup(struct tend_arena *a, const char *s)
{
	return s != NULL ? tend_arena_strndup(a, s, strlen(s)) : NULL;
}

char *tend_arena_format(struct tend_arena *a, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *text = tend_arena_alloc(a, (size_t)(n > 0 ? n : 0) + 1);
	if (n > 0) {
		(void)vsnprintf(text, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	return text;
}

void tend_arena_clear(struct tend_arena *a)
{
	struct tend_arena_block *kept = a->blocks;
	if (kept == NULL || kept->size != ARENA_BLOCK) {
		tend_arena_finish(a);
		return;
	}
	struct tend_arena rest = {.blocks = kept->next};
	tend_arena_finish(&rest);
	memset(kept->data, 0, kept->used);
	kept->used = 0;
	kept->next = NULL;
}

void tend_arena_finish(struct tend_arena *a)
{
	struct tend_arena_block *b = a->blocks;
	while (b != NULL) {
		struct tend_arena_block *next = b->next;
		free(b);
		b = next;
	}
	a->blocks = NULL;
}
