/* SPDX-License-Identifier: MIT */
/*
 * Memory: allocation that never returns NULL, arenas for rows that die together, growable arrays.
 * Out of memory runs the hook (which restores the terminal) and aborts.
 */
#ifndef TEND_MEM_H
#define TEND_MEM_H

#include <stdarg.h>
#include <stddef.h>

void tend_oom_hook(void (*hook)(void));
void *tend_alloc(size_t size); /* zeroed */
void *tend_calloc(size_t n, size_t size); /* zeroed; aborts on overflow */
void *tend_realloc(void *p, size_t n, size_t size);
char *tend_strdup(const char *s); /* NULL gives NULL */
char *tend_strndup(const char *s, size_t n);
char *tend_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *tend_vformat(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));

/*
 * A growable array: `items`, `n`, `cap` are members of `v`. TEND_PUSH makes room for one more,
 * zeroes it, and evaluates to a pointer to it.
 */
#define TEND_PUSH(v)                                                                               \
	((v)->items = tend_grow((v)->items, &(v)->n, &(v)->cap, sizeof(*(v)->items)),              \
		&(v)->items[(v)->n - 1])
void *tend_grow(void *items, size_t *n, size_t *cap, size_t size);

/* Memory that is freed all at once. An arena of zeroes is ready to use. */
struct tend_arena {
	struct tend_arena_block *blocks;
};

void *tend_arena_alloc(struct tend_arena *a, size_t size); /* zeroed, aligned for any type */
char *tend_arena_strdup(struct tend_arena *a, const char *s); /* NULL gives NULL */
char *tend_arena_strndup(struct tend_arena *a, const char *s, size_t n);
char *tend_arena_format(struct tend_arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Frees what it gave, and keeps a block for what comes: for arenas that are filled again and again. */
void tend_arena_clear(struct tend_arena *a);
void tend_arena_finish(struct tend_arena *a); /* leaves it ready to use */

#endif
