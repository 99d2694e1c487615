/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/words.h>

#include "inside.h"

static enum tend_status parse_text(struct tend_app *a, const char *field, const char *text,
	struct tend_arena *arena, const char **ret, struct tend_error *err)
{
	const struct tend_field *f = tend_field_find(&tend_activity_type, field);
	struct tend_value v;
	enum tend_status status = given_value(a, f, text != NULL ? text : "", arena, &v, err);
	*ret = status == TEND_OK && !v.null ? v.text : NULL;
	return status;
}

enum tend_status tend_app_log(struct tend_app *a, const int64_t *customer_ids, size_t n,
	const char *kind, struct tend_date date, const char *text, const char *contact,
	struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	struct tend_activity v;
	tend_record_clear(&tend_activity_type, &v);
	enum tend_status status = parse_text(a, "kind", kind, &ret->arena, &v.kind, err);
	if (status == TEND_OK && v.kind == NULL) {
		v.kind = "note";
	}
	status =
		status != TEND_OK ? status : parse_text(a, "text", text, &ret->arena, &v.text, err);
	status = status != TEND_OK
		? status
		: parse_text(a, "contact", contact, &ret->arena, &v.contact, err);
	if (status == TEND_OK && tend_has_date(date) && date.day > a->today.day) {
		status = tend_fail(
			err, TEND_USAGE, _("a contact that was made cannot be in the future"));
	}
	status = status != TEND_OK ? status : write_begin(a, err);
	if (status != TEND_OK) {
		return status;
	}
	v.date = tend_has_date(date) ? date : a->today;
	v.actor = app_actor(a)[0] != '\0' ? app_actor(a) : NULL;
	const char *key = "";
	for (size_t i = 0; i < n && status == TEND_OK; i++) {
		struct tend_list list;
		struct tend_customer *c = NULL;
		status = customer_read(a, customer_ids[i], &list, &c, err);
		if (status == TEND_OK) {
			key = tend_arena_strdup(&ret->arena, c->key);
			v.customer_id = c->id;
			status = write_insert(a, &tend_activity_type, &v, c->id, NULL, err);
		}
		tend_list_finish(&list);
	}
	ret->summary = n == 1 ? tend_arena_format(
			       &ret->arena, _("%s logged (%s)"), tend_word("kind", v.kind), key)
			      : tend_arena_format(&ret->arena, _("%s logged for %zu customers"),
				      tend_word("kind", v.kind), n);
	return write_end(a, status, ret, err);
}
