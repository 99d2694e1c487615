/* SPDX-License-Identifier: MIT */
/* What the assignments of an add or a set ask for, read once and put to as many customers as are to change. */
#ifndef APP_CUSTOMER_CHANGE_H
#define APP_CUSTOMER_CHANGE_H

#include "inside.h"

/* Tags that come to those that a customer has, or go from them. */
struct tag_change {
	const struct tend_field *field;
	bool adds;
	const char *tags;
};

struct change {
	struct tend_arena arena;
	struct tend_customer customer; /* the fields that are given */
	const struct tend_field **fields; /* which ones */
	size_t nfields;
	struct tag_change *tags;
	size_t ntags;
	bool has_arr, has_term, has_started, has_currency;
	int64_t arr;
	const char *journey;
	struct tend_assignment *custom; /* as they are kept */
	size_t ncustom;
};

/* `adding`: of an add, which takes key and journey. To be finished also after an error. */
enum tend_status change_parse(struct tend_app *a, const struct tend_assignment *fields, size_t n,
	bool adding, struct change *ret, struct tend_error *err);
void change_finish(struct change *ch);
/* What it makes of a customer as stored, custom fields and arr apart; new texts in `arena`. True where that differs. */
bool change_apply(const struct change *ch, struct tend_customer *c, struct tend_arena *arena);
/* Within a write: the custom fields that differ; `present` NULL: it has none. */
enum tend_status change_put_custom(struct tend_app *a, int64_t id, const struct change *ch,
	const struct tend_customer *present, struct tend_error *err);
/* The open milestones with an owner of their own who is the customer's: where the change gives it another owner, they
 * would stay behind. None otherwise. */
enum tend_status customer_own_milestones(struct tend_app *a, const struct tend_customer *c,
	const struct change *ch, struct tend_list *ret, struct tend_error *err);
/* A status that follows from the term is not stored. */
void customer_normalise_status(struct tend_customer *c);
/* The value of a custom field, NULL where the customer has none of the name. */
const char *custom_value(const struct tend_customer *c, const char *name);

#endif
