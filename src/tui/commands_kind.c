/* SPDX-License-Identifier: MIT */
/* Commands of the kinds of records, the same words as on the command line. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "commands.h"
#include "kind_form.h"
#include "profile_form.h"

static const char *const verbs[] = {"add", "edit", "set", "remove", NULL};

bool command_is_verb(const char *word)
{
	for (size_t i = 0; verbs[i] != NULL; i++) {
		if (strcmp(verbs[i], word) == 0) {
			return true;
		}
	}
	return false;
}

/* Words from `at` on as FIELD=VALUE, into memory that the words keep. */
static enum tend_status read_fields(const struct words *w, size_t at, struct tend_assignment *ret,
	size_t *ret_n, struct tend_error *err)
{
	*ret_n = 0;
	for (size_t i = at; i < w->n; i++) {
		char *sign = strchr(w->items[i], '=');
		if (sign == NULL || sign == w->items[i]) {
			return tend_fail(
				err, TEND_USAGE, _("\"%s\" is not FIELD=VALUE"), w->items[i]);
		}
		*sign = '\0';
		ret[(*ret_n)++] = (struct tend_assignment){w->items[i], sign + 1};
	}
	return TEND_OK;
}

static enum tend_status finish(struct workbench *wb, enum tend_status status,
	struct tend_done *done, enum follow *ret, struct tend_error *err)
{
	if (status == TEND_OK) {
		(void)wb_done(wb, status, done, err);
		*ret = FOLLOW_RELOAD;
	} else {
		tend_done_finish(done);
	}
	return status;
}

static enum tend_status add(struct workbench *wb, const struct tend_kind *k, const struct words *w,
	size_t at, enum follow *ret, struct tend_error *err)
{
	struct tend_assignment fields[WORDS_MAX];
	struct tend_done done = {0};
	size_t n = 0;
	int64_t customer = wb_view(wb)->customer_id;
	enum tend_status status = TEND_OK;
	if (at < w->n && strchr(w->items[at], '=') == NULL) {
		status = tend_app_find_customer(wb->app, w->items[at++], &customer, err);
	}
	status = status == TEND_OK ? read_fields(w, at, fields, &n, err) : status;
	if (status != TEND_OK) {
		return status;
	}
	if (n == 0) {
		*ret = kind_form_open(wb, k, customer, NULL);
		return TEND_OK;
	}
	enum tend_belongs belongs = tend_kind_belongs(k);
	if (belongs == TEND_TO_CUSTOMER && customer == 0) {
		return tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	}
	status = tend_app_record_add(
		wb->app, k->type, belongs == TEND_TO_NOBODY ? 0 : customer, fields, n, &done, err);
	return finish(wb, status, &done, ret, err);
}

static enum tend_status change(struct workbench *wb, const struct tend_kind *k,
	const struct words *w, size_t at, enum follow *ret, struct tend_error *err)
{
	struct tend_assignment fields[WORDS_MAX];
	struct tend_done done = {0};
	size_t n = 0;
	if (at + 1 >= w->n) {
		return tend_fail(err, TEND_USAGE, _("%s %s: which one? Give its key"), k->noun,
			w->items[at]);
	}
	const char *verb = w->items[at], *name = w->items[at + 1];
	enum tend_status status = read_fields(w, at + 2, fields, &n, err);
	if (status != TEND_OK) {
		return status;
	}
	if (strcmp(verb, "remove") == 0) {
		status = tend_app_record_remove(wb->app, k->type, name, &done, err);
	} else if (n > 0) {
		status = tend_app_record_set(wb->app, k->type, name, fields, n, &done, err);
	} else {
		*ret = kind_form_open(wb, k, 0, name);
		return TEND_OK;
	}
	return finish(wb, status, &done, ret, err);
}

enum tend_status command_kind(struct workbench *wb, const struct words *w, size_t at,
	enum follow *ret, struct tend_error *err)
{
	const struct tend_kind *k = tend_kind_called(w->items[at]);
	if (wb->app == NULL) {
		return tend_fail(err, TEND_UNAVAILABLE,
			_("There is no store yet: choose one of the ways to start."));
	}
	at++;
	bool verb = at < w->n && command_is_verb(w->items[at]);
	if (!verb || strcmp(w->items[at], "add") == 0) {
		return add(wb, k, w, verb ? at + 1 : at, ret, err);
	}
	return change(wb, k, w, at, ret, err);
}

static enum tend_status unknown_kind(const char *word, struct tend_error *err)
{
	const char *names[128];
	size_t n = 0;
	for (size_t i = 0; i < tend_kind_count && n < 128; i++) {
		names[n++] = tend_kinds[i]->noun;
	}
	const char *near = tend_nearest(word, names, n);
	return near != NULL
		? tend_fail(err, TEND_USAGE,
			_("there are no records of the kind %s: did you mean %s?"), word, near)
		: tend_fail(err, TEND_USAGE, _("there are no records of the kind %s"), word);
}

enum tend_status cmd_add(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	if (w->n == 1) {
		*ret = act_add(wb);
		return TEND_OK;
	}
	return tend_kind_called(w->items[1]) != NULL ? command_kind(wb, w, 1, ret, err)
						     : unknown_kind(w->items[1], err);
}

/* --- completion --- */

static void offer_fields(
	const struct tend_kind *k, bool adding, const char *prefix, struct tend_str *out)
{
	for (size_t i = 0; i < k->type->nfields; i++) {
		if (tend_field_is_given(&k->type->fields[i], adding)) {
			char *word = tend_format("%s=", k->type->fields[i].name);
			command_offer(out, word, prefix);
			free(word);
		}
	}
}

static void offer_keys(
	struct workbench *wb, const struct tend_kind *k, const char *prefix, struct tend_str *out)
{
	struct tend_list list = {0};
	int64_t customer = tend_kind_belongs(k) == TEND_TO_NOBODY ? 0 : wb_view(wb)->customer_id;
	if (wb->app != NULL
		&& tend_app_records(wb->app, k->type, customer, NULL, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n; i++) {
			struct tend_value key = tend_kind_value(k, tend_list_at(&list, i), "key");
			command_offer(out, key.null ? "" : key.text, prefix);
		}
	}
	tend_list_finish(&list);
}

void command_kind_complete(struct workbench *wb, const struct words *w, size_t at,
	const char *prefix, struct tend_str *out)
{
	size_t noun = strcmp(w->items[0], "add") == 0 ? 1 : 0;
	if (at == noun) {
		for (size_t i = 0; i < tend_kind_count; i++) {
			command_offer(out, tend_kinds[i]->noun, prefix);
		}
		return;
	}
	const struct tend_kind *k = tend_kind_called(w->items[noun]);
	if (k == NULL) {
		return;
	}
	bool verb = noun + 1 < at && command_is_verb(w->items[noun + 1]);
	bool adding = !verb || strcmp(w->items[noun + 1], "add") == 0;
	for (size_t i = 0; at == noun + 1 && noun == 0 && verbs[i] != NULL; i++) {
		command_offer(out, verbs[i], prefix);
	}
	if (!adding && at == noun + 2) {
		offer_keys(wb, k, prefix, out);
	} else {
		offer_fields(k, adding, prefix, out);
	}
}

/* The form, or fields of the selected customer's profile. */
enum tend_status cmd_profile(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err)
{
	struct tend_assignment fields[WORDS_MAX];
	struct tend_done done = {0};
	size_t n = 0;
	int64_t customer = wb_view(wb)->customer_id;
	enum tend_status status = read_fields(w, 1, fields, &n, err);
	if (status == TEND_OK && n == 0) {
		*ret = profile_form_open(wb, customer);
		return TEND_OK;
	}
	if (status == TEND_OK && customer == 0) {
		status = tend_fail(err, TEND_NOT_FOUND, _("No customer is selected."));
	}
	status = status != TEND_OK ? status : tend_app_profile_check(wb->app, fields, n, err);
	if (status != TEND_OK) {
		return status;
	}
	status = tend_app_customer_set(wb->app, &customer, 1, fields, n, &done, err);
	return finish(wb, status, &done, ret, err);
}
