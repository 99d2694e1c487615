/* SPDX-License-Identifier: MIT */
/* Names that look alike: of customers, and of the contacts of one. Only ever warned of. */
#ifndef APP_ALIKE_H
#define APP_ALIKE_H

#include "import.h"

/* The form in which names that look alike are equal: without case, width, punctuation, blanks and, of a company,
 * the ending that says what it is in law. Allocated; "" where nothing is left. */
char *alike_name(const char *name, bool company);

/* What is there, by the forms of its names. One of zeroes is ready to use. */
struct alikes {
	struct tend_arena arena;
	struct table names;
};
void alikes_put_customer(struct alikes *x, const struct tend_customer *c, size_t at);
size_t alikes_customer(struct alikes *x, const struct tend_customer *c); /* TABLE_NONE */
/* Within their customer; the same address of mail counts too. */
void alikes_put_contact(struct alikes *x, const struct tend_contact *c, size_t at);
size_t alikes_contact(struct alikes *x, const struct tend_contact *c);
void alikes_finish(struct alikes *x);

/* Warns where what is added looks like one that is there; nothing is refused. Before it is added. */
enum tend_status alike_warn_customer(struct tend_app *a, const struct tend_customer *c,
	struct tend_done *done, struct tend_error *err);
enum tend_status alike_warn_contact(struct tend_app *a, const struct tend_contact *c,
	struct tend_done *done, struct tend_error *err);

#endif
