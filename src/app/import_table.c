/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "import.h"

static size_t hash(const char *s)
{
	uint64_t h = 14695981039346656037U; /* FNV-1a */
	for (; *s != '\0'; s++) {
		h = (h ^ (unsigned char)*s) * 1099511628211U;
	}
	return (size_t)(h ^ (h >> 32));
}

static size_t slot(const struct table *t, const char *key)
{
	size_t at = hash(key) & (t->size - 1);
	while (t->keys[at] != NULL && strcmp(t->keys[at], key) != 0) {
		at = (at + 1) & (t->size - 1);
	}
	return at;
}

size_t table_get(const struct table *t, const char *key)
{
	if (t->size == 0) {
		return TABLE_NONE;
	}
	size_t at = slot(t, key);
	return t->keys[at] != NULL ? t->values[at] : TABLE_NONE;
}

static void grow(struct table *t)
{
	struct table old = *t;
	t->size = old.size == 0 ? 64 : old.size * 2;
	t->keys = tend_calloc(t->size, sizeof(*t->keys));
	t->values = tend_calloc(t->size, sizeof(*t->values));
	for (size_t i = 0; i < old.size; i++) {
		if (old.keys[i] != NULL) {
			size_t at = slot(t, old.keys[i]);
			t->keys[at] = old.keys[i];
			t->values[at] = old.values[i];
		}
	}
	free(old.keys);
	free(old.values);
}

void table_put(struct table *t, const char *key, size_t value)
{
	if (t->n * 2 >= t->size) {
		grow(t);
	}
	size_t at = slot(t, key);
	t->n += t->keys[at] == NULL;
	t->keys[at] = key;
	t->values[at] = value;
}

void table_finish(struct table *t)
{
	free(t->keys);
	free(t->values);
	*t = (struct table){0};
}
