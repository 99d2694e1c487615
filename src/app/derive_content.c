/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "derive.h"

static int compare(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	return strcmp(x, y);
}

/* How often a key is among the sorted. */
static int64_t count(const char *key, const char **sorted, size_t n)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(sorted[middle], key) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	size_t from = low;
	while (low < n && strcmp(sorted[low], key) == 0) {
		low++;
	}
	return (int64_t)(low - from);
}

/* The catalogue is everybody's: so is what was sent of it. */
enum tend_status derive_contents(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	(void)customer_id;
	struct tend_list sent;
	enum tend_status status = read_records(a, &tend_sending_type, 0, &sent, err);
	const char **keys = tend_calloc(sent.n + 1, sizeof(*keys));
	size_t n = 0;
	for (size_t i = 0; i < sent.n; i++) {
		const struct tend_sending *s = tend_list_at(&sent, i);
		if (s->content != NULL) {
			keys[n++] = s->content;
		}
	}
	qsort(keys, n, sizeof(*keys), compare);
	for (size_t i = 0; status == TEND_OK && i < list->n; i++) {
		struct tend_content *c = tend_list_at(list, i);
		c->sent = count(c->key, keys, n);
	}
	free(keys);
	tend_list_finish(&sent);
	return status;
}
