/* SPDX-License-Identifier: MIT */
/* Forms of records of every kind (tend/kind.h), made from their description alone. */
#ifndef TUI_KIND_FORM_H
#define TUI_KIND_FORM_H

#include "workbench.h"

/*
 * A form for a new record of a customer (0: it asks for one where the kind wants it), or with `name`, its key or
 * number, for one that is there: then only the fields that were changed are written. What was typed and not saved
 * is kept as a draft for each kind and customer, and for each record.
 */
enum follow kind_form_open(
	struct workbench *wb, const struct tend_kind *k, int64_t customer_id, const char *name);
/* One for a new record of each of these customers; `given` is filled in, `needs` (NULL: none) is a field that must be
 * given though the kind does not say so. The form, or NULL with the reason said. */
struct form *kind_form_new(struct workbench *wb, const struct tend_kind *k,
	const int64_t *customers, size_t n, const struct tend_assignment *given, size_t ngiven,
	const char *needs);
/* A field of a record: its title, choices, hint and proposals from the description. */
struct form_field *kind_form_field(
	struct form *f, const struct tend_field *field, const char *value, bool required);
/* What is called so for people: "contact", "FAQ"; in the current language. */
const char *kind_called(const struct tend_kind *k);

#endif
