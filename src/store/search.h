/* SPDX-License-Identifier: MIT */
/* Inside of what a search looks in. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "internal.h"

/* Makes the texts of the customers `from` to `to` (ids) anew from their records. */
enum tend_status search_words_of(struct tend_store *s, struct tend_search *texts, int64_t from,
	int64_t to, struct tend_error *err);
/* The same of what is shared by all. */
enum tend_status search_words_shared(
	struct tend_store *s, struct tend_search *texts, struct tend_error *err);

#endif
